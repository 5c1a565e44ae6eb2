"""Restituer : bring the answer back to the person or to the group."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import ModeRestitution, PropositionRestituee
from domain.propositions.regles import DROIT_DE_SUITE
from domain.texte import ligne, ligne_ou_rien


class DejaRestituee(DejaFait):
    fondement = DROIT_DE_SUITE


@dataclass
class RestituerProposition(ActeSurProposition):
    """How it was brought back; for a meeting, where."""

    DROIT = "restituer_proposition"

    mode: ModeRestitution
    lieu: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.dossier.repondue()
        if self.dossier.restituee:
            raise DejaRestituee("La réponse a déjà été rapportée.")
        met = self.mode == "reunion"
        lieu = ligne(self.lieu, "lieu", "Le lieu") if met else ligne_ou_rien(self.lieu, "lieu", "Le lieu")
        yield PropositionRestituee(survenu_le=self.le, regle=DROIT_DE_SUITE.id, mode=self.mode, lieu=lieu, par=par)
