"""Annoncer une réunion : the group says when and where it meets next; anyone may come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.reunions.events import ReunionAnnoncee
from domain.reunions.regles import REUNIONS
from domain.reunions.reunion import ActeSurReunion


class ReunionDejaAnnoncee(DejaFait):
    fondement = REUNIONS


@dataclass
class AnnoncerReunion(ActeSurReunion):
    """`jour` is that of the act or later; `heure` is written `18:30`, or left empty."""

    DROIT = "annoncer_reunion"

    jour: date
    lieu: str
    heure: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        jour, heure, lieu = self.rendez_vous(self.jour, self.heure, self.lieu)
        same = [numero for numero, known in self.reunions.items() if known == (jour, heure, lieu)]
        if any(numero not in self.annulees for numero in same):
            raise ReunionDejaAnnoncee("Cette réunion est déjà annoncée.", field="jour")
        yield ReunionAnnoncee(
            survenu_le=self.le,
            regle=REUNIONS.id,
            instance=self.instance,
            numero=max(self.reunions, default=0) + 1,
            le=jour,
            heure=heure,
            lieu=lieu,
            par=par,
        )
