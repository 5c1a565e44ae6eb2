"""The purses of the voters, and what a project costs its supporters: the arithmetic of equal shares.

A purse is never stored exactly: it is the share, less the price of each purchase that its ballot supports,
or nothing once worn out. Whole numbers over one common denominator give it, and the sum of any purses, when
something is decided. Floats stand beside them to sort out the clear cases: their error is bounded, and what
falls within it is settled exactly.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import gcd, inf
from typing import Final

import numpy as np

from domain.comptage.profil import Groupes, Profil, Reels, Soutien

MARGE: Final = 2.0**-40
FINESSES: Final = (2.0**-30, 2.0**-20)
EPSILON: Final = 2.0**-52
AUCUN: Final[Groupes] = np.empty(0, np.intp)

Bornes = tuple[float, float]


@dataclass(slots=True, eq=False)
class Prix:
    """Price per unit of utility of a project: numerateur / (denominateur of the purses * pleine).

    `epuises` groups, in order, give all they have (`apport_epuises`, over the denominator), `pleine` is the
    total utility of the others.
    """

    numerateur: int
    pleine: int
    epuises: Groupes
    apport_epuises: int


class Bourses:
    """What each group of voters still has. Starts equal: `part` for each voter."""

    def __init__(self, profil: Profil, part: Fraction) -> None:
        self.profil = profil
        self.denominateur, self.part = part.denominator, part.numerator
        self.payes: dict[int, int] = {}
        self.vides = np.zeros(len(profil.poids), np.bool_)
        self.environ: Reels = np.full(len(profil.poids), float(part))
        self.operations = 0
        self.planchers = [0.0] * len(profil.projets)

    def copie(self, supplement: Fraction) -> "Bourses":
        """The same purses with `supplement` more for each voter (nobody may be worn out yet)."""
        copie = object.__new__(Bourses)
        copie.profil, copie.vides, copie.operations = self.profil, self.vides.copy(), self.operations
        copie.planchers = [0.0] * len(self.planchers)
        echelle = supplement.denominator // gcd(supplement.denominator, self.denominateur)
        copie.denominateur = self.denominateur * echelle
        copie.part = self.part * echelle + supplement.numerator * (copie.denominateur // supplement.denominator)
        copie.payes = {p: prix * echelle for p, prix in self.payes.items()}
        copie.environ = self.environ + float(supplement)
        copie.operations += bool(supplement)
        return copie

    @property
    def bruit(self) -> float:
        """How far at most a purse of `environ` is from the true one.

        Nothing paid or added exceeds the share, and each operation rounds a product and a difference.
        """
        return (2 * self.operations + 2) * EPSILON * (self.part / self.denominateur)

    def avoir(self, groupe: int) -> int:
        """What one voter of a group has, over the denominator."""
        if self.vides[groupe]:
            return 0
        debut, fin = self.profil.paniers.debuts[groupe : groupe + 2]
        projets, utilites = self.profil.paniers.projets[debut:fin], self.profil.paniers.utilites[debut:fin]
        paye: int = sum(self.payes.get(p, 0) * u for p, u in zip(projets.tolist(), utilites.tolist(), strict=True))
        return self.part - paye

    def somme(self, groupes: Groupes) -> int:
        """All that these groups have, over the denominator."""
        pleins = groupes[~self.vides[groupes]]
        pesees = self.profil.paniers.pese(pleins, len(self.profil.projets)) if self.payes else []
        payes = sum(prix * pesees[p] for p, prix in self.payes.items())
        return self.part * int(self.profil.poids[pleins].sum()) - payes

    def apport(self, projet: int) -> Fraction:
        """All that the supporters of a project have left."""
        return Fraction(self.somme(self.profil.soutiens[projet].groupes), self.denominateur)

    def encadrer(self, projet: int) -> Bornes | None:
        """Two prices per unit of utility, the true one between them; None if the supporters lack money.

        What the supporters give at a price rises with it, so a price is too low where they give less than
        the cost, whatever the way it was found.
        """
        soutien, cout = self.profil.soutiens[projet], float(self.profil.projets[projet].cout)
        parts = self._parts(projet)
        tout = _produit(soutien.reelles, parts)
        bruit = soutien.votants * self.bruit + (len(parts) + 8) * EPSILON * max(cout, min(tout, 2 * cout))
        if tout < cout - bruit:
            return None
        prix = max(self.planchers[projet], cout / soutien.total)
        prix = _chercher(parts, soutien.reelles, cout, prix) if tout > cout + bruit else inf
        for finesse in FINESSES if prix < inf else ():
            bas, haut = prix * (1 - finesse), prix * (1 + finesse)
            if _donne(soutien, parts, bas) < cout - bruit and _donne(soutien, parts, haut) > cout + bruit:
                self.planchers[projet] = bas
                return bas, haut
        exact = self._remplir(projet, self.planchers[projet], inf)
        if exact is None:
            return None
        prix = exact.numerateur / (self.denominateur * exact.pleine)
        return prix * (1 - MARGE), prix * (1 + MARGE)

    def prix(self, projet: int, bornes: Bornes | None = None) -> Prix | None:
        """Smallest price x with sum of min(purse, x * utility) = cost; None if the supporters lack money.

        `bornes` are those of `encadrer`, when they are known already.
        """
        bornes = bornes or self.encadrer(projet)
        return None if bornes is None else self._remplir(projet, *bornes)

    def _parts(self, projet: int) -> Reels:
        """What each supporting voter has, about, per unit of utility."""
        soutien = self.profil.soutiens[projet]
        environ = self.environ[soutien.groupes]
        return environ if self.profil.approbation else environ / soutien.utilites.astype(np.float64)

    def _remplir(self, projet: int, bas: float, haut: float) -> Prix | None:
        """The exact price, known to be from `bas` to `haut`: those between are taken one by one, poorest first."""
        soutien, parts = self.profil.soutiens[projet], self._parts(projet)
        surs = parts < bas - self.bruit
        epuises = soutien.groupes[surs]
        apport = self.somme(epuises)
        numerateur = self.profil.projets[projet].cout * self.denominateur - apport
        pleine = soutien.total - int(soutien.pesees[surs].sum())
        doute = np.flatnonzero(~surs & (parts <= haut + self.bruit))
        pauvres: list[int] = []
        for avoir, utilite, place in self._du_plus_pauvre(projet, doute):
            if avoir * pleine >= numerateur * utilite:
                break
            somme = avoir * int(self.profil.poids[soutien.groupes[place]])
            apport, numerateur = apport + somme, numerateur - somme
            pleine -= int(soutien.pesees[place])
            pauvres.append(place)
        if not pleine:
            return None
        return Prix(numerateur, pleine, np.sort(np.append(epuises, soutien.groupes[pauvres])), apport)

    def _du_plus_pauvre(self, projet: int, places: Groupes) -> list[tuple[int, int, int]]:
        """(purse, utility, place) of supporters, by purse per unit of utility."""
        soutien = self.profil.soutiens[projet]
        avoirs = map(self.avoir, soutien.groupes[places].tolist())
        trouves = list(zip(avoirs, soutien.utilites[places].tolist(), places.tolist(), strict=True))
        return sorted(trouves, key=cmp_to_key(_plus_riche))

    def courts(self, projet: int, prix: Fraction) -> tuple[Groupes, int]:
        """Supporters who cannot afford that price per unit of utility, and the total utility of the others."""
        soutien, parts, environ = self.profil.soutiens[projet], self._parts(projet), float(prix)
        marge = self.bruit + environ * MARGE
        sous = parts < environ - marge
        for place in np.flatnonzero(~sous & (parts <= environ + marge)).tolist():
            avoir = self.avoir(int(soutien.groupes[place])) * prix.denominator
            sous[place] = avoir < int(soutien.utilites[place]) * prix.numerator * self.denominateur
        return soutien.groupes[sous], soutien.total - int(soutien.pesees[sous].sum())

    def payer(self, projet: int, prix: Prix) -> None:
        """Take the cost of a project from its supporters. `prix` must be its present price."""
        soutien = self.profil.soutiens[projet]
        commun = gcd(prix.numerateur, prix.pleine)
        echelle = prix.pleine // commun
        self.denominateur *= echelle
        self.part *= echelle
        self.payes = {p: paye * echelle for p, paye in self.payes.items()}
        self.payes[projet] = prix.numerateur // commun
        self.vides[prix.epuises] = True
        self.environ[soutien.groupes] -= soutien.utilites.astype(np.float64) * (self.payes[projet] / self.denominateur)
        self.environ[soutien.groupes[self.vides[soutien.groupes]]] = 0.0
        self.operations += 1


def _plus_riche(un: tuple[int, int, int], autre: tuple[int, int, int]) -> int:
    """Positive when the first has more per unit of utility."""
    return un[0] * autre[1] - autre[0] * un[1]


def _produit(une: Reels, autre: Reels) -> float:
    return float(np.add.reduce(une * autre))  # not BLAS, which would share among processors what takes one no time


def _donne(soutien: Soutien, parts: Reels, prix: float) -> float:
    """What the supporters give in all at a price, about."""
    return _produit(soutien.reelles, np.minimum(parts, prix))


def _chercher(parts: Reels, pesees: Reels, cout: float, prix: float) -> float:
    """The price per unit of utility, about, by filling from below: `prix` is not above it.

    Those who cannot pay a price too low cannot pay the true one either: they give all they have and the
    price rises for the others.
    """
    while len(parts):
        riches = parts >= prix
        if np.count_nonzero(riches) == len(parts):
            return prix
        pauvres = ~riches
        cout -= _produit(parts[pauvres], pesees[pauvres])
        parts, pesees = parts[riches], pesees[riches]
        prix = max(prix, cout / float(np.add.reduce(pesees))) if len(parts) else inf
    return inf
