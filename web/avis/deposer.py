"""Asking for an avis: the saisines of the bodies for which one acts, the form of each procedure."""

from collections.abc import Iterable
from typing import Any, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.avis.deposer_saisine import ASKED, DeposerSaisine
from domain.avis.events import Procedure
from domain.avis.saisine import regle_de
from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from projections.avis import SaisineRow
from projections.instances import InstanceRow
from web.acces.persons import Person, today
from web.access import Acteur, require, require_person
from web.avis import mots
from web.avis.bureau import FIL, faute
from web.avis.listes import carte
from web.bureau.formulaire import Illisible, jour_du
from web.colleges.lecture import read
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import Annuaire, annuaire
from web.services import services

DROIT = "deposer_saisine"
METROPOLE = "conseil"
# Who may ask, by procedure: kinds of instances. Who is asked is the domain's.
DEMANDEURS: dict[str, tuple[str, ...]] = {
    "avis_ctm": ("conseil",),
    "avis_communal": ("conseil",),
    "saisine_ecrite": ("ctm",),
    "contribution": ("ctm",),
    "conseil_developpement": ("conseil",),
}
DELAIS = [
    {"valeur": "", "libelle": "Aucun délai", "aide": "Pacte, projet de territoire : le silence n’est pas un accord."},
    {"valeur": "mutualisation", "libelle": "Trois mois", "aide": "Schéma de mutualisation, hors Métropole de Lyon."},
]
CHAMPS = ("de", "a", "objet", "projet", "le_fait", "delai")
MIENNES = "(%s::text[] IS NULL OR de = ANY(%s) OR a = ANY(%s)) ORDER BY depot DESC LIMIT 100"


@get("/bureau/saisines")
async def voir_saisines_bureau(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[str]:
    """The saisines of the bodies for which this person acts, the latest first, and how to make one."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    person, found = await require_person(request), services(request)
    places = _places(person)
    if places is not None and not places:
        await require(request, DROIT)
    slugs = sorted(places) if places is not None else None
    rows = await read(found, SaisineRow, MIENNES, (slugs, slugs, slugs))
    cartes = [carte(row, today()) | {"href": f"/bureau/saisines/{row.reference}"} for row in rows]
    may_ask = person.instances(DROIT) is None or bool(person.instances(DROIT))
    return page(request, "avis/bureau_liste.html", titre="Saisines et avis", fil=FIL, cartes=cartes, peut=may_ask,
                en_nombre=person.peut(DROIT))  # fmt: skip


def _places(person: Person) -> frozenset[str] | None:
    """Bodies in which she may ask, give or follow an avis; None for every body."""
    held = [person.instances(droit) for droit in (DROIT, "rendre_avis", "suivre_saisine")]
    return None if any(places is None for places in held) else frozenset().union(*(p for p in held if p is not None))


@get("/bureau/saisines/nouvelle")
async def nouvelle_saisine(request: Request[Any, Any, Any], procedure: FromQuery[str] = "") -> Response[str]:
    """The form of a procedure, filled with what is usual."""
    return await montrer(request, procedure, {"le_fait": today().isoformat()})


@post("/bureau/saisines/nouvelle", status_code=200)
async def deposer_saisine(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files it; refused, the form comes back filled."""
    fields = await read_form(request)
    acteur = await require(request, DROIT, fields.get("de") or None)
    key = once(fields.get("idempotence") or new_key(), "saisines/nouvelle", fields)
    try:
        done = await services(request).ledger.execute(commande(acteur, fields, fields.get("a", "")), key)
    except (RegleViolee, KeyReused, Illisible) as error:
        return await montrer(request, fields.get("procedure", ""), fields, faute(error))
    return Redirect(f"/bureau/saisines/{done.reference}?vu={done.position}", status_code=303)


def commande(acteur: Acteur, fields: Form, a: str) -> DeposerSaisine:
    """The saisine of one body. Raises Illisible."""
    return DeposerSaisine(
        acteur.personne,
        acteur.le,
        cast(Procedure, fields.get("procedure", "")),
        fields.get("de", ""),
        a,
        fields.get("objet", ""),
        jour_du(fields, "le_fait"),
        fields.get("projet", "").strip() or None,
        fields.get("delai") == "mutualisation",
    )


async def montrer(
    request: Request[Any, Any, Any], procedure: str, fields: Form, refus: Fault | None = None
) -> Response[str]:
    """The form, filled, with what was refused."""
    person, names = await require_person(request), await annuaire(services(request))
    offered = [name for name in mots.PROCEDURES if demandeurs(person, names, name)]
    if not offered:
        await require(request, DROIT)
    chosen = procedure if procedure in offered else offered[0]
    asking, asked = demandeurs(person, names, chosen), du_type(names, ASKED[chosen])
    return page(
        request,
        "avis/nouvelle.html",
        status=refus.status if refus else 200,
        titre=f"Déposer une saisine\u00a0: {mots.PROCEDURES[chosen].lower()}",
        fil=[*FIL, {"href": "/bureau/saisines/nouvelle", "label": "Déposer"}],
        procedure=chosen,
        procedures=[{"valeur": name, "libelle": mots.PROCEDURES[name]} for name in offered],
        de=options(asking),
        a=options(asked),
        delais=DELAIS if chosen == "avis_communal" else [],
        regle=msgspec.structs.asdict(regle_de(chosen, False)),
        champs={name: fields.get(name, "") for name in CHAMPS} | {"de": fields.get("de") or premier(asking)},
        fautes={refus.field: refus.message} if refus and refus.field in CHAMPS else {},
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )


def demandeurs(person: Person, names: Annuaire, procedure: str) -> list[InstanceRow]:
    """The bodies in whose name this person may ask, under this procedure."""
    return [row for row in du_type(names, DEMANDEURS[procedure]) if person.peut(DROIT, row.slug)]


def du_type(names: Annuaire, types: Iterable[str]) -> list[InstanceRow]:
    """The bodies of these kinds that exist today, the Métropole's own council first."""
    day, kinds = today(), tuple(types)
    rows = [row for row in names.par_slug.values() if row.type in kinds and (row.au is None or row.au >= day)]
    return sorted(rows, key=lambda row: (row.slug != METROPOLE, row.nom))


def options(rows: list[InstanceRow]) -> list[dict[str, str]]:
    """As the components take them."""
    return [{"valeur": row.slug, "libelle": row.nom} for row in rows]


def premier(rows: list[InstanceRow]) -> str:
    """The slug of the first one, or nothing."""
    return rows[0].slug if rows else ""
