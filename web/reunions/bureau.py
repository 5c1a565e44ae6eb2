"""The office's page of coming meetings: announce one, put it off, call it off."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.reunions.annoncer_reunion import AnnoncerReunion
from domain.reunions.annuler_reunion import AnnulerReunion
from domain.reunions.reporter_reunion import ReporterReunion
from domain.reunions.reunion import ActeSurReunion
from domain.texte import SIGNES_LIGNE
from projections.reunions import ReunionRow
from web.acces.persons import today
from web.access import Acteur, require, require_person
from web.bureau.formulaire import Champ, Illisible, jour_du
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import annuaire
from web.reunions.lecture import a_venir, rendez_vous
from web.services import services

DROIT = "annoncer_reunion"
RENDEZ_VOUS = (
    Champ("jour", "Jour", "date", requis=True),
    Champ("heure", "Heure", aide="Exemple\u00a0: 18h30", max=5),
    Champ("lieu", "Lieu", requis=True, max=SIGNES_LIGNE),
)
MOTIF = Champ("motif", "Raison", requis=True, max=SIGNES_LIGNE, aide="Publique.")


class Acte(msgspec.Struct, frozen=True):
    """One act on a meeting: its button, its fields, its command."""

    titre: str
    champs: tuple[Champ, ...]
    commande: Callable[[Acteur, str, int, Form], ActeSurReunion]


def _annoncer(acteur: Acteur, instance: str, _: int, f: Form) -> AnnoncerReunion:
    who = (acteur.personne, acteur.le, instance)
    return AnnoncerReunion(*who, jour_du(f, "jour"), f.get("lieu", ""), f.get("heure"))


def _reporter(acteur: Acteur, instance: str, numero: int, f: Form) -> ReporterReunion:
    who = (acteur.personne, acteur.le, instance, numero)
    return ReporterReunion(*who, jour_du(f, "jour"), f.get("lieu", ""), f.get("motif", ""), f.get("heure"))


def _annuler(acteur: Acteur, instance: str, numero: int, f: Form) -> AnnulerReunion:
    return AnnulerReunion(acteur.personne, acteur.le, instance, numero, f.get("motif", ""))


ACTES = {
    "annoncer": Acte("Annoncer la réunion", RENDEZ_VOUS, _annoncer),
    "reporter": Acte("Déplacer cette réunion", (*RENDEZ_VOUS, MOTIF), _reporter),
    "annuler": Acte("Annuler cette réunion", (MOTIF,), _annuler),
}


class Refus(msgspec.Struct, frozen=True):
    """The form that was refused, what was typed in it, why."""

    nom: str
    fields: Form
    faute: Fault


@get("/bureau/reunions")
async def voir_reunions(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """The coming meetings of one of the instances that this person animates."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer(request, instance)


@post("/bureau/reunions/{instance:str}/{acte:str}/{numero:int}", status_code=200)
async def agir_sur_reunion(
    request: Request[Any, Any, Any], instance: FromPath[str], acte: FromPath[str], numero: FromPath[int]
) -> Response[Any]:
    """One act; refused, its form comes back filled."""
    fields, nom = await read_form(request), f"{acte}-{numero}"
    if acte not in ACTES:
        raise NotFoundException
    typed = {name.removeprefix(f"{nom}-"): value for name, value in fields.items()}
    acteur, key = await require(request, DROIT, instance), fields.get("idempotence") or new_key()
    try:
        command = ACTES[acte].commande(acteur, instance, numero, typed)
        done = await services(request).ledger.execute(command, once(key, f"reunion/{instance}/{nom}", typed))
    except (RegleViolee, KeyReused, Illisible) as error:
        return await montrer(request, instance, Refus(nom, typed, _faute(error)))
    return Redirect(f"/bureau/reunions?instance={instance}&vu={done.position}", status_code=303)


def _faute(error: Exception) -> Fault:
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    return fault(error)


async def montrer(request: Request[Any, Any, Any], asked: str, refus: Refus | None = None) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    person, names = await require_person(request), await annuaire(services(request))
    places = person.instances(DROIT)
    possible = sorted(slug for slug, row in names.par_slug.items() if row.serie and (places is None or slug in places))
    chosen = asked if asked in possible else next(iter(possible), "")
    await require(request, DROIT, chosen)
    coming = await a_venir(services(request), chosen, today())
    return page(
        request,
        "reunions/bureau.html",
        status=refus.faute.status if refus else 200,
        titre="Annoncer une réunion",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/reunions", "label": "Réunions"}],
        instance=names.par_slug[chosen],
        autres=[names.par_slug[slug] for slug in possible if slug != chosen],
        annoncer=_formulaire("annoncer", 0, {}, refus),
        reunions=[_reunion(row, refus) for row in coming],
        refus=refus,
    )


def _reunion(row: ReunionRow, refus: Refus | None) -> dict[str, Any]:
    known = {"jour": row.le.isoformat(), "heure": row.heure or "", "lieu": row.lieu}
    return {
        "texte": rendez_vous(row.le, row.heure, row.lieu),
        "motif": row.motif if row.reportee else "",
        "formulaires": [_formulaire(acte, row.numero, known, refus) for acte in ("reporter", "annuler")],
    }


def _formulaire(acte: str, numero: int, known: Form, refus: Refus | None) -> dict[str, Any]:
    """The form of an act, as the component takes it; ids carry the act and the meeting."""
    nom, here = f"{acte}-{numero}", ACTES[acte]
    mine = refus if refus and refus.nom == nom else None
    values = mine.fields if mine else known
    champs = [
        msgspec.structs.asdict(champ)
        | {
            "nom": f"{nom}-{champ.nom}",
            "choix": [],
            "valeur": values.get(champ.nom, ""),
            "erreur": mine.faute.message if mine and mine.faute.field == champ.nom else "",
        }
        for champ in here.champs
    ]
    shown = {"nom": nom, "titre": here.titre, "aide": "", "version": 0, "champs": champs, "ouvert": mine is not None}
    return shown | {"action": f"{acte}/{numero}"}


ROUTES = (voir_reunions, agir_sur_reunion)
