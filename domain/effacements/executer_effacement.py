"""Exécuter un effacement : keys, disclosures and read models are gone; the register says so.

Nobody decides here: the request was the decision, and this fact names the function that took it. It is also what
a start after a crash writes, once it has destroyed what was left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.effacements.demander_effacement import flux_dossier
from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.effacements.regles import DECISION
from domain.errors import DejaFait, RegleViolee
from domain.ledger.command import Command
from domain.ledger.event import Event


class EffacementNonDemande(RegleViolee):
    fondement = DECISION
    conseil = "La protection des données doit d'abord le demander."


class EffacementDejaExecute(DejaFait):
    fondement = DECISION


@dataclass
class ExecuterEffacement(Command):
    """`dossier` is a stream, `demande` the version in it of the request; `le` the day in Paris."""

    dossier: str
    demande: int
    le: date
    version: int = field(default=0, init=False)
    demandes: dict[int, EffacementDemande] = field(default_factory=dict, init=False)
    executees: set[int] = field(default_factory=set, init=False)

    def reads(self) -> list[str]:
        return [flux_dossier(self.dossier)]

    def know(self, event: Event) -> None:
        self.version += 1
        match event:
            case EffacementDemande():
                self.demandes[self.version] = event
            case EffacementExecute():
                self.executees.add(event.demande)

    def decide(self) -> Iterable[Event]:
        asked = self.demandes.get(self.demande)
        if asked is None:
            raise EffacementNonDemande("Cet effacement n'est pas demandé.")
        if self.demande in self.executees:
            raise EffacementDejaExecute("Cet effacement est déjà fait.")
        yield EffacementExecute(
            survenu_le=self.le,
            regle=asked.regle,
            demande=self.demande,
            cibles=asked.cibles,
            motif=asked.motif,
            base=asked.base,
            par=asked.par,
        )
