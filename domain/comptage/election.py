"""What is counted: projects, ballots, budget; and when a ballot is null."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TYPES_DE_VOTE = ("approval", "choose-1", "cumulative", "ordinal")


@dataclass(frozen=True, slots=True)
class Projet:
    """A project on the ballot; `cout` is an integer in the smallest unit of the election."""

    id: str
    cout: int
    nom: str = ""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Choices in the order of the voter; `points` goes with them for a cumulative vote, else empty."""

    choix: tuple[str, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletinNul:
    """A ballot left out of the count, and why. `repere` locates it (voter, line)."""

    repere: str
    motif: str


@dataclass(frozen=True)
class Election:
    """The whole input of a count. `lots` are (ballot, number of identical ballots), in any order.

    Blank ballots count as voters (they hold a share of the budget that nobody spends); null ones do not.
    `longueur_max` is the rank scale of an ordinal vote: a choice at rank r (from 0) is worth
    `longueur_max - r` points.
    """

    projets: tuple[Projet, ...]
    budget: int
    type_vote: str
    lots: tuple[tuple[Bulletin, int], ...]
    unite: int = 1
    longueur_max: int = 0
    nuls: tuple[BulletinNul, ...] = ()

    def __post_init__(self) -> None:
        if self.type_vote not in TYPES_DE_VOTE:
            raise ValueError(f"unknown vote type: {self.type_vote}")
        if self.budget < 0 or self.unite < 1 or any(p.cout < 0 for p in self.projets):
            raise ValueError("budget, costs and unit are not negative")
        if len({p.id for p in self.projets}) != len(self.projets):
            raise ValueError("two projects have the same id")

    @property
    def votants(self) -> int:
        """Number of ballots counted."""
        return sum(nombre for _, nombre in self.lots)


@dataclass(frozen=True, slots=True)
class Limites:
    """What a ballot of our own scrutins may hold; None: no limit."""

    choix_min: int | None = None
    choix_max: int | None = None
    cout_max: int | None = None
    points_max: int | None = None
    somme_min: int | None = None
    somme_max: int | None = None


def sans_repetition(bulletin: Bulletin) -> Bulletin:
    """The ballot where a project repeated counts once: its first mention stands."""
    if len(set(bulletin.choix)) == len(bulletin.choix):
        return bulletin
    rangs = {projet: rang for rang, projet in reversed(list(enumerate(bulletin.choix)))}
    garde = sorted(rangs.values())
    points = tuple(bulletin.points[r] for r in garde) if bulletin.points else ()
    return Bulletin(tuple(bulletin.choix[r] for r in garde), points)


def motif_nullite(
    bulletin: Bulletin, couts: Mapping[str, int], type_vote: str, limites: Limites | None = None
) -> str | None:
    """Why this ballot (repetitions removed) is null, in French, or None when it counts.

    Without `limites` only unknown projects and impossible points void a ballot (files from elsewhere).
    """
    if inconnus := [projet for projet in bulletin.choix if projet not in couts]:
        return f"projet inconnu : « {inconnus[0]} »"
    if type_vote == "cumulative":
        if len(bulletin.points) != len(bulletin.choix):
            return f"des points pour {len(bulletin.points)} choix, et {len(bulletin.choix)} projets choisis"
        if any(type(p) is not int or p < 0 for p in bulletin.points):
            return "points négatifs ou non entiers"
    return _hors_limites(bulletin, couts, limites) if limites is not None else None


def _hors_limites(bulletin: Bulletin, couts: Mapping[str, int], limites: Limites) -> str | None:
    # A blank ballot is a choice, not a ballot with too few choices.
    if not bulletin.choix:
        return None
    nombre, somme = len(bulletin.choix), sum(bulletin.points)
    if limites.choix_max is not None and nombre > limites.choix_max:
        return f"{nombre} choix pour {limites.choix_max} au plus"
    if limites.choix_min is not None and nombre < limites.choix_min:
        return f"{nombre} choix pour {limites.choix_min} au moins"
    if limites.cout_max is not None and sum(couts[p] for p in bulletin.choix) > limites.cout_max:
        return "le coût des projets choisis dépasse le plafond"
    if limites.points_max is not None and any(p > limites.points_max for p in bulletin.points):
        return f"plus de {limites.points_max} points à un projet"
    if limites.somme_max is not None and somme > limites.somme_max:
        return f"{somme} points pour {limites.somme_max} au plus"
    if limites.somme_min is not None and somme < limites.somme_min:
        return f"{somme} points pour {limites.somme_min} au moins"
    return None


def trier_bulletins(
    bulletins: Iterable[tuple[str, Bulletin]],
    couts: Mapping[str, int],
    type_vote: str,
    limites: Limites | None = None,
) -> tuple[tuple[tuple[Bulletin, int], ...], tuple[BulletinNul, ...]]:
    """(repère, ballot) pairs into counted lots and null ballots with their reason."""
    lots: dict[Bulletin, int] = {}
    nuls: list[BulletinNul] = []
    for repere, bulletin in bulletins:
        propre = sans_repetition(bulletin)
        if motif := motif_nullite(propre, couts, type_vote, limites):
            nuls.append(BulletinNul(repere, motif))
        else:
            lots[propre] = lots.get(propre, 0) + 1
    return tuple(lots.items()), tuple(nuls)
