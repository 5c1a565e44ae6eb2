"""The ballots as numbers: votes and scores of each project, identical ballots grouped.

Tables are numpy's: whole numbers whose sums stay under 2**53, so exact as float64 too, else Python's own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from domain.comptage.election import Bulletin, Election, Projet

Groupes = npt.NDArray[np.intp]
Entiers = npt.NDArray[Any]
Reels = npt.NDArray[np.float64]

EXACT_EN_REEL: Final = 2**53


@dataclass(frozen=True, slots=True, eq=False)
class Soutien:
    """Who gives a project a positive utility: groups in order, utility of one voter of each, weight times utility.

    `pesees` are whole numbers, `reelles` the same as floats; `total` is their sum, `votants` that of the weights.
    Utilities are 1 for an approval, which is scaled by the cost.
    """

    groupes: Groupes
    utilites: Entiers
    pesees: Entiers
    reelles: Reels
    total: int
    votants: int


@dataclass(frozen=True, slots=True, eq=False)
class Paniers:
    """The same, ballot by ballot: group g holds the entries `debuts[g]` to `debuts[g + 1]` of the others."""

    debuts: Groupes
    projets: Groupes
    utilites: Entiers
    pesees: Entiers

    def pese(self, groupes: Groupes, nombre: int) -> list[int]:
        """Weight times utility that these groups give to each of the `nombre` projects."""
        tailles = self.debuts[groupes + 1] - self.debuts[groupes]
        places = np.arange(tailles.sum()) + np.repeat(self.debuts[groupes] - np.cumsum(tailles) + tailles, tailles)
        return _sommes(self.projets[places], self.pesees[places], nombre)


@dataclass(frozen=True, eq=False)
class Profil:
    """Projects in the canonical order of ties, and the groups of voters who say the same thing."""

    projets: tuple[Projet, ...]
    votes: tuple[int, ...]
    points: tuple[int, ...]
    poids: Groupes
    soutiens: tuple[Soutien, ...]
    paniers: Paniers
    approbation: bool
    votants: int
    budget: int
    unite: int


def profil(election: Election) -> Profil:
    """Group the ballots. Order of ballots and projects is forgotten here: ties are by cost, votes, id."""
    projets, nombre = election.projets, len(election.projets)
    groupes = _grouper(election)
    poids = np.fromiter(groupes.values(), np.intp, len(groupes))
    qui, quoi, utilites = _mentions(groupes, nombre)
    votes, points = _sommes(quoi, poids[qui], nombre), _sommes(quoi, poids[qui] * utilites, nombre)
    ordre = sorted(range(nombre), key=lambda p: (projets[p].cout, -votes[p], projets[p].id))
    rangs = np.empty(nombre, np.intp)
    rangs[ordre] = np.arange(nombre)
    utiles = utilites > 0
    qui, quoi, utilites = qui[utiles], rangs[quoi[utiles]], utilites[utiles]
    paniers = Paniers(_debuts(qui, len(groupes)), quoi, utilites, poids[qui] * utilites)
    par_projet = np.argsort(quoi, kind="stable")
    coupes = _debuts(quoi, nombre).tolist()
    soutiens = [_soutien(par_projet[a:b], qui, paniers, poids) for a, b in pairwise(coupes)]
    return Profil(
        projets=tuple(projets[p] for p in ordre),
        votes=tuple(votes[p] for p in ordre),
        points=tuple(points[p] for p in ordre),
        poids=poids,
        soutiens=tuple(soutiens),
        paniers=paniers,
        approbation=_approbation(election),
        votants=sum(groupes.values()),
        budget=election.budget,
        unite=election.unite,
    )


def _mentions(groupes: dict[tuple[int, ...], int], nombre: int) -> tuple[Groupes, Groupes, Entiers]:
    """Group, project and utility of each mention, group by group."""
    tailles = np.fromiter(map(len, groupes), np.intp, len(groupes))
    plus_haut = max((codes[-1] for codes in groupes if codes), default=0)
    genre = np.int64 if plus_haut * sum(groupes.values()) < EXACT_EN_REEL else object
    codes = np.array(list(chain.from_iterable(groupes)), genre)
    utilites, quoi = codes // max(1, nombre), codes % max(1, nombre)
    return np.repeat(np.arange(len(groupes)), tailles), quoi.astype(np.intp), utilites


def _soutien(places: Groupes, qui: Groupes, paniers: Paniers, poids: Groupes) -> Soutien:
    groupes, pesees = qui[places], paniers.pesees[places]
    reelles = pesees.astype(np.float64)
    return Soutien(
        groupes, paniers.utilites[places], pesees, reelles, int(pesees.sum()), int(poids[groupes].sum())
    )  # fmt: skip


def _debuts(rangs: Groupes, nombre: int) -> Groupes:
    """Where the entries of each rank begin once sorted, and the end."""
    return np.concatenate(([0], np.cumsum(np.bincount(rangs, minlength=nombre)))).astype(np.intp)


def _sommes(rangs: Groupes, valeurs: Entiers, nombre: int) -> list[int]:
    """Sum of the values of each rank, exact."""
    if valeurs.dtype != object:
        return [int(somme) for somme in np.bincount(rangs, valeurs, nombre)]
    sommes = [0] * nombre
    for rang, valeur in zip(rangs.tolist(), valeurs.tolist(), strict=True):
        sommes[rang] += valeur
    return sommes


def _approbation(election: Election) -> bool:
    return election.type_vote in ("approval", "choose-1")


def _grouper(election: Election) -> dict[tuple[int, ...], int]:
    """Voters who say the same thing, once, with their number: codes `utility * projects + project`, sorted."""
    coder = _codeur(election)
    groupes: dict[tuple[int, ...], int] = {}
    for bulletin, nombre in election.lots:
        cle = tuple(sorted(coder(bulletin)))
        groupes[cle] = groupes.get(cle, 0) + nombre
    return groupes


def _codeur(election: Election) -> Callable[[Bulletin], Iterable[int]]:
    nombre, sommet = len(election.projets), election.longueur_max
    rangs = {p.id: rang for rang, p in enumerate(election.projets)}
    if _approbation(election):
        code = {p: nombre + rang for p, rang in rangs.items()}.__getitem__
        return lambda b: map(code, b.choix)
    if election.type_vote == "cumulative":
        return lambda b: [u * nombre + rangs[p] for p, u in zip(b.choix, b.points, strict=True)]
    return lambda b: [max(0, sommet - r) * nombre + rangs[p] for r, p in enumerate(b.choix)]
