"""Inaugurer un projet : opened to everybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeSurBudget, EtapePrecedente
from domain.budget_participatif.events import ProjetInaugure
from domain.budget_participatif.regles import REALISATION
from domain.errors import DejaFait
from domain.ledger.event import Event


class DejaInaugure(DejaFait):
    fondement = REALISATION


@dataclass
class InaugurerProjet(ActeSurBudget):
    """Once it is there."""

    DROIT = "inaugurer_projet"

    projet: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.projet(self.projet)
        if self.projet not in self.budget.realises:
            raise EtapePrecedente("La réalisation de ce projet n'est pas constatée.", field="projet")
        if self.projet in self.budget.inaugures:
            raise DejaInaugure("Ce projet est déjà ouvert à tous.", field="projet")
        yield ProjetInaugure(survenu_le=self.le, regle=REALISATION.id, projet=self.projet, par=par)
