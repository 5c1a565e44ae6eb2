"""Ajouter un complément : the person adds something to what she said; only the team reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.propositions.dossier import ActeDeLAuteur
from domain.propositions.events import ComplementAjoute
from domain.texte import SIGNES_PROPOSITION, propre


@dataclass
class AjouterComplement(ActeDeLAuteur):
    """Same limits as a proposition."""

    texte: str

    def decide(self) -> Iterable[Event]:
        self.agit()
        yield ComplementAjoute(survenu_le=self.le, texte=propre(self.texte, SIGNES_PROPOSITION, "texte"))
