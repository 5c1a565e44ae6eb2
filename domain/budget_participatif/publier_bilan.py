"""Publier le bilan d'une édition, once."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.edition import ActeSurEdition
from domain.budget_participatif.events import BilanPublie
from domain.budget_participatif.regles import EDITION
from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.texte import SIGNES_MOTIF, propre


class BilanDejaPublie(DejaFait):
    fondement = EDITION


@dataclass
class PublierBilan(ActeSurEdition):
    """`texte` is public."""

    DROIT = "publier_bilan"

    texte: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self.etat.ouverte(self.le)
        self.etat.exige("bilan")
        if self.etat.bilan is not None:
            raise BilanDejaPublie("Le bilan de cette édition est déjà publié.")
        texte = propre(self.texte, SIGNES_MOTIF, "texte", "Le bilan")
        yield BilanPublie(survenu_le=self.le, regle=EDITION.id, texte=texte, par=par)
