"""Clear texts of ballots: canonical JSON padded to one length per scrutin; read strictly, told by reason when null.

What a null ballot holds never leaves this module: somebody will write an insult.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from domain.scrutins.events import BulletinDepouille, ScrutinCree
from domain.scrutins.traceurs import MOTS, NOMBRE, est_traceur

PAS: Final = 64  # lengths are multiples of this many bytes
MOT_LONG: Final = max(map(len, MOTS))

# Reasons of nullity, as the register writes them, and as people read them.
MOTIFS_NULS: Final[dict[str, str]] = {
    "longueur": "Bulletin d'une autre longueur que les autres",
    "illisible": "Bulletin illisible",
    "numero_invalide": "Numéro de vérification impossible",
    "numero_en_double": "Numéro de vérification porté par plusieurs bulletins",
    "projet_inconnu": "Projet qui n'est pas sur la liste",
    "trop_de_choix": "Trop de projets choisis",
    "points_invalides": "Points négatifs, non entiers, ou sans projet",
    "trop_de_points": "Trop de points donnés",
    "dechire": "Bulletin papier déchiré ou marqué",
}


def longueur(cree: ScrutinCree) -> int:
    """Fixed length, in bytes, of every ballot of this scrutin: the longest, rounded up. `cree.longueur` is unread."""
    ids = sorted((len(projet.id) for projet in cree.projets), reverse=True)[: cree.choix_max]
    points = (len(str(cree.points_max)) + 1) * cree.choix_max if cree.points_max else 0
    # Two quotes and a comma around each identifier, a comma after each number, a dash after each word.
    most = len('{"c":[],"p":[],"t":""}') + sum(ids) + 3 * len(ids) + points + NOMBRE * (MOT_LONG + 1)
    return -(-most // PAS) * PAS


def clair(choix: Sequence[str], points: Sequence[int], traceur: str, longueur: int) -> bytes:
    """The padded text `{"c":[…],"p":[…],"t":"…"}`. Raises ValueError on a ballot that is too long to be one."""
    found = _ecrire(list(choix), list(points), traceur)
    if len(found) > longueur:
        raise ValueError("this ballot is longer than any that counts")
    return found.ljust(longueur)


def _ecrire(c: list[str], p: list[int], t: str) -> bytes:
    return msgspec.json.encode({"c": c, "p": p, "t": t})


def lire(clair: bytes, cree: ScrutinCree) -> BulletinDepouille | str:
    """The ballot in its normal form, or why it is null (a key of MOTIFS_NULS): never what it holds.

    A project repeated counts once. Without a rank, the order of the choices is the list's: the voter's own order
    could be a sign.
    """
    if len(clair) != cree.longueur:
        return "longueur"
    texte = clair.rstrip(b" ")
    try:
        lu = msgspec.json.decode(texte)
        c, p, t = lu["c"], lu["p"], lu["t"]
        exact = isinstance(c, list) and isinstance(p, list) and all(isinstance(x, str) for x in (*c, t))
        if not exact or _ecrire(c, p, t) != texte:
            return "illisible"
    except (msgspec.MsgspecError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return "illisible"
    return _juger(c, p, t, cree) if est_traceur(t) else "numero_invalide"


def lire_papier(
    choix: Sequence[str], points: Sequence[int], traceur: str, cree: ScrutinCree
) -> BulletinDepouille | str:
    """The same for a paper ballot as typed: `traceur` was drawn for it."""
    return _juger(list(choix), list(points), traceur, cree) if est_traceur(traceur) else "numero_invalide"


def _juger(c: list[str], p: list[int], t: str, cree: ScrutinCree) -> BulletinDepouille | str:
    rangs = {projet.id: rang for rang, projet in enumerate(cree.projets)}
    if any(projet not in rangs for projet in c):
        return "projet_inconnu"
    if cree.type_vote == "cumulative":
        if len(p) != len(c) or any(type(x) is not int or x < 0 for x in p):
            return "points_invalides"
    elif p:
        return "points_invalides"
    # The first mention of a project stands; zero point is no choice.
    gardes = dict(reversed(list(zip(c, p or [1] * len(c), strict=True))))
    ordre = [projet for projet in dict.fromkeys(c) if gardes[projet]]
    if cree.type_vote != "ordinal":
        ordre.sort(key=rangs.__getitem__)
    if len(ordre) > cree.choix_max:
        return "trop_de_choix"
    donnes = tuple(gardes[projet] for projet in ordre) if p else ()
    if cree.points_max is not None and sum(donnes) > cree.points_max:
        return "trop_de_points"
    return BulletinDepouille(t=t, c=tuple(ordre), p=donnes)


def depouiller_bulletins(
    lus: Iterable[BulletinDepouille | str],
) -> tuple[tuple[BulletinDepouille, ...], dict[str, int]]:
    """Ballots that count, sorted, and the number of null ones by reason; whatever the order they came in.

    A tracker found twice voids every ballot that has it: nobody can void another's without knowing its words.
    """
    bons: list[BulletinDepouille] = []
    nuls: Counter[str] = Counter()
    for lu in lus:
        if isinstance(lu, str):
            nuls[lu] += 1
        else:
            bons.append(lu)
    portes = Counter(bulletin.t for bulletin in bons)
    uniques = [bulletin for bulletin in bons if portes[bulletin.t] == 1]
    if doubles := len(bons) - len(uniques):
        nuls["numero_en_double"] += doubles
    return tuple(sorted(uniques, key=cle)), dict(sorted(nuls.items()))


def cle(bulletin: BulletinDepouille) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """What published ballots are sorted by: nothing but themselves."""
    return bulletin.t, bulletin.c, bulletin.p
