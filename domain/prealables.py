"""What must come before a vote: the compulsory avis of a draft, read on the streams of their saisines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.avis.events import AvisRendu, AvisReputeFavorable, SaisineDeposee, SaisineRetiree
from domain.deliberations.events import ProjetDepose
from domain.deliberations.regles import AVIS_PREALABLES
from domain.errors import RegleViolee
from domain.identifiers import est_reference
from domain.ledger.event import Event


class AvisManquant(RegleViolee):
    fondement = AVIS_PREALABLES
    conseil = "Attendez l'avis, ou retirez ce point de l'ordre du jour."


@dataclass
class Prealables:
    """The draft, and for each saisine read after it (in order) whether its avis is there."""

    projet: ProjetDepose | None = None
    rendus: list[bool] = field(default_factory=list)

    def retenir(self, event: Event) -> None:
        """Adds what this event says; the streams of the saisines come one after the other."""
        match event:
            case ProjetDepose():
                self.projet = event
            case SaisineDeposee():
                self.rendus.append(False)
            case AvisRendu() | AvisReputeFavorable() | SaisineRetiree() if self.rendus:
                self.rendus[-1] = True

    def verifier(self, lus: Sequence[str]) -> None:
        """Raises AvisManquant unless every avis that the draft names was read (`lus`, in order) and is given."""
        assert self.projet is not None
        if tuple(lus) != self.projet.avis_requis:
            raise AvisManquant("Les avis exigés par ce projet n'ont pas été lus : rechargez la page.")
        for reference, given in zip(lus, [*self.rendus, *[False] * len(lus)], strict=False):
            if not given:
                raise AvisManquant(f"L'avis {reference} est exigé avant ce vote, et n'est pas encore rendu.")


def flux_saisines(references: Sequence[str]) -> list[str]:
    """The streams of these saisines. Raises AvisManquant on what is no reference."""
    for reference in references:
        if not est_reference(reference) or not reference.startswith("AV-"):
            raise AvisManquant(f"« {reference[:40]} » n'est pas le numéro d'une saisine.", field="avis_requis")
    return [f"saisines/{reference}" for reference in dict.fromkeys(references)]
