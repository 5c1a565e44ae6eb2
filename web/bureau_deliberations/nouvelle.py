"""Filing a draft: its number typed or given, its subject from the national list, the avis that it needs."""

import re
from collections.abc import Sequence
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.deliberations.deliberation import EtapeDejaFaite
from domain.deliberations.deposer_projet import DeposerProjet
from domain.deliberations.matieres import DIVISIONS, nom_de_matiere
from domain.ledger.deciding import Act
from projections.avis import SaisineRow
from projections.deliberations import DeliberationRow
from projections.instances import CommuneRow
from web.acces.persons import Person, today
from web.access import Acteur, require, require_person
from web.avis.bureau import faute
from web.bureau.formulaire import jour_du
from web.bureau_deliberations.vue import FIL, RACINE
from web.colleges.lecture import read
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import Annuaire, annuaire
from web.seances.formes import REFUSES
from web.services import Services, services

DROIT: Final = "deposer_projet"
METROPOLE: Final = "200046977"
ESSAIS: Final = 20  # numbers that others may take between the reading of the last one and the act
CHAMPS = ("instance", "numero", "siren", "objet", "matiere_code", "rapporteur", "service", "commission", "avis_requis",
          "dossier", "le_fait")  # fmt: skip
MATIERES = [
    {"valeur": code, "libelle": f"{code} {(nom_de_matiere(code) or '').partition('/')[2]}"}
    for code in (f"{kind}.{rank}" for kind, names in DIVISIONS.items() for rank in range(1, len(names) + 1))
]
DERNIER = """SELECT coalesce(max(split_part(numero, '-', 2)::int), 0) FROM deliberations
    WHERE numero ~ %s"""
HABITUELS = "instance = %s ORDER BY depot DESC LIMIT 40"
SAISINES = "de = %s AND procedure IN ('avis_ctm', 'avis_communal') AND retiree_le IS NULL ORDER BY depot DESC LIMIT 40"


@get("/bureau/deliberations/nouvelle")
async def nouveau_projet(request: Request[Any, Any, Any], instance: FromQuery[str] = "") -> Response[str]:
    """The form, filled with what is usual."""
    return await montrer(request, {"instance": instance, "le_fait": today().isoformat()})


@post("/bureau/deliberations/nouvelle", status_code=200)
async def deposer_projet(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files it; refused, the form comes back filled."""
    fields = await read_form(request)
    acteur = await require(request, DROIT, fields.get("instance") or None)
    try:
        done = await deposer(services(request), acteur, fields)
    except REFUSES as error:
        return await montrer(request, fields, faute(error))
    return Redirect(f"{RACINE}/{done.reference}?vu={done.position}", status_code=303)


async def deposer(found: Services, acteur: Acteur, fields: Form) -> Act:
    """The draft under the number typed, else under the next one of its year. Raises what refuses it."""
    key = once(fields.get("idempotence") or new_key(), "deliberations/nouvelle", fields)
    if typed := fields.get("numero", "").strip():
        return await found.ledger.execute(commande(acteur, fields, typed), key)
    year = jour_du(fields, "le_fait").year
    rank = await dernier(found, year)
    for extra in range(1, ESSAIS):
        try:
            return await found.ledger.execute(commande(acteur, fields, f"{year}-{rank + extra:04d}"), key)
        except EtapeDejaFaite:
            continue
    return await found.ledger.execute(commande(acteur, fields, f"{year}-{rank + ESSAIS:04d}"), key)


async def dernier(found: Services, year: int) -> int:
    """The last rank given in this year, 0 when none; the demonstration's invented thousands are left apart."""
    [(last,)] = await found.fetch(DERNIER, (f"^{year}-[0-8][0-9]{{3}}$",))
    return int(last)


def commande(acteur: Acteur, fields: Form, numero: str) -> DeposerProjet:
    """The draft. Raises Illisible."""
    code = fields.get("matiere_code", "").strip()
    asked = tuple(part.upper() for part in re.split(r"[\s,;]+", fields.get("avis_requis", "")) if part)
    return DeposerProjet(
        acteur.personne,
        acteur.le,
        fields.get("instance", ""),
        fields.get("siren", "").replace(" ", "").replace("\u00a0", ""),
        fields.get("objet", ""),
        code if nom_de_matiere(code) else "",
        nom_de_matiere(code) or "",
        jour_du(fields, "le_fait"),
        numero,
        rapporteur=fields.get("rapporteur", "").strip() or None,
        service=fields.get("service", "").strip() or None,
        commission=fields.get("commission", "").strip() or None,
        dossier=fields.get("dossier", "").strip() or None,
        avis_requis=asked,
    )


async def montrer(request: Request[Any, Any, Any], fields: Form, refus: Fault | None = None) -> Response[str]:
    """The form, filled, with what was refused."""
    person, found = await require_person(request), services(request)
    names = await annuaire(found)
    slugs = _corps(person, names)
    if not slugs:
        await require(request, DROIT)
    chosen = fields.get("instance", "") if fields.get("instance", "") in slugs else slugs[0]
    drafts = await read(found, DeliberationRow, HABITUELS, (chosen,))
    asked = await read(found, SaisineRow, SAISINES, (chosen,))
    siren = drafts[0].siren if drafts else await _siren(found, chosen)
    return page(
        request,
        "bureau_deliberations/nouvelle.html",
        status=refus.status if refus else 200,
        titre="Déposer un projet de délibération",
        fil=[*FIL, {"href": f"{RACINE}/nouvelle", "label": "Déposer"}],
        corps=[{"valeur": slug, "libelle": names.nom(slug)} for slug in slugs],
        matieres=MATIERES,
        connus={nom: _connus(drafts, nom) for nom in ("rapporteur", "commission")},
        saisines=[{"valeur": row.reference, "libelle": f"{row.objet}, {names.nom(row.a)}"} for row in asked],
        champs={nom: fields.get(nom, "") for nom in CHAMPS}
        | {"instance": chosen, "siren": fields.get("siren") or siren},
        fautes={refus.field: refus.message} if refus and refus.field in CHAMPS else {},
        refus=refus,
        cle=new_key(),
    )


def _corps(person: Person, names: Annuaire) -> list[str]:
    """The bodies whose drafts she may file, those that exist today, in order of their names."""
    places, day = person.instances(DROIT), today()
    kept = [row for row in names.par_slug.values() if row.type != "service" and (row.au is None or row.au >= day)]
    return [row.slug for row in sorted(kept, key=lambda row: row.nom) if places is None or row.slug in places]


def _connus(drafts: Sequence[DeliberationRow], nom: str) -> list[dict[str, str]]:
    """What earlier drafts had there, to be completed while typing."""
    kept = dict.fromkeys(value for row in drafts if (value := getattr(row, nom)))
    return [{"valeur": value, "libelle": value} for value in kept]


async def _siren(found: Services, slug: str) -> str:
    """Of the commune of a municipal council; of the Métropole otherwise."""
    rows = await read(found, CommuneRow, "insee = %s", (slug.removeprefix("conseil-municipal-"),))
    return rows[0].siren if rows else METROPOLE
