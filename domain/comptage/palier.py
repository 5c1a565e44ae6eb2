"""Plateaus of growing shares: two shares between which equal shares provably buys the same projects.

Suppose that two shares give the same purchases in the same order, with the same voters worn out at each.
Between them take the same purchases and the same worn-out voters: every purse and every price is then a
linear function of the share. Who is worn out is a linear inequality, true at both ends, so true between:
the prices are right. What the supporters of another project would give at the price of a purchase is a sum
of minima of linear functions, below the sum obtained by fixing each minimum as it is at one end: where that
sum is under the cost of the project at both ends, it is between, and the project stays behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from domain.comptage.partage import Bourses, Prix
from domain.comptage.parts_egales import acheter, echelle, plancher


@dataclass(frozen=True, slots=True)
class Achat:
    """A purchase: the purses just before, and its price."""

    projet: int
    bourses: Bourses
    prix: Prix

    @property
    def unitaire(self) -> Fraction:
        """Price per unit of utility."""
        return Fraction(self.prix.numerateur, self.bourses.denominateur * self.prix.pleine)


class Ecart(Exception):
    """The two shares do not buy alike."""


def relever(bourses: Bourses, candidats: Sequence[int]) -> list[Achat]:
    """The purchases that these purses make, then their end as they stand. `bourses` are spent."""
    achats: list[Achat] = []

    def noter(p: int, prix: Prix, _egaux: list[int]) -> None:
        achats.append(Achat(p, bourses.copie(Fraction(0)), prix))

    acheter(bourses, candidats, noter)
    return achats


def meme_palier(debut: Bourses, achats: Sequence[Achat], fin: Bourses, candidats: Sequence[int]) -> bool:
    """Whether every share from that of `achats` to that of `fin` buys exactly `achats`.

    `debut` are the purses left by `achats`, `fin` those before any purchase among `candidats`; `fin` is spent.
    """
    autres = set(candidats)
    attendus = iter(achats)

    def comparer(p: int, prix: Prix, _egaux: list[int]) -> None:
        avant = next(attendus, None)
        if avant is None or avant.projet != p or not np.array_equal(avant.prix.epuises, prix.epuises):
            raise Ecart
        autres.discard(p)
        _verifier(avant, Achat(p, fin, prix), autres)

    try:
        acheter(fin, candidats, comparer)
    except Ecart:
        return False
    # What the supporters of the others have left is linear too: too little at both ends, too little between.
    couts = debut.profil.projets
    return next(attendus, None) is None and all(bout.apport(q) < couts[q].cout for q in autres for bout in (debut, fin))


def _verifier(avant: Achat, apres: Achat, autres: Iterable[int]) -> None:
    """Ecart unless each other project stays behind this purchase, from one end to the other."""
    p, profil = avant.projet, avant.bourses.profil
    rho = max(avant.unitaire, apres.unitaire) / echelle(profil, p)
    for q in autres:
        if (plancher(profil, q), q) > (rho, p):
            continue
        prix = [bout.unitaire / echelle(profil, p) * echelle(profil, q) for bout in (avant, apres)]
        bouts = list(zip((avant.bourses, apres.bourses), prix, strict=True))
        if not any(_reste_derriere(bouts, q, q > p, *bout) for bout in bouts):
            raise Ecart


def _reste_derriere(
    bouts: Sequence[tuple[Bourses, Fraction]],
    projet: int,
    cede: bool,
    choisies: Bourses,
    prix_choisi: Fraction,
) -> bool:
    """Minima fixed as with purses `choisies` at `prix_choisi`: the sum is under the cost at both ends.

    A project that yields in the tie-break (`cede`) may also reach its cost, if somebody then pays the full
    price: a lower one would not do, so its rho is no smaller.
    """
    cout = choisies.profil.projets[projet].cout
    courts, pleine = choisies.courts(projet, prix_choisi)
    for bourses, prix in bouts:
        somme = Fraction(bourses.somme(courts), bourses.denominateur) + prix * pleine
        if somme > cout or (somme == cout and not (cede and pleine)):
            return False
    return True
