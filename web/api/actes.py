"""The acts that the API offers, from the commands themselves: their names, their bodies, their descriptions."""

from collections.abc import Set
from dataclasses import MISSING, fields
from typing import Any, get_type_hints

import msgspec

from domain.propositions.adopter_proposition import AdopterProposition
from domain.propositions.ajouter_complement import AjouterComplement
from domain.propositions.clore_proposition import CloreProposition
from domain.propositions.confirmer_comprehension import ConfirmerComprehension
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.dossier import ActeDeLAuteur, ActeSurProposition
from domain.propositions.mettre_en_discussion import MettreEnDiscussion
from domain.propositions.moderer_publication import ModererPublication
from domain.propositions.noter_rappel import NoterRappel
from domain.propositions.orienter_situation import OrienterSituation
from domain.propositions.qualifier_proposition import QualifierProposition
from domain.propositions.rectifier_qualification import RectifierQualification
from domain.propositions.restituer_proposition import RestituerProposition
from domain.propositions.retirer_proposition import RetirerProposition
from domain.propositions.signaler_incomprehension import SignalerIncomprehension
from domain.propositions.transmettre_proposition import TransmettreProposition
from web.api.formes import ActeInscrit, Depot
from web.api.operations import Operation

GIVEN_BY_US = {"acteur", "le", "proposition", "code_empreinte"}
REFUS = (400, 403, 404, 409, 413, 415, 422)

ACTES: dict[str, tuple[type[ActeSurProposition] | type[ActeDeLAuteur], str]] = {
    "qualifier": (QualifierProposition, "Lire une proposition et la classer"),
    "rectifier": (RectifierQualification, "Corriger le classement"),
    "orienter": (OrienterSituation, "Indiquer un service qui peut aider"),
    "moderer": (ModererPublication, "Publier le texte, ou le garder pour l’équipe"),
    "discuter": (MettreEnDiscussion, "Noter la discussion en groupe"),
    "adopter": (AdopterProposition, "Noter que le groupe porte la proposition"),
    "transmettre": (TransmettreProposition, "Envoyer aux responsables"),
    "repondre": (DonnerSuite, "Donner la réponse et ses raisons"),
    "restituer": (RestituerProposition, "Noter que la réponse a été rendue"),
    "rappeler": (NoterRappel, "Noter un rappel"),
    "clore": (CloreProposition, "Terminer le dossier"),
    "pas-compris": (SignalerIncomprehension, "Dire « je n’ai pas compris »"),
    "compris": (ConfirmerComprehension, "Dire « j’ai compris »"),
    "completer": (AjouterComplement, "Ajouter quelque chose, pour l’équipe"),
    "retirer": (RetirerProposition, "Retirer sa proposition"),
}


def body_type(name: str, command: type[Any], given: Set[str] = frozenset(GIVEN_BY_US)) -> type[msgspec.Struct]:
    """The body of an act: what the command takes and the server does not know; the author shows the code."""
    hints = get_type_hints(command)
    columns: list[Any] = [("code", str)] if issubclass(command, ActeDeLAuteur) else []
    for column in fields(command):
        if column.init and column.name not in given:
            required = column.default is MISSING and column.default_factory is MISSING
            default = () if required else (msgspec.field(default=column.default),)
            columns.append((column.name, hints[column.name], *default))
    title = "".join(part.capitalize() for part in name.split("-"))
    return msgspec.defstruct(title, columns, kw_only=True, forbid_unknown_fields=True, namespace={"__doc__": None})


CORPS = {name: body_type(name, command) for name, (command, _) in ACTES.items()}


def _operation(name: str) -> Operation:
    command, summary = ACTES[name]
    by_author = issubclass(command, ActeDeLAuteur)
    return Operation(
        id=name.replace("-", "_"),
        methode="post",
        chemin=f"/api/propositions/{{reference}}/{name}",
        resume=summary,
        rubrique="Les actes de la personne" if by_author else "Les actes de l’équipe",
        corps=CORPS[name],
        reponse=ActeInscrit,
        qui="code" if by_author else "equipe",
        refus=(*REFUS, 429) if by_author else (401, *REFUS),
    )


DEPOSER = Operation(
    id="deposer",
    methode="post",
    chemin="/api/propositions",
    resume="Déposer une proposition",
    rubrique="Les actes de la personne",
    corps=Depot,
    reponse=ActeInscrit,
    refus=(401, *REFUS),
)

AGIR = tuple(map(_operation, ACTES))
