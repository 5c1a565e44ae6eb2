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
    approbation = election.type_vote in ("approval", "choose-1")
    groupes: dict[tuple[tuple[str, int], ...], int] = {}
    for bulletin, nombre in election.lots:
        choix: list[tuple[str, int]]
        if approbation:
            choix = [(p, 1) for p in bulletin.choix]
        elif election.type_vote == "cumulative":
            choix = list(zip(bulletin.choix, bulletin.points, strict=True))
        else:
            sommet = election.longueur_max
            choix = [(p, max(0, sommet - rang)) for rang, p in enumerate(bulletin.choix)]
        choix.sort()
        cle = tuple(choix)
        groupes[cle] = groupes.get(cle, 0) + nombre
    votes: dict[str, int] = {p.id: 0 for p in election.projets}
    points = dict(votes)
    qui: dict[str, list[int]] = {p.id: [] for p in election.projets}
    combien: dict[str, list[int]] = {p.id: [] for p in election.projets}
    tries = sorted(groupes.items())
    for groupe, (contenu, nombre) in enumerate(tries):
        for projet, utilite in contenu:
            votes[projet] += nombre
            if utilite > 0:
                points[projet] += nombre * utilite
                qui[projet].append(groupe)
                combien[projet].append(utilite)
    ordre = tuple(sorted(election.projets, key=lambda p: (p.cout, -votes[p.id], p.id)))
    return Profil(
        projets=ordre,
        votes=tuple(votes[p.id] for p in ordre),
        points=tuple(points[p.id] for p in ordre),
        poids=tuple(nombre for _, nombre in tries),
        soutiens=tuple(tuple(qui[p.id]) for p in ordre),
        utilites=None if approbation else tuple(tuple(combien[p.id]) for p in ordre),
        votants=sum(groupes.values()),
        budget=election.budget,
        unite=election.unite,
    )
