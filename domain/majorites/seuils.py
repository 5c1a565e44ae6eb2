"""Thresholds: quorums, the request of a public ballot, a third of the mayors. Exact, in integers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Mode = Literal["presents", "presents_ou_representes"]
Fraction = Literal["majorite_absolue", "un_tiers"]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many were needed, how many count."""

    seuil: int
    compte: int

    @property
    def atteint(self) -> bool:
        """Enough."""
        return self.compte >= self.seuil


def quorum(
    en_exercice: int,
    presents: int,
    representes: int = 0,
    mode: Mode = "presents",
    fraction: Fraction = "majorite_absolue",
) -> Quorum:
    """The quorum of a body of `en_exercice` members (L3121-14, L3121-14-1)."""
    seuil = en_exercice // 2 + 1 if fraction == "majorite_absolue" else -(-en_exercice // 3)
    return Quorum(seuil, presents if mode == "presents" else presents + representes)


def seuil_scrutin_public(presents: int, une_part_sur: int = 6) -> int:
    """How many must ask for a public ballot: a sixth of those present, rounded up (L3121-15)."""
    return -(-presents // une_part_sur)


def scrutin_public(presents: int, demandeurs: int, une_part_sur: int = 6) -> bool:
    """Whether the public ballot is due."""
    return 0 < demandeurs >= seuil_scrutin_public(presents, une_part_sur)


def un_tiers(maires: int, demandeurs: int, population: int, population_demandeurs: int, une_part_sur: int = 3) -> bool:
    """Whether a third of the mayors, or of the population, asks (A:114)."""
    return une_part_sur * demandeurs >= maires or une_part_sur * population_demandeurs >= population


def pouvoir_possible(tenus: int, par_membre: int = 1) -> bool:
    """Whether a member who holds so many proxies may hold one more (L3121-16)."""
    return tenus < par_membre


def delai_suffisant(envoyee: date, seance: date, urgence: bool, jours: int, jours_urgence: int) -> bool:
    """So many days from the sending to the meeting; whole days between the two when it is urgent (L3121-19)."""
    days = (seance - envoyee).days
    return days - 1 >= jours_urgence if urgence else days >= jours
