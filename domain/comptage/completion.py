"""Equal shares with growing shares (add1): start again with a little more for each while it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.comptage.palier import meme_palier, relever
from domain.comptage.partage import Bourses
from domain.comptage.parts_egales import acheter, acheter_au_plancher, par_plancher, parts_egales
from domain.comptage.profil import Profil
from domain.comptage.trace import EtapeParts, EtapeTour

# Tours counted one by one before looking for a plateau to cross in one go; the search costs a few tours,
# so a disappointing one doubles the wait. The first plateau tried has PORTEE steps.
PATIENCE: Final = 16
PORTEE: Final = 64

Suivre = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Croissance:
    """`entier`: start from the share rounded down to a whole unit. `pas`: units added each time (> 0).

    `exhaustif`: stop also as soon as no project left fits in the budget.
    """

    entier: bool
    exhaustif: bool
    pas: Fraction


def part_initiale(profil: Profil, entier: bool) -> Fraction:
    """Budget over number of voters, in the smallest unit; `entier`: floor in the unit of the file."""
    if not profil.votants:
        return Fraction(0)
    exacte = Fraction(profil.budget, profil.votants)
    return Fraction(exacte // profil.unite * profil.unite) if entier else exacte


def parts_egales_add1(
    profil: Profil, croissance: Croissance, suivre: Suivre | None = None
) -> tuple[list[int], list[EtapeTour | EtapeParts]]:
    """Projects bought with the last share that fits, in order; the shares tried, then the steps of that one.

    `suivre` is told the total cost that each share tried buys, for a display.
    """
    part, pas = part_initiale(profil, croissance.entier), croissance.pas * profil.unite
    tours: list[EtapeTour] = []
    debut = retenue = part
    avant: list[int] | None = None
    socle = Bourses(profil, part)
    ordre, gratuits = par_plancher(profil)
    place = 0
    patience, attente, portee = PATIENCE, PATIENCE, PORTEE
    while True:
        place = acheter_au_plancher(socle, ordre, place, None)
        suivants = acheter(socle.copie(Fraction(0)), ordre[place:], None)
        choisis = gratuits + ordre[:place] + suivants
        total = sum(profil.projets[p].cout for p in choisis)
        if suivre is not None:
            suivre(total)
        if avant is not None and choisis != avant:
            tours.append(_tour(profil, debut, retenue, avant, "continue"))
            debut = part
        if total > profil.budget:
            tours.append(_tour(profil, part, part, choisis, "depassement"))
            break
        avant, retenue = choisis, part
        if suite := _fin(profil, choisis, total, len(ordre) + len(gratuits), croissance.exhaustif):
            tours.append(_tour(profil, debut, part, choisis, suite))
            break
        saut = 0
        attente -= 1
        if attente <= 0:
            saut = _saut(socle, ordre[place:], pas, portee)
            patience = PATIENCE if saut else patience * 2
            attente, portee = (0, saut * 2) if saut else (patience, PORTEE)
        retenue = part + saut * pas
        part = retenue + pas
        socle = socle.copie((saut + 1) * pas)
    choisis, etapes = parts_egales(profil, retenue)
    return choisis, [*tours, *etapes]


def _saut(socle: Bourses, candidats: list[int], pas: Fraction, portee: int) -> int:
    """How many steps from `socle` surely change nothing: `portee`, a quarter of it… or 0."""
    debut = socle.copie(Fraction(0))
    achats = relever(debut, candidats)
    while portee >= 2:
        if meme_palier(debut, achats, socle.copie(portee * pas), candidats):
            return portee
        portee //= 4
    return 0


def _fin(profil: Profil, choisis: list[int], total: int, soutenus: int, exhaustif: bool) -> str:
    """Why to stop at this share, or ""."""
    autres = set(range(len(profil.projets))) - set(choisis)
    if exhaustif and all(profil.projets[p].cout > profil.budget - total for p in autres):
        return "exhaustif"
    return "complet" if len(choisis) == soutenus else ""


def _tour(profil: Profil, debut: Fraction, fin: Fraction, choisis: list[int], suite: str) -> EtapeTour:
    gagnants = tuple(profil.projets[p].id for p in choisis)
    return EtapeTour(debut, fin, gagnants, sum(profil.projets[p].cout for p in choisis), suite)
