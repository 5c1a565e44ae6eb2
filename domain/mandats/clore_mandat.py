"""Clore un mandat : the seat is vacant from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.choix import verifie_choix
from domain.errors import Introuvable
from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.events import MandatClos, MotifFin
from domain.mandats.regles import MANDATS


class NeSiegePas(Introuvable):
    fondement = MANDATS
    conseil = "Vérifiez le membre et la date."


@dataclass
class CloreMandat(ActeSurAssemblee):
    """`le` is the first day without the member."""

    DROIT = "clore_mandat"

    elu: str
    le_jour: date
    motif: MotifFin

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        if self.elu not in self.composition.en_exercice(self.le_jour):
            raise NeSiegePas("Ce membre ne siège pas à cette date.", field="elu")
        yield MandatClos(
            survenu_le=self.le_jour, regle=MANDATS.id, elu=self.elu, le=self.le_jour, motif=self.motif, par=par
        )
