"""Votes counted: présents, pouvoirs, votants and exprimés are four different numbers."""

from dataclasses import dataclass
from typing import Literal

from domain.errors import RegleViolee
from domain.majorites.regles import MAJORITE_CONSEIL

Sens = Literal["pour", "contre", "abstention"]
Issue = Literal["favorable", "defavorable", "sans_avis"]


class SuffragesIncoherents(RegleViolee):
    fondement = MAJORITE_CONSEIL
    conseil = "Recomptez : chaque personne présente ou représentée a une voix, et une seule."


@dataclass(frozen=True, slots=True)
class Suffrages:
    """A count. `nuls` are blank and void ones. Raises SuffragesIncoherents when it cannot be."""

    presents: int
    pouvoirs: int
    pour: int
    contre: int
    abstentions: int = 0
    nuls: int = 0

    def __post_init__(self) -> None:
        if min(self.presents, self.pouvoirs, self.pour, self.contre, self.abstentions, self.nuls) < 0:
            raise SuffragesIncoherents("Un nombre de voix n'est pas négatif.")
        if self.comptes > self.votants:
            raise SuffragesIncoherents(f"{self.comptes} voix sont comptées pour {self.votants} votants.")

    @property
    def votants(self) -> int:
        """Voices that could be heard: présents and pouvoirs."""
        return self.presents + self.pouvoirs

    @property
    def comptes(self) -> int:
        """Voices heard, abstentions and void ones included."""
        return self.pour + self.contre + self.abstentions + self.nuls

    @property
    def ne_prend_pas_part(self) -> int:
        """Voices that were not heard: they took no part in the vote."""
        return self.votants - self.comptes

    @property
    def exprimes(self) -> int:
        """Votes cast, for or against."""
        return self.pour + self.contre
