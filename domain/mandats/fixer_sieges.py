"""Fixer les sièges : how many members the body can have from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.events import SiegesFixes
from domain.mandats.regles import MANDATS
from domain.texte import ligne


class SiegesImpossibles(RegleViolee):
    fondement = MANDATS
    conseil = "Vérifiez le nombre de sièges, et le nombre de membres à cette date."


@dataclass
class FixerSieges(ActeSurAssemblee):
    """`sieges` from `du` on, by `source`."""

    DROIT = "fixer_sieges"

    sieges: int
    du: date
    source: str

    def decide(self) -> Iterable[Event]:
        par = self.par(self.instance)
        if not 1 <= self.sieges <= 1_000:
            raise SiegesImpossibles("Une instance a de 1 à 1 000 sièges.", field="sieges")
        after = min((since for since, _ in self.composition.sieges if since > self.du), default=None)
        days = self.composition.jours_cles(self.du, after)
        if any(len(self.composition.en_exercice(day)) > self.sieges for day in days):
            raise SiegesImpossibles("Plus de membres siègent déjà à cette date.", field="sieges")
        source = ligne(self.source, "source", "La source")
        yield SiegesFixes(survenu_le=self.du, regle=MANDATS.id, sieges=self.sieges, du=self.du, source=source, par=par)
