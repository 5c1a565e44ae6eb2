"""A paper ballot as one line of numbers: « 1 4 7 », « 1:5 4:3 » with points, « b » blank, « n » null."""

from collections.abc import Sequence
from typing import Final

from domain.scrutins.events import ScrutinCree
from web.bureau.formulaire import Illisible
from web.urne.paper import Bulletin

BLANC: Final = ("b", "blanc")
NULS: Final = {"n": "illisible", "nul": "illisible", "d": "dechire", "déchiré": "dechire"}
ABSENT: Final = ("-", "absent")


def lire_bulletins(
    cree: ScrutinCree, lignes: Sequence[str], rangs: Sequence[int] = (), absents: bool = False
) -> list[Bulletin]:
    """The ballots of these lines. Empty lines end the pile; a hole in it is refused. Raises Illisible on `b{rank}`.

    `rangs`: the ranks of the lines, for a third look, where each must be settled (`absents`: « - », no such ballot).
    """
    said = [ligne.strip() for ligne in lignes]
    last = len(said) if rangs else max((n for n, ligne in enumerate(said, start=1) if ligne), default=0)
    if not last and not rangs:
        raise Illisible("b1", "Tapez au moins un bulletin.")
    places = rangs or range(1, last + 1)
    return [lire_ligne(cree, said[at], rang, absents) for at, rang in enumerate(places)]


def lire_ligne(cree: ScrutinCree, ligne: str, rang: int, absents: bool = False) -> Bulletin:
    """One ballot. Raises Illisible."""
    word, field = ligne.lower(), f"b{rang}"
    if not word:
        raise Illisible(field, f"Le bulletin {rang} n’est pas tapé. Blanc : b. Nul : n.")
    if word in BLANC:
        return Bulletin()
    if word in NULS:
        return Bulletin(nul=NULS[word])
    if word in ABSENT and absents:
        return Bulletin(nul="absent")
    pairs = [part.partition(":") for part in word.replace(",", " ").replace(";", " ").split()]
    choix = tuple(_projet(cree, number, rang) for number, _, _ in pairs)
    if cree.type_vote != "cumulative":
        if any(colon for _, colon, _ in pairs):
            raise Illisible(field, f"Bulletin {rang} : ce vote n’a pas de points. Tapez seulement les numéros.")
        return Bulletin(choix)
    if not all(points.isascii() and points.isdigit() and len(points) < 5 for _, _, points in pairs):
        raise Illisible(field, f"Bulletin {rang} : tapez le numéro, deux-points, puis les points. Exemple : 1:5")
    return Bulletin(choix, tuple(int(points) for _, _, points in pairs))


def _projet(cree: ScrutinCree, number: str, rang: int) -> str:
    if not (number.isascii() and number.isdigit() and len(number) < 4 and 0 < int(number) <= len(cree.projets)):
        raise Illisible(f"b{rang}", f"Bulletin {rang} : il n’y a pas de projet n° {number[:10]}.")
    return cree.projets[int(number) - 1].id


def affiche(cree: ScrutinCree, bulletin: Bulletin) -> str:
    """The line that gives this ballot."""
    if bulletin.nul:
        return {"dechire": "d (déchiré)"}.get(bulletin.nul, "n (nul)")
    if not bulletin.c:
        return "b (blanc)"
    numbers = {projet.id: n for n, projet in enumerate(cree.projets, start=1)}
    said = [str(numbers.get(projet, "?")) for projet in bulletin.c]
    if bulletin.p:
        said = [f"{n}:{points}" for n, points in zip(said, bulletin.p, strict=True)]
    return " ".join(said)
