"""Clore les idées : the services study those that were received."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeSurBudget, EtapePrecedente
from domain.budget_participatif.events import IdeesCloses
from domain.budget_participatif.regles import COLLEGE
from domain.calendrier import date_longue
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class IdeesDejaCloses(DejaFait):
    fondement = COLLEGE


class IdeesEncoreAttendues(RegleViolee):
    fondement = COLLEGE
    conseil = "La date est affichée dans le collège : attendez-la."


@dataclass
class CloreIdees(ActeSurBudget):
    """Not before the day that was announced."""

    DROIT = "clore_idees"

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        until = self.budget.idees_jusqu_au
        if until is None:
            raise EtapePrecedente("Les idées ne sont pas encore ouvertes.")
        if self.budget.idees_closes:
            raise IdeesDejaCloses("Les idées sont déjà closes.")
        if self.le < until:
            raise IdeesEncoreAttendues(f"Les idées sont reçues jusqu'au {date_longue(until)}.")
        yield IdeesCloses(survenu_le=self.le, regle=COLLEGE.id, par=par)
