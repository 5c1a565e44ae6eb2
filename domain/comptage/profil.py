"""The ballots as numbers: votes and scores of each project, identical ballots grouped."""

from dataclasses import dataclass

from domain.comptage.election import Election, Projet


@dataclass(frozen=True)
class Profil:
    """Projects in the canonical order of ties, and the groups of voters who say the same thing.

    `soutiens[p]` are the groups with a positive utility for project p, `utilites[p]` the utility of one
    voter of each of them (None: 1 for all, the vote is an approval and is scaled by the cost).
    """

    projets: tuple[Projet, ...]
    votes: tuple[int, ...]
    points: tuple[int, ...]
    poids: tuple[int, ...]
    soutiens: tuple[tuple[int, ...], ...]
    utilites: tuple[tuple[int, ...], ...] | None
    votants: int
    budget: int
    unite: int


def profil(election: Election) -> Profil:
    """Group the ballots. Order of ballots and projects is forgotten here: ties are by cost, votes, id."""
    nombre_projets = len(election.projets)
    votes, points = [0] * nombre_projets, [0] * nombre_projets
    qui: list[list[int]] = [[] for _ in election.projets]
    combien: list[list[int]] = [[] for _ in election.projets]
    poids: list[int] = []
    for groupe, (codes, nombre) in enumerate(_grouper(election).items()):
        poids.append(nombre)
        for code in codes:
            utilite, projet = divmod(code, nombre_projets)
            votes[projet] += nombre
            if utilite:
                points[projet] += nombre * utilite
                qui[projet].append(groupe)
                combien[projet].append(utilite)
    projets = election.projets
    ordre = sorted(range(nombre_projets), key=lambda p: (projets[p].cout, -votes[p], projets[p].id))
    return Profil(
        projets=tuple(projets[p] for p in ordre),
        votes=tuple(votes[p] for p in ordre),
        points=tuple(points[p] for p in ordre),
        poids=tuple(poids),
        soutiens=tuple(tuple(qui[p]) for p in ordre),
        utilites=None if _approbation(election) else tuple(tuple(combien[p]) for p in ordre),
        votants=sum(poids),
        budget=election.budget,
        unite=election.unite,
    )


def _approbation(election: Election) -> bool:
    return election.type_vote in ("approval", "choose-1")


def _grouper(election: Election) -> dict[tuple[int, ...], int]:
    """Voters who say the same thing, once, with their number: codes `utility * projects + project`, sorted."""
    nombre_projets = len(election.projets)
    rangs = {p.id: rang for rang, p in enumerate(election.projets)}
    sommet = election.longueur_max
    groupes: dict[tuple[int, ...], int] = {}
    for bulletin, nombre in election.lots:
        codes: list[int]
        if _approbation(election):
            codes = [nombre_projets + rangs[p] for p in bulletin.choix]
        elif election.type_vote == "cumulative":
            codes = [u * nombre_projets + rangs[p] for p, u in zip(bulletin.choix, bulletin.points, strict=True)]
        else:
            codes = [max(0, sommet - r) * nombre_projets + rangs[p] for r, p in enumerate(bulletin.choix)]
        codes.sort()
        cle = tuple(codes)
        groupes[cle] = groupes.get(cle, 0) + nombre
    return groupes
