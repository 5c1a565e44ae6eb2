"""The purses of the voters, and what a project costs its supporters: the arithmetic of equal shares.

All purses are integers over one common denominator, so every sum and comparison is exact. Floats stand
beside them only to sort out the clear cases: a correctly rounded quotient is within 2**-53 of the truth,
and whatever falls within MARGE of a limit is compared again as integers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from operator import mul
from typing import Final

from domain.comptage.profil import Profil

MARGE: Final = 2.0**-40


@dataclass(slots=True)
class Prix:
    """Price per unit of utility of a project: numerateur / (denominateur of the purses * pleine).

    `epuises` groups give all they have (`apport_epuises`, over the denominator), `pleine` is the total
    utility of the others.
    """

    numerateur: int
    pleine: int
    epuises: list[int]
    apport_epuises: int


class Bourses:
    """What each group of voters still has. Starts equal: `part` for each voter."""

    def __init__(self, profil: Profil, part: Fraction) -> None:
        self.profil = profil
        self.denominateur = part.denominator
        self.avoirs = [poids * part.numerator for poids in profil.poids]
        self.environ = [part.numerator / part.denominator] * len(profil.poids)
        self.bornes = [0.0] * len(profil.projets)
        self.par_groupe = [
            dict(zip(groupes, utilites, strict=True))
            for groupes, utilites in zip(profil.soutiens, profil.utilites or (), strict=False)
        ]
        self.utilites_totales = [
            sum(map(profil.poids.__getitem__, groupes)) if profil.utilites is None
            else sum(map(mul, map(profil.poids.__getitem__, groupes), profil.utilites[p]))
            for p, groupes in enumerate(profil.soutiens)
        ]  # fmt: skip

    def copie(self, supplement: Fraction) -> "Bourses":
        """The same purses with `supplement` more for each voter (nobody may be worn out yet)."""
        copie = object.__new__(Bourses)
        copie.profil, copie.utilites_totales = self.profil, self.utilites_totales
        copie.par_groupe, copie.bornes = self.par_groupe, [0.0] * len(self.bornes)
        if not supplement:
            copie.denominateur, copie.avoirs, copie.environ = self.denominateur, self.avoirs[:], self.environ[:]
            return copie
        echelle = supplement.denominator // gcd(supplement.denominator, self.denominateur)
        d = copie.denominateur = self.denominateur * echelle
        plus = supplement.numerator * d // supplement.denominator
        copie.avoirs = [a * echelle + w * plus for a, w in zip(self.avoirs, self.profil.poids, strict=True)]
        copie.environ = [a / (d * w) for a, w in zip(copie.avoirs, self.profil.poids, strict=True)]
        return copie

    def apport(self, projet: int) -> Fraction:
        """All that the supporters of a project have left."""
        return Fraction(sum(map(self.avoirs.__getitem__, self.profil.soutiens[projet])), self.denominateur)

    def prix(self, projet: int) -> Prix | None:
        """Smallest price x with sum of min(purse, x * utility) = cost; None if the supporters lack money.

        Water filling from below: at a price too low, those who cannot pay it cannot pay the true one
        either, so they give all they have and the price rises for the others, until all can pay. The
        search starts from the last price known, since purses only shrink between two calls.
        """
        profil, avoirs, poids = self.profil, self.avoirs, self.profil.poids
        numerateur, pleine = profil.projets[projet].cout * self.denominateur, self.utilites_totales[projet]
        reste: Iterable[int] = profil.soutiens[projet]
        utilites = None if profil.utilites is None else self.par_groupe[projet]
        epuises: list[int] = []
        apport = 0
        bas = haut = self.bornes[projet]
        while True:
            courts = self._courts(reste, utilites, haut)
            if haut != bas:
                courts = [
                    g for g in courts
                    if self.environ[g] < bas * (u := 1 if utilites is None else utilites[g])
                    or avoirs[g] * pleine < numerateur * poids[g] * u
                ]  # fmt: skip
                if not courts:
                    self.bornes[projet] = bas
                    return Prix(numerateur, pleine, epuises, apport)
            if courts:
                somme = sum(map(avoirs.__getitem__, courts))
                apport += somme
                numerateur -= somme
                pleine -= (
                    sum(map(poids.__getitem__, courts)) if utilites is None
                    else sum(map(mul, map(poids.__getitem__, courts), map(utilites.__getitem__, courts)))
                )  # fmt: skip
                epuises += courts
                retires = set(courts)
                reste = [g for g in reste if g not in retires]
            if not pleine:
                return None
            prix = numerateur / (self.denominateur * pleine)
            haut, bas = prix * (1 + MARGE), prix * (1 - MARGE)

    def _courts(self, groupes: Iterable[int], utilites: dict[int, int] | None, haut: float) -> list[int]:
        """Groups that may not afford that price."""
        environ = self.environ
        if utilites is None:
            return [g for g in groupes if environ[g] < haut]
        return [g for g in groupes if environ[g] < haut * utilites[g]]

    def payer(self, projet: int, prix: Prix) -> None:
        """Take the cost of a project from its supporters. `prix` must be its present price."""
        profil = self.profil
        commun = gcd(prix.numerateur, prix.pleine)
        echelle, unitaire = prix.pleine // commun, prix.numerateur // commun
        if echelle > 1:
            self.avoirs = [a * echelle for a in self.avoirs]
            self.denominateur *= echelle
        avoirs, poids, d = self.avoirs, profil.poids, self.denominateur
        for g in prix.epuises:
            avoirs[g] = 0
            self.environ[g] = 0.0
        vides = set(prix.epuises)
        groupes = profil.soutiens[projet]
        utilites = (1,) * len(groupes) if profil.utilites is None else profil.utilites[projet]
        for g, u in zip(groupes, utilites, strict=True):
            if g not in vides:
                reste = avoirs[g] = avoirs[g] - poids[g] * u * unitaire
                self.environ[g] = reste / (d * poids[g])
