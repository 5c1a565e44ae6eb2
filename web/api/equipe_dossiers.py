"""Sessions and erasures by program: several acts in one sending, each of them once."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromQuery
from msgspec import Meta

from domain.effacements.demander_effacement import DemanderEffacement
from domain.effacements.events import MotifEffacement
from domain.errors import RegleViolee
from domain.ledger.erasure import SharedKey
from domain.propositions.regles import PARTICIPATION_LIBRE
from web.acces.persons import today
from web.access import require
from web.api.actes import REFUS
from web.api.formes import ActeInscrit
from web.api.lecture import idempotency_key, read_json, read_once
from web.api.operations import Operation, Parametre, answer, declared
from web.api.receipts import written
from web.bureau import seances
from web.bureau.effacements import DROIT as EFFACER
from web.bureau.effacements import flux
from web.bureau.effacer import VERSION, Demande, NotYetForgotten, finish, held
from web.services import services


class SeanceTenue(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Une séance du groupe : un nombre de personnes, jamais de noms."""

    instance: str
    session_le: date
    lieu: str
    participants: int
    parlees: Annotated[list[str], Meta(description="Numéros des propositions discutées.", max_length=100)] = []
    portees: Annotated[list[str], Meta(description="Celles que le groupe porte, par consensus.", max_length=100)] = []
    rendues: Annotated[list[str], Meta(description="Celles dont la réponse a été rendue.", max_length=100)] = []


class SeanceInscrite(msgspec.Struct, kw_only=True):
    """Le dernier des actes inscrits."""

    position: int
    index: int
    recu: str


class EffacementVoulu(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Ce qui doit disparaître : ces portées, dans ces actes du dossier."""

    dossier: Annotated[str, Meta(description="Un numéro de dossier, ou personnes/ puis un identifiant.")]
    versions: Annotated[list[int], Meta(description="Les rangs des actes dans le dossier, à partir de 1.")]
    portees: Annotated[list[str], Meta(description="contribution, auteur, aidant, complement, titulaire.")]
    motif: MotifEffacement


class ValeurTenue(msgspec.Struct, kw_only=True):
    """Une valeur effaçable qui existe encore : son nom, jamais son contenu."""

    version: int
    acte: int
    portee: str
    champ: str


class SeanceIncomplete(RegleViolee):
    fondement = PARTICIPATION_LIBRE
    conseil = "Corrigez les propositions citées, puis renvoyez le tout avec la même clé : rien n’est écrit deux fois."


class PasEncoreEfface(HTTPException):
    """The erasure is decided; it goes on by itself."""

    status_code = 503
    detail = "L’effacement est décidé, mais pas encore fini. Il se terminera seul."


LES_SEANCES, LES_EFFACEMENTS = "Les actes de l’équipe", "Les effacements"
SEANCE = Operation(
    id="tenir_seance_du_groupe", methode="post", chemin="/api/seances-du-groupe", rubrique=LES_SEANCES,
    resume="Noter une séance du groupe et ce qui y a été dit", corps=SeanceTenue, reponse=SeanceInscrite, qui="equipe",
    refus=(401, *REFUS),
)  # fmt: skip
EFFACEMENT = Operation(
    id="effacer", methode="post", chemin="/api/effacements", rubrique=LES_EFFACEMENTS, resume="Effacer des valeurs",
    corps=EffacementVoulu, reponse=ActeInscrit, qui="equipe", refus=(401, *REFUS, 503),
)  # fmt: skip
TENUES = Operation(
    id="valeurs_effacables", chemin="/api/effacements", rubrique=LES_EFFACEMENTS,
    resume="Ce qu’un dossier contient encore d’effaçable", reponse=list[ValeurTenue], qui="equipe",
    parametres=(Parametre("dossier", "Un numéro de dossier, ou personnes/ puis un identifiant."),), refus=(401, 403),
)  # fmt: skip


@post("/api/seances-du-groupe", opt=declared(SEANCE))
async def tenir_seance(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Everything that is named; what a rule refused is told, the rest is written, once."""
    body = await read_json(request, SeanceTenue)
    acteur = await require(request, seances.DROIT, body.instance)
    boxes = {"parlee": body.parlees, "portee": body.portees, "rendue": body.rendues}
    fields = {f"{fait}-{reference}": "oui" for fait, references in boxes.items() for reference in references}
    fields["idempotence"] = f"api\0{acteur.personne}\0{idempotency_key(request)}"
    seance = seances.Seance(body.session_le, body.lieu, body.participants)
    position, refus = await seances.noter(services(request), acteur, seance, fields)
    if refus:
        raise SeanceIncomplete(" ".join(refus.values()))
    return answer(SeanceInscrite(position=position, index=position - 1, recu=f"/recu/{position - 1}"), 201)


@get("/api/effacements", opt=declared(TENUES))
async def lister_valeurs(request: Request[Any, Any, Any], dossier: FromQuery[str] = "") -> Response[bytes]:
    """Names, never values."""
    await require(request, EFFACER)
    values = await held(services(request), flux(dossier) or "")
    shown = [ValeurTenue(version=v.version, acte=v.position, portee=v.scope, champ=v.field) for v in values]
    return answer(shown)


@post("/api/effacements", opt=declared(EFFACEMENT))
async def effacer(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Asks for the erasure and finishes it; sent again with its key, it is the same act, finished if it was not."""
    acteur, found = await require(request, EFFACER), services(request)
    body = await read_json(request, EffacementVoulu)
    stream = flux(body.dossier) or "propositions/inconnue"
    chosen = [v for v in await held(found, stream) if v.version in body.versions and v.scope in body.portees]
    cibles = tuple(sorted(value.digest for value in chosen))
    what = (tuple(body.versions), tuple(body.portees), cibles, body.motif)
    command = DemanderEffacement(acteur.personne, today(), stream, *what)
    act = await found.ledger.execute(command, read_once(request, f"effacer\0{acteur.personne}", body))
    [(version,)] = await found.fetch(VERSION, (act.position,))
    try:
        await finish(found, Demande(stream, version, act.position, cibles))
    except (NotYetForgotten, SharedKey) as error:
        raise PasEncoreEfface from error
    return await written(found, act, body.dossier, f"/journal/{act.index}")


ROUTES = (tenir_seance, lister_valeurs, effacer)
