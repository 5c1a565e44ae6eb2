"""The same letter to every municipal council, its term computed and shown: one saisine each, then what to print."""

import asyncio
from typing import Any, LiteralString

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.avis.saisine import regle_de, terme_de
from domain.errors import RegleViolee
from domain.ledger.deciding import Act, KeyReused
from projections.avis import SaisineRow
from projections.instances import InstanceRow
from web.acces.persons import today
from web.access import Acteur, require
from web.avis.bureau import FIL, faute
from web.avis.deposer import DROIT, commande, du_type, options, premier
from web.bureau.formulaire import Illisible
from web.colleges.lecture import read
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import date_longue, page
from web.propositions.instances import Annuaire, annuaire
from web.services import Services, services

LOT = 200  # letters at most
DE_A: LiteralString = """depot BETWEEN (SELECT depot FROM saisines WHERE reference = %s)
    AND (SELECT depot FROM saisines WHERE reference = %s) ORDER BY depot LIMIT %s"""


@get("/bureau/saisines/communes")
async def ecrire_aux_communes(request: Request[Any, Any, Any], ctm: FromQuery[str] = "") -> Response[str]:
    """The same letter to every municipal council of the territory, or of one conférence."""
    return await montrer_lot(request, {"le_fait": today().isoformat(), "ctm": ctm})


@post("/bureau/saisines/communes", status_code=200)
async def saisir_les_communes(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files one saisine a council, at once; a second sending of the same form files nothing more."""
    fields, acteur = await read_form(request), await require(request, DROIT)
    fields |= {"procedure": "avis_communal", "delai": ""}
    asked = await conseils(request, fields.get("ctm", ""))
    key = fields.get("idempotence") or new_key()
    try:
        done = await deposer_le_lot(services(request), acteur, fields, key, asked)
    except (RegleViolee, KeyReused, Illisible) as error:
        return await montrer_lot(request, fields, faute(error))
    return Redirect(f"/bureau/saisines/lettres?de={done[0].reference}&a={done[-1].reference}", status_code=303)


async def deposer_le_lot(
    services: Services, acteur: Acteur, fields: Form, key: str, asked: list[InstanceRow]
) -> list[Act]:
    """One saisine a council, decided together; waits until pages show them. Raises Illisible where there is none."""
    if not asked:
        raise Illisible("ctm", "Aucun conseil municipal n’est inscrit pour ce choix.")
    made = [(commande(acteur, fields, row.slug), once(f"{key}/{row.slug}", "saisines/lot", fields)) for row in asked]
    done = await asyncio.gather(*(services.ledger.execute(command, each) for command, each in made))
    await services.watcher.wait_for(max(act.position for act in done))
    return list(done)


async def conseils(request: Request[Any, Any, Any], ctm: str) -> list[InstanceRow]:
    """The municipal councils of today's communes, of one conférence when it is named."""
    names, found = await annuaire(services(request)), services(request)
    rows = await found.fetch("SELECT insee, ctm FROM communes WHERE au IS NULL ORDER BY nom")
    wanted = [f"conseil-municipal-{insee}" for insee, of in rows if not ctm or of == ctm]
    return [names.par_slug[slug] for slug in wanted if slug in names.par_slug][:LOT]


async def montrer_lot(request: Request[Any, Any, Any], fields: Form, refus: Fault | None = None) -> Response[str]:
    """The form, the councils that will receive the letter, until when each may answer."""
    await require(request, DROIT)
    names, asked = await annuaire(services(request)), await conseils(request, fields.get("ctm", ""))
    rule = regle_de("avis_communal", False)
    term = terme_de(rule, today())
    conferences = options(du_type(names, ("ctm",)))
    return page(
        request,
        "avis/communes.html",
        status=refus.status if refus else 200,
        titre="Écrire aux conseils municipaux",
        fil=[*FIL, {"href": "/bureau/saisines/communes", "label": "Conseils municipaux"}],
        champs={name: fields.get(name, "") for name in ("objet", "projet", "le_fait", "ctm")},
        conferences=[{"valeur": "", "libelle": "Toutes les communes"}, *conferences],
        conseils=[row.nom for row in asked],
        delai=f"jusqu’au {date_longue(term)}" if term else "aucun délai : le silence n’est pas un accord",
        regle=rule.id,
        de=premier(du_type(names, ("conseil",))),
        fautes={refus.field: refus.message} if refus and refus.field in ("objet", "projet", "le_fait") else {},
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )


@get("/bureau/saisines/lettres")
async def lettres(request: Request[Any, Any, Any], de: FromQuery[str] = "", a: FromQuery[str] = "") -> Response[str]:
    """The letters of these saisines, to print: one a page, from one number to another."""
    await require(request, DROIT)
    found, names = services(request), await annuaire(services(request))
    rows = await read(found, SaisineRow, DE_A, (de, a, LOT))
    return page(
        request,
        "avis/lettres.html",
        titre="Lettres à imprimer",
        fil=[*FIL, {"href": "/bureau/saisines/lettres", "label": "Lettres"}],
        lettres=[await _lettre(request, row, names) for row in rows],
    )


async def _lettre(request: Request[Any, Any, Any], row: SaisineRow, names: Annuaire) -> dict[str, str]:
    site = services(request).settings.public_url
    until = f"Votre conseil peut se prononcer jusqu’au {date_longue(row.terme)}." if row.terme else ""
    silent = "Aucun texte ne fixe de délai. Le silence ne vaut pas un accord."
    return {
        "a": names.nom(row.a),
        "de": names.nom(row.de),
        "reference": row.reference,
        "objet": row.objet,
        "projet": row.projet or "",
        "date": date_longue(row.deposee_le),
        "delai": until or silent,
        "adresse": f"{site}/dossiers/{row.reference}",
    }
