"""What the acts on a body's members share."""

from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.composition import Composition, flux_assemblee
from domain.ledger.event import Event


@dataclass
class ActeSurAssemblee(ActeDeFonction):
    """An act on the members of `instance`."""

    instance: str
    composition: Composition = field(default_factory=Composition, init=False)

    def reads(self) -> list[str]:
        return [flux_assemblee(self.instance), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.composition.retenir(event)
