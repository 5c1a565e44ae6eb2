"""Annoncer le dépouillement : when and where everybody may come and watch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import DepouillementAnnonce
from domain.scrutins.regles import DEPOUILLEMENT
from domain.texte import ligne

SIGNES_ENDROIT = 60


class DepouillementAvantLaFin(RegleViolee):
    fondement = DEPOUILLEMENT
    conseil = "Choisissez une heure après la fin du vote."


@dataclass
class AnnoncerDepouillement(ActeSurScrutin):
    """From the confirmed rules until the layers are open; announced again, the last one holds."""

    DROIT = "annoncer_depouillement"

    quand: datetime
    lieu: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes")
        if self.quand < self.cree.ferme_le:
            raise DepouillementAvantLaFin("Le dépouillement vient après la fin du vote.", field="quand_jour")
        lieu = ligne(self.lieu, "lieu", "Le lieu", SIGNES_ENDROIT)
        yield DepouillementAnnonce(survenu_le=self.le, regle=DEPOUILLEMENT.id, quand=self.quand, lieu=lieu, par=par)
