"""`/bureau/mandats`: seats, mandates and presidencies of each body, one act or a whole list at a time."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.texte import nettoye
from projections.instances import InstanceRow
from web.acces.persons import Person, today
from web.access import require, require_person
from web.colleges.photos import read_upload
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.mandats.actes import ACTES, Acte, Demande, utiles
from web.mandats.fiche import fiche
from web.mandats.importer import COLONNES, Liste, Rapport, importer
from web.mandats.lecture import assemblees, presidence
from web.mandats.mots import SORTES
from web.pages import page
from web.propositions.instances import annuaire
from web.regles.bureau import REFUSES, dire
from web.services import services

FIL = (
    {"href": "/", "label": "Accueil"},
    {"href": "/bureau", "label": "Ma semaine"},
    {"href": "/bureau/mandats", "label": "Sièges et mandats"},
)
DROIT = "ouvrir_mandat"
SANS = ("service", "college")
PAR_NOM = {acte.nom: acte for acte in ACTES}


@get("/bureau/mandats")
async def bureau_mandats(request: Request[Any, Any, Any]) -> Response[str]:
    """Every body, with its seats and who presides."""
    await require(request, DROIT)
    names, known, day = await annuaire(services(request)), await assemblees(services(request)), today()
    rows = sorted((r for r in names.par_slug.values() if r.type not in SANS), key=lambda r: (r.type, r.nom))
    lines = [
        {"row": row, "sorte": SORTES[row.type], "sieges": known.de(row.slug).nombre_de_sieges(day),
         "membres": len(known.de(row.slug).en_exercice(day)), "president": presidence(known.de(row.slug), day)}
        for row in rows if row.au is None or row.au >= day
    ]  # fmt: skip
    return page(request, "mandats/liste.html", titre="Sièges et mandats", fil=list(FIL), lignes=lines)


@get("/bureau/mandats/{instance:str}")
async def bureau_mandat(
    request: Request[Any, Any, Any], instance: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """One body: who sits, the acts that fit, the import of a list."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer(request, instance)


@post("/bureau/mandats/{instance:str}/importer", status_code=200)
async def importer_mandats(request: Request[Any, Any, Any], instance: FromPath[str]) -> Response[Any]:
    """Takes a list; the lines that were refused are named, the others are done."""
    fields, sent = await _recu(request)
    acteur = await require(request, DROIT)
    await trouver(request, instance)
    known = (await assemblees(services(request))).de(instance)
    liste = Liste(acteur, instance, known, fields.get("du", ""), fields.get("source", ""))
    try:
        report = await importer(services(request), liste, sent or fields.get("liste", "").encode())
    except REFUSES as error:
        return await montrer(request, instance, "importer", fields, dire(error))
    if report.refusees:
        return await montrer(request, instance, "importer", fields, rapport=report)
    return Redirect(f"/bureau/mandats/{instance}?vu={report.position}", status_code=303)


@post("/bureau/mandats/{instance:str}/{nom:str}", status_code=200)
async def agir_mandat(request: Request[Any, Any, Any], instance: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """One act; refused, its form comes back filled with the reason."""
    fields = await read_form(request)
    if nom not in PAR_NOM:
        raise NotFoundException
    typed = {name.removeprefix(f"{nom}-"): value for name, value in fields.items()}
    try:
        position = await faire(request, instance, PAR_NOM[nom], typed)
    except REFUSES as error:
        return await montrer(request, instance, nom, typed, dire(error))
    return Redirect(f"/bureau/mandats/{instance}?vu={position}", status_code=303)


async def _recu(request: Request[Any, Any, Any]) -> tuple[Form, bytes]:
    if request.content_type[0] == "multipart/form-data":
        return await read_upload(request)
    return await read_form(request), b""


async def faire(request: Request[Any, Any, Any], instance: str, acte: Acte, typed: Form) -> int:
    """Does it once; its position."""
    acteur, found = await require(request, acte.droit), services(request)
    await trouver(request, instance)
    known = (await assemblees(found)).de(instance)
    command = acte.commande(Demande(acteur, instance, known, typed))
    key = once(typed.get("idempotence") or new_key(), f"mandats/{instance}/{acte.nom}", typed)
    return (await found.ledger.execute(command, key)).position


async def trouver(request: Request[Any, Any, Any], instance: str) -> InstanceRow:
    """The body. Raises 404."""
    row = (await annuaire(services(request))).par_slug.get(instance)
    if row is None or row.type in SANS:
        raise NotFoundException("Cette instance n’est pas dans le registre.")
    return row


async def montrer(
    request: Request[Any, Any, Any], instance: str, nom: str = "", typed: Form | None = None,
    faute: Fault | None = None, rapport: Rapport | None = None,
) -> Response[str]:  # fmt: skip
    """The page of a body, with the refused form filled, or what became of a list."""
    person, row = await require_person(request), await trouver(request, instance)
    await require(request, DROIT)
    if rapport and rapport.position:
        await services(request).watcher.wait_for(rapport.position)
    known, day = (await assemblees(services(request))).de(instance), today()
    fields = {name: nettoye(value) for name, value in (typed or {}).items()}
    return page(
        request,
        "mandats/bureau.html",
        status=faute.status if faute else 422 if rapport else 200,
        titre=f"Sièges et mandats : {row.nom}",
        fil=[*FIL, {"href": f"/bureau/mandats/{instance}", "label": row.sigle}],
        instance=row,
        f=fiche(known, day),
        formes=[_forme(acte, known, fields if acte.nom == nom else {}, faute if acte.nom == nom else None)
                for acte in _permis(person, row, known, nom)],
        ouvert=nom,
        faute=faute,
        rapport=rapport,
        colonnes=", ".join(COLONNES),
        import_={"du": fields.get("du", ""), "source": fields.get("source", ""), "liste": fields.get("liste", "")}
        if nom == "importer" else {"du": day.isoformat(), "source": "", "liste": ""},
    )  # fmt: skip


def _permis(person: Person, row: InstanceRow, known: Any, nom: str) -> list[Acte]:
    fits = utiles(known, today(), row.type == "jeunes")
    return [acte for acte in ACTES if person.peut(acte.droit) and (acte in fits or acte.nom == nom)]


def _forme(acte: Acte, known: Any, typed: Form, faute: Fault | None) -> dict[str, Any]:
    usual = {"du": today().isoformat(), "le": today().isoformat()}
    champs = [
        {"nom": f"{acte.nom}-{c.nom}", "label": c.label, "sorte": "text" if c.sorte == "number" else c.sorte,
         "choix": c.choix, "cases": [], "aide": c.aide, "requis": c.requis, "max": c.max,
         "valeur": typed.get(c.nom, usual.get(c.nom, "") if c.requis else ""),
         "erreur": faute.message if faute and faute.field == c.nom else ""}
        for c in acte.champs(known, today())
    ]  # fmt: skip
    return {"nom": acte.nom, "id": acte.nom, "cible": "", "titre": acte.titre, "aide": acte.aide, "photo": False,
            "champs": champs}  # fmt: skip


ROUTES = (bureau_mandats, bureau_mandat, importer_mandats, agir_mandat)
