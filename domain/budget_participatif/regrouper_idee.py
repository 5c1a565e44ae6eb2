"""Regrouper une idée avec une autre : it stays readable, and the other one carries its lineage."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.events import IdeeRegroupee
from domain.budget_participatif.idee import ActeSurIdee
from domain.budget_participatif.regles import REGROUPEMENT
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import ligne


class IdeeAvecElleMeme(RegleViolee):
    fondement = REGROUPEMENT
    conseil = "Choisissez une autre idée."


@dataclass
class RegrouperIdee(ActeSurIdee):
    """`dans` is the idea that receives this one: shown, of the same dossier, and itself in no other."""

    DROIT = "regrouper_idee"

    dans: str
    motif: str

    def autres(self) -> tuple[str, ...]:
        if self.dans == self.idee:
            raise IdeeAvecElleMeme("Une idée ne se regroupe pas avec elle-même.", field="dans")
        return (self.dans,)

    def decide(self) -> Iterable[Event]:
        par, [idee, accueil] = self.agit()
        idee.vivante()
        accueil.vivante()  # an idea that has joined another one receives none: no circle can close
        motif = ligne(self.motif, "motif", "La raison")
        yield IdeeRegroupee(survenu_le=self.le, regle=REGROUPEMENT.id, dans=self.dans, motif=motif, par=par)
