"""The page of the data-protection officer: what a dossier still holds, and making it go."""

from typing import Any, LiteralString, cast, get_args

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.effacements.events import EffacementDemande, EffacementExecute, MotifEffacement
from domain.effacements.regles import BASES
from domain.errors import RegleViolee
from domain.identifiers import lire_reference
from domain.ledger.deciding import KeyReused
from domain.ledger.entry import recorded
from domain.ledger.erasure import Held, SharedKey
from web.access import Acteur, require
from web.bureau.effacer import NotYetForgotten, erase, held
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import date_longue, page
from web.propositions.mots import MOTIFS_EFFACEMENT
from web.services import Services, services

DROIT = "demander_effacement"
NUMEROTES = ("propositions/", "idees/")
SOUHAITS: LiteralString = """SELECT reference, effacement_souhaite_le FROM propositions
    WHERE effacement_souhaite_le IS NOT NULL ORDER BY effacement_souhaite_le, depot LIMIT 100"""
FAITS: LiteralString = """SELECT notification_id, state FROM ledger.stored_events WHERE topic = ANY(%s)
    ORDER BY notification_id DESC LIMIT 50"""

PORTEES = {
    "contribution": "le texte de la proposition",
    "complement": "ce qui a été ajouté",
    "auteur": "ce qui concerne la personne",
    "aidant": "ce qui concerne la personne qui aide",
    "titulaire": "l’identité de la personne qui tient la fonction",
}
NOMS = {
    "texte": "texte",
    "prenom": "prénom",
    "contact": "coordonnées",
    "aidant_nom": "nom de la personne qui aide",
    "aidant_structure": "structure",
    "telephone": "téléphone",
    "demi_journees": "demi-journées",
    "nom": "nom",
    "courriel": "courriel",
}


@get("/bureau/effacements")
async def voir_effacements(
    request: Request[Any, Any, Any], dossier: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """What people wish erased, what was erased; with `dossier`, what it still holds."""
    await require(request, DROIT)
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer(request, {"dossier": dossier})


@post("/bureau/effacements", status_code=200)
async def effacer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Erases what was ticked; refused, the page comes back as it was filled."""
    fields, acteur = await read_form(request), await require(request, DROIT)
    try:
        position = await executer(services(request), acteur, fields)
    except (RegleViolee, KeyReused) as error:
        return await montrer(request, fields, fault(error))
    except (NotYetForgotten, SharedKey):
        return await montrer(request, fields, EN_COURS)
    return Redirect(f"/bureau/effacements?dossier={fields.get('dossier', '')}&vu={position}", status_code=303)


EN_COURS = Fault(503, "L’effacement est décidé, mais pas encore fini.", "Il se terminera seul.")


async def executer(services: Services, acteur: Acteur, fields: Form) -> int:
    """The erasure of the ticked scopes; returns its last position."""
    stream = flux(fields.get("dossier", "")) or ""
    ticked = {name.removeprefix("efface-") for name, value in fields.items() if value == "oui"}
    wanted = [value for value in await held(services, stream) if cle(value) in ticked]
    key = once(fields.get("idempotence") or new_key(), f"effacement/{stream}", fields)
    return await erase(services, acteur, stream, wanted, cast(MotifEffacement, fields.get("motif", "")), key)


async def montrer(request: Request[Any, Any, Any], fields: Form, refus: Fault | None = None) -> Response[str]:
    """The page; values are named, never shown."""
    found, asked = services(request), fields.get("dossier", "").strip()
    stream = flux(asked)
    wished = [{"ref": ref, "date": date_longue(le)} for ref, le in await found.fetch(SOUHAITS)]
    return page(
        request,
        "bureau/effacements.html",
        status=refus.status if refus else 200,
        titre=f"Effacer des données – {asked}" if asked else "Effacer des données",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/effacements", "label": "Effacements"}],
        dossier=asked,
        inconnu=bool(asked) and stream is None,
        valeurs=groupes(await held(found, stream)) if stream else [],
        cochees=[name for name, value in fields.items() if value == "oui"],
        motif=fields.get("motif", ""),
        motifs=[
            {"valeur": m, "libelle": MOTIFS_EFFACEMENT[m].capitalize(), "aide": f"Fondement : {BASES[m].source}"}
            for m in get_args(MotifEffacement)
        ],
        souhaits=wished,
        faits=await faits(found),
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )


def flux(dossier: str) -> str | None:
    """The stream of what was typed: a number, or `personnes/<uuid>`; None when it is neither."""
    reference = lire_reference(dossier)
    if reference is not None:
        return f"{'idees' if reference.suite == 'IDEE' else 'propositions'}/{reference}"
    return dossier if dossier.startswith("personnes/") else None


def cle(value: Held) -> str:
    """Names a scope of an event in the form: what goes together."""
    return f"{value.version}-{value.scope}"


def groupes(values: list[Held]) -> list[dict[str, Any]]:
    """What can go, scope by scope: a key seals a whole scope of an event."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        group = found.setdefault(cle(value), {"cle": cle(value), "acte": value.position, "champs": [], "portee": ""})
        group["champs"].append(NOMS.get(value.field, value.field))
        group["portee"] = PORTEES.get(value.scope, value.scope)
    return list(found.values())


async def faits(services: Services) -> list[dict[str, str]]:
    """The latest erasures, done or under way."""
    rows = await services.fetch(FAITS, ([EffacementDemande.TOPIC, EffacementExecute.TOPIC],))
    facts = [recorded(position, bytes(state)) for position, state in rows]
    done = {(f.stream, f.event.demande) for f in facts if isinstance(f.event, EffacementExecute)}
    return [
        {
            "ref": fact.stream.partition("/")[2] if fact.stream.startswith(NUMEROTES) else fact.stream,
            "phrase": f"Effacé le {date_longue(fact.event.survenu_le)}"
            if isinstance(fact.event, EffacementExecute)
            else f"Décidé le {date_longue(fact.event.survenu_le)}, en cours",
            "motif": MOTIFS_EFFACEMENT[fact.event.motif],
            "index": str(fact.position - 1),
        }
        for fact in facts
        if isinstance(fact.event, EffacementDemande | EffacementExecute)
        and (isinstance(fact.event, EffacementExecute) or (fact.stream, fact.version) not in done)
    ]
