"""Acts of the office on the frame: instances, communes, functions, meetings. Each one from its command."""

from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from domain.actes import ActeDeFonction
from domain.fonctions.confier_fonction import ConfierFonction
from domain.fonctions.retirer_fonction import RetirerFonction
from domain.instances.fusionner_communes import FusionnerCommunes
from domain.instances.inscrire_appellation import InscrireAppellation
from domain.instances.inscrire_commune import InscrireCommune
from domain.instances.inscrire_instance import InscrireInstance
from domain.instances.rattacher_commune import RattacherCommune
from domain.reunions.annoncer_reunion import AnnoncerReunion
from domain.reunions.annuler_reunion import AnnulerReunion
from domain.reunions.reporter_reunion import ReporterReunion
from web.acces.persons import today
from web.access import require_person
from web.api.actes import GIVEN_BY_US, REFUS, body_type
from web.api.formes import ActeInscrit
from web.api.lecture import read_json, read_once
from web.api.operations import Operation, declared
from web.api.receipts import written
from web.services import services

INSTANCE, REUNION = {"slug": "instance"}, {"slug": "instance", "numero": "numero"}


class ActeDuCadre(msgspec.Struct, frozen=True):
    """One act: its name, its address (types as the router reads them), its command, what the address gives to it."""

    nom: str
    chemin: str
    commande: type[ActeDeFonction]
    resume: str
    rubrique: str
    donnes: dict[str, str] = {}

    @property
    def corps(self) -> type[msgspec.Struct]:
        """The body: what the command takes, and neither the address nor the server gives."""
        return body_type(self.nom.replace("_", "-"), self.commande, GIVEN_BY_US | set(self.donnes.values()))


LES_INSTANCES, LES_FONCTIONS = "Les instances et les communes", "Les fonctions"
ACTES = (
    ActeDuCadre("inscrire_instance", "/api/instances", InscrireInstance, "Inscrire une instance", LES_INSTANCES),
    ActeDuCadre("inscrire_appellation", "/api/instances/{slug:str}/appellations", InscrireAppellation,
                "Inscrire un autre nom d’une instance", LES_INSTANCES, INSTANCE),
    ActeDuCadre("annoncer_reunion", "/api/instances/{slug:str}/reunions", AnnoncerReunion,
                "Annoncer la prochaine réunion du groupe", LES_INSTANCES, INSTANCE),
    ActeDuCadre("reporter_reunion", "/api/instances/{slug:str}/reunions/{numero:int}/reporter", ReporterReunion,
                "Déplacer une réunion", LES_INSTANCES, REUNION),
    ActeDuCadre("annuler_reunion", "/api/instances/{slug:str}/reunions/{numero:int}/annuler", AnnulerReunion,
                "Annuler une réunion", LES_INSTANCES, REUNION),
    ActeDuCadre("inscrire_commune", "/api/communes", InscrireCommune, "Inscrire une commune", LES_INSTANCES),
    ActeDuCadre("rattacher_commune", "/api/communes/{insee:str}/rattacher", RattacherCommune,
                "Rattacher une commune à une autre", LES_INSTANCES, {"insee": "insee"}),
    ActeDuCadre("fusionner_communes", "/api/communes/{insee:str}/fusionner", FusionnerCommunes,
                "Fusionner des communes", LES_INSTANCES, {"insee": "insee"}),
    ActeDuCadre("confier_fonction", "/api/fonctions", ConfierFonction, "Confier une fonction", LES_FONCTIONS),
    ActeDuCadre("retirer_fonction", "/api/fonctions/retirer", RetirerFonction, "Retirer une fonction", LES_FONCTIONS),
)  # fmt: skip


def route(acte: ActeDuCadre) -> HTTPRouteHandler:
    """The handler of this act, with its description."""
    corps = acte.corps
    operation = Operation(
        id=acte.nom,
        methode="post",
        chemin=acte.chemin.replace(":str", "").replace(":int", ""),
        resume=acte.resume,
        rubrique=acte.rubrique,
        corps=corps,
        reponse=ActeInscrit,
        qui="equipe",
        refus=(401, *REFUS),
    )

    @post(acte.chemin, opt=declared(operation), name=f"api_{acte.nom}")
    async def inscrire(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await faire(request, acte, corps)

    return inscrire


async def faire(request: Request[Any, Any, Any], acte: ActeDuCadre, corps: type[msgspec.Struct]) -> Response[bytes]:
    """The command itself checks the function, on the person's own stream."""
    person, found = await require_person(request), services(request)
    body = await read_json(request, corps)
    given = {field: request.path_params[name] for name, field in acte.donnes.items()}
    once = read_once(request, "\0".join((acte.nom, *map(str, given.values()), person.id)), body)
    command = acte.commande(acteur=person.id, le=today(), **given, **msgspec.structs.asdict(body))
    act = await found.ledger.execute(command, once)
    about = command.reads()[0].partition("/")[2]
    return await written(found, act, about, f"/journal/{act.index}")


ROUTES = tuple(map(route, ACTES))
