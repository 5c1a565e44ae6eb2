"""The count made ready: pure and possibly long, so that it is done before the command, in a thread."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from domain.comptage.regles import Resultat
from domain.scrutins.bulletins import depouiller_bulletins
from domain.scrutins.compte import compter_scrutin, empreinte_bulletins, empreinte_trace, voix
from domain.scrutins.events import BulletinDepouille, BulletinsDepouilles, ScrutinCree
from domain.scrutins.regles import DEPOUILLEMENT

LOT_OCTETS: Final = 12 * 1024
SEL_OCTETS: Final = 16


class Depouillement(msgspec.Struct, frozen=True):
    """Ballots read under `cree`, sorted, null ones by reason, and the result: `preparer` alone makes one.

    `empreinte` is salted under `k_min`, where the list is not published.
    """

    cree: ScrutinCree
    bulletins: tuple[BulletinDepouille, ...]
    nuls: dict[str, int]
    resultat: Resultat
    voix: dict[str, int]
    empreinte: str
    empreinte_trace: str
    publiee: bool


def preparer(cree: ScrutinCree, lus: Iterable[BulletinDepouille | str], sel: bytes) -> Depouillement:
    """Counts what `lire` and `lire_papier` gave. `sel`: 16 secret bytes or more, kept by the urn for the bureau.

    Raises ValueError on a shorter salt.
    """
    if len(sel) < SEL_OCTETS:
        raise ValueError(f"{SEL_OCTETS} bytes of salt are needed")
    bulletins, nuls = depouiller_bulletins(lus)
    publiee = len(bulletins) >= cree.k_min
    resultat = compter_scrutin(cree, bulletins)
    return Depouillement(
        cree=cree,
        bulletins=bulletins,
        nuls=nuls,
        resultat=resultat,
        voix=voix(cree, bulletins),
        empreinte=empreinte_bulletins(bulletins, b"" if publiee else sel),
        empreinte_trace=empreinte_trace(resultat),
        publiee=publiee,
    )


def lots(bulletins: Sequence[BulletinDepouille]) -> list[tuple[BulletinDepouille, ...]]:
    """The ballots in lots of at most 12 KiB each, in order; nothing when there is none."""
    found: list[list[BulletinDepouille]] = []
    room = 0
    for bulletin in bulletins:
        size = len(msgspec.json.encode(bulletin)) + 1
        if size > room:
            found.append([])
            room = LOT_OCTETS
        found[-1].append(bulletin)
        room -= size
    return [tuple(lot) for lot in found]


def evenements(compte: Depouillement) -> list[BulletinsDepouilles]:
    """The list as the register publishes it; nothing under `k_min`."""
    if not compte.publiee:
        return []
    pieces = lots(compte.bulletins)
    return [
        BulletinsDepouilles(regle=DEPOUILLEMENT.id, lot=number, lots=len(pieces), bulletins=piece)
        for number, piece in enumerate(pieces, start=1)
    ]
