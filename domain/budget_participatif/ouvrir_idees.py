"""Ouvrir les idées : they are received until a day, that day included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.budget_participatif.dossier import ActeSurBudget
from domain.budget_participatif.events import IdeesOuvertes
from domain.budget_participatif.regles import COLLEGE
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class IdeesDejaOuvertes(DejaFait):
    fondement = COLLEGE


class FinDesIdeesPassee(RegleViolee):
    fondement = COLLEGE
    conseil = "Choisissez un jour à venir."


@dataclass
class OuvrirIdees(ActeSurBudget):
    """`jusqu_au` is the last day of the ideas."""

    DROIT = "ouvrir_idees"

    jusqu_au: date

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.budget.idees_jusqu_au is not None:
            raise IdeesDejaOuvertes("Les idées sont déjà ouvertes, ou l'ont été.")
        if self.jusqu_au < self.le:
            raise FinDesIdeesPassee("La fin des idées vient avant leur début.", field="jusqu_au")
        yield IdeesOuvertes(survenu_le=self.le, regle=COLLEGE.id, jusqu_au=self.jusqu_au, par=par)
