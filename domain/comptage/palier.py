"""How far the shares can grow before equal shares may buy anything else: a proof, not a guess.

Give `delta` more to each of n voters and suppose the same projects bought so far. Purses are then at least
what they were, the sum of all purses is n * delta larger, and every price is at most what it was. So at
each purchase, with x the price bought at, the supporters of another project q could give at most n * delta
more at that price than before: while that stays below the cost of q, q comes after. A project whose least
possible rho already loses is no danger at any delta.
"""

from collections.abc import Sequence
from fractions import Fraction

from domain.comptage.partage import Bourses
from domain.comptage.parts_egales import echelle


def marge(bourses: Bourses, achetes: Sequence[int], candidats: Sequence[int], utile: Fraction) -> Fraction:
    """Strictly below this total of new money, the same projects are bought in the same order.

    `bourses` (not changed) are the purses before `achetes` were bought, in that order, among `candidats`.
    Returns 0 as soon as the margin is known not to exceed `utile`.
    """
    profil, total = bourses.profil, bourses.utilites_totales
    essai = bourses.copie(Fraction(0))
    autres = set(candidats)
    mini: Fraction | None = None
    for p in achetes:
        autres.discard(p)
        prix = essai.prix(p)
        if prix is None:
            return Fraction(0)
        rho = Fraction(prix.numerateur, essai.denominateur * prix.pleine * echelle(profil, p))
        for q in autres:
            plancher = Fraction(profil.projets[q].cout, total[q] * echelle(profil, q))
            if (plancher, q) < (rho, p):
                ecart = profil.projets[q].cout - _contribution(essai, q, rho * echelle(profil, q))
                mini = ecart if mini is None else min(mini, ecart)
                if mini <= utile:
                    return Fraction(0)
        essai.payer(p, prix)
    for q in autres:
        manque = profil.projets[q].cout - essai.apport(q)
        mini = manque if mini is None else min(mini, manque)
        if mini <= utile:
            return Fraction(0)
    return mini if mini is not None else Fraction(0)


def _contribution(bourses: Bourses, projet: int, prix: Fraction) -> Fraction:
    """What the supporters of a project would give at that price per unit of utility."""
    profil = bourses.profil
    groupes = profil.soutiens[projet]
    utilites = (1,) * len(groupes) if profil.utilites is None else profil.utilites[projet]
    unitaire, d = prix.numerator * bourses.denominateur, prix.denominator
    somme = sum(
        min(bourses.avoirs[g] * d, profil.poids[g] * u * unitaire) for g, u in zip(groupes, utilites, strict=True)
    )
    return Fraction(somme, bourses.denominateur * d)


def pas_inutiles(marge: Fraction, votants: int, pas: Fraction) -> int:
    """How many steps of `pas` for each voter stay strictly below that margin."""
    quotient = marge / (votants * pas)
    return max(0, -(-quotient.numerator // quotient.denominator) - 1)
