"""Clore la validité d'un jeu de règles : its last day, never one that has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.ledger.event import Event
from domain.regles_datees.actes import ActeSurJeu, JeuDejaDecide, ValiditeImpossible
from domain.regles_datees.events import ValiditeClose
from domain.regles_datees.regles import VALIDITE
from domain.texte import SIGNES_MOTIF, propre


@dataclass
class CloreValidite(ActeSurJeu):
    """`au` is the last day in force."""

    DROIT = "publier_jeu"

    au: date
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        found = self.connu()
        if found.etat != "publie" or (found.au is not None and found.au < self.le):
            raise JeuDejaDecide("Cette règle n'est pas en vigueur.")
        if self.au < max(self.le, found.propose.du) or (found.au is not None and found.au < self.au):
            raise ValiditeImpossible("Ce dernier jour est passé, ou hors de la validité de la règle.", field="au")
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "La raison")
        yield ValiditeClose(survenu_le=self.le, regle=VALIDITE.id, jeu=self.jeu, au=self.au, motif=motif, par=par)
