"""Annuler une réunion : it will not take place, and people read why."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.reunions.events import ReunionAnnulee
from domain.reunions.regles import REUNIONS
from domain.reunions.reunion import ActeSurReunion
from domain.texte import ligne


@dataclass
class AnnulerReunion(ActeSurReunion):
    """`numero` is the meeting's; `motif` is public."""

    DROIT = "annuler_reunion"

    numero: int
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.annoncee(self.numero)
        yield ReunionAnnulee(
            survenu_le=self.le,
            regle=REUNIONS.id,
            instance=self.instance,
            numero=self.numero,
            motif=ligne(self.motif, "motif", "La raison"),
            par=par,
        )
