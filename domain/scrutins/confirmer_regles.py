"""Confirmer les règles : a second person read them. Nothing of them changes any more."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import ReglesConfirmees
from domain.scrutins.regles import DEUX_PERSONNES


@dataclass
class ConfirmerRegles(ActeSurScrutin):
    """By somebody who did not hold the function that created the scrutin, the day it did."""

    DROIT = "confirmer_regles"

    def decide(self) -> Iterable[Event]:
        par = self.agit("prepare")
        self.autre_que(self.etat.creation, "Confirmer les règles")
        yield ReglesConfirmees(survenu_le=self.le, regle=DEUX_PERSONNES.id, par=par)
