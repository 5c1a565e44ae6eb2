"""Paper ballots of a lot, as typed: kept sealed in the urn until the count, as a salted digest in the register."""

import os
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import msgspec

from domain.scrutins.traceurs import OCTETS, traceur
from domain.scrutins.urne import UrneAlteree
from web.services import Services
from web.urne.secrets import Secret, secret

KEEP = "INSERT INTO urne.papier (reference, empreinte, contenu) VALUES (%s, %s, %s)"
READ = "SELECT empreinte, contenu FROM urne.papier WHERE reference = %s AND empreinte = ANY(%s)"
SEL: Final = 16


class Bulletin(msgspec.Struct, frozen=True, omit_defaults=True):
    """One paper ballot as typed: project ids in the order read, points where the rule has some.

    `nul` is why it counts for nothing (`illisible`, `dechire`), never what is written on it. `t` is drawn when the
    entry is kept: nothing must tell a paper ballot from another in the list.
    """

    c: tuple[str, ...] = ()
    p: tuple[int, ...] = ()
    nul: str = ""
    t: str = ""

    def meme(self, autre: "Bulletin") -> bool:
        """Whether two people read the same thing."""
        return (self.c, self.p, self.nul) == (autre.c, autre.p, autre.nul)


class Lot(msgspec.Struct, frozen=True):
    """One entry of a lot: its salt, its ballots in the order of the pile."""

    sel: bytes
    bulletins: tuple[Bulletin, ...]

    @property
    def empreinte(self) -> str:
        """The salted digest that the register has."""
        return sha256(self.sel + msgspec.json.encode(self.bulletins)).hexdigest()


async def garder_lot(services: Services, reference: str, bulletins: Sequence[Bulletin]) -> str:
    """Keeps an entry of a lot; returns its digest, for SaisirLotPapier, ContreSaisirLotPapier or ValiderLotPapier.

    An entry whose digest never reaches the register counts for nothing.
    """
    key = await secret(services, reference)
    drawn = (msgspec.structs.replace(one, t=traceur(os.urandom(OCTETS))) for one in bulletins)
    found = Lot(os.urandom(SEL), tuple(drawn))
    async with services.pool.connection() as connection:
        await connection.execute(KEEP, (reference, found.empreinte, key.sceller(msgspec.json.encode(found), "papier")))
    return found.empreinte


async def lire_lot(services: Services, reference: str, empreinte: str) -> Lot | None:
    """The entry that has this digest, or None."""
    return (await _entries(services, reference, [empreinte])).get(empreinte)


async def bulletins_papier(services: Services, reference: str, empreintes: Sequence[str]) -> list[Bulletin]:
    """Every ballot of these settled lots. Raises UrneAlteree when one is not there as the register has it."""
    found = await _entries(services, reference, empreintes)
    if any(wanted not in found or found[wanted].empreinte != wanted for wanted in empreintes):
        raise UrneAlteree("Un lot de bulletins papier n’est plus dans l’urne tel qu’il a été validé.")
    return [ballot for wanted in empreintes for ballot in found[wanted].bulletins]


def ecarts(premier: Lot, second: Lot) -> list[int]:
    """Ranks, from 1, of the ballots that two entries of a lot do not read alike; a missing one differs."""
    one, two = premier.bulletins, second.bulletins
    short, long = sorted((len(one), len(two)))
    unlike = [rank for rank, (a, b) in enumerate(zip(one, two, strict=False), start=1) if not a.meme(b)]
    return unlike + list(range(short + 1, long + 1))


async def _entries(services: Services, reference: str, empreintes: Sequence[str]) -> dict[str, Lot]:
    if not empreintes:
        return {}
    key: Secret = await secret(services, reference)
    rows = await services.fetch(READ, (reference, list(empreintes)))
    return {digest: msgspec.json.decode(key.ouvrir(bytes(sealed), "papier"), type=Lot) for digest, sealed in rows}
