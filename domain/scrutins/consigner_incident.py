"""Consigner un incident : what happened, in public words that name nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import IncidentConsigne
from domain.scrutins.regles import BUREAU_DE_VOTE
from domain.texte import propre

SIGNES_INCIDENT = 1_000


@dataclass
class ConsignerIncident(ActeSurScrutin):
    """From the moment slips may be handed out until the proclamation."""

    DROIT = "consigner_incident"

    texte: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille")
        texte = propre(self.texte, SIGNES_INCIDENT, "texte", "L'incident")
        yield IncidentConsigne(survenu_le=self.le, regle=BUREAU_DE_VOTE.id, texte=texte, par=par)
