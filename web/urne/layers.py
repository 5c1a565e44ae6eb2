"""Opening a layer of every ballot: pure, in threads (the cryptography lets them run together), told as it goes."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from web.urne.sealing import LAYER_BYTES, Unopenable, ouvrir_exterieur, ouvrir_interieur

Progres = Callable[[int, int], None]  # how many are done, of how many; called from another thread
T = TypeVar("T")
BATCH: Final = 250
ILLISIBLE, EN_DOUBLE = "ne_s_ouvre_pas", "copie"  # reasons of a reject


class Couche(msgspec.Struct, frozen=True):
    """What came out of a layer: `sorties` sorted, all of one length; how many were rejected, by reason."""

    entrees: int
    sorties: list[bytes]
    rejets: dict[str, int]


def premiere_couche(
    bulletins: Sequence[tuple[bytes, bytes]],
    cle: EllipticCurvePrivateKey,
    reference: str,
    progres: Progres | None = None,
) -> Couche:
    """Inner layers of these (credential, sealed ballot), with the métropole's key. The order of the urn is gone."""

    def opened(one: tuple[bytes, bytes]) -> bytes | None:
        try:
            return ouvrir_exterieur(one[1], cle, reference, one[0])
        except Unopenable:
            return None

    return _couche(_each(bulletins, opened, progres), copies=True)


def seconde_couche(
    interieurs: Sequence[bytes], cle: EllipticCurvePrivateKey, reference: str, progres: Progres | None = None
) -> Couche:
    """Padded ballots of these inner layers, with the bureau's key."""

    def opened(one: bytes) -> bytes | None:
        try:
            return ouvrir_interieur(one, cle, reference)
        except Unopenable:
            return None

    return _couche(_each(interieurs, opened, progres), copies=False)


def decouper(sorties: bytes, longueur: int) -> list[bytes]:
    """The pieces of one length that were kept end to end."""
    return [sorties[at : at + longueur] for at in range(0, len(sorties), longueur)]


def longueur_interieure(longueur: int) -> int:
    """Bytes of a ballot that has its inner layer left."""
    return longueur + LAYER_BYTES


def _couche(found: list[bytes | None], copies: bool) -> Couche:
    """Sealing is random: inner layers that are the same are copies of one ballot, and one of them goes on."""
    opened = sorted(one for one in found if one is not None)
    kept = sorted(set(opened)) if copies else opened
    rejects = {ILLISIBLE: len(found) - len(opened), EN_DOUBLE: len(opened) - len(kept)}
    return Couche(len(found), kept, {reason: n for reason, n in sorted(rejects.items()) if n})


def _each(pieces: Sequence[T], opened: Callable[[T], bytes | None], progres: Progres | None) -> list[bytes | None]:
    """In order, a batch at a time on each processor."""
    batches = [pieces[at : at + BATCH] for at in range(0, len(pieces), BATCH)]
    found: list[bytes | None] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for results in pool.map(lambda batch: [opened(one) for one in batch], batches):
            found += results
            if progres is not None:
                progres(len(found), len(pieces))
    return found
