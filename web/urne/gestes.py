"""Acts that the urn does before the register says them: noted with the doing, struck out once they are written."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from domain.ledger.store import Once
from domain.scrutins.events import MotifAnnulation
from web.courrier.seals import seals
from web.services import Services
from web.urne.store import Connection

NOTE = "INSERT INTO urne.gestes (cle, empreinte, reference, billets, acte) VALUES (%s, %s, %s, %s, %s)"
NOTED = "SELECT cle, empreinte, billets, acte FROM urne.gestes WHERE reference = %s ORDER BY cle"
IS_NOTED = "SELECT FROM urne.gestes WHERE cle = %s"
DONE = "DELETE FROM urne.gestes WHERE cle = %s"
CONTEXT = b"urne/geste"
CREDENTIAL_BYTES = 32


class Geste(msgspec.Struct, frozen=True):
    """What was done, by whom: what the command that tells it is made of. `n` counts slips."""

    acte: Literal["annule", "echange", "efface", "detruit"]
    personne: str
    le: date
    n: int = 0
    motif: MotifAnnulation = "autre"


class Note(msgspec.Struct, frozen=True):
    """An act that waits for its event."""

    geste: Geste
    billets: list[bytes]
    once: Once


async def noter(
    services: Services, connection: Connection, reference: str, geste: Geste, billets: Sequence[bytes], once: Once
) -> None:
    """In the transaction that does it."""
    acte = seals(services.settings).seal(msgspec.json.encode(geste), CONTEXT)
    await connection.execute(NOTE, (once.key, once.fingerprint, reference, b"".join(billets), acte))


async def notes(services: Services, reference: str) -> list[Note]:
    """What waits: after a crash, or while somebody is at it."""
    found = []
    for cle, fingerprint, billets, acte in await services.fetch(NOTED, (reference,)):
        geste = msgspec.json.decode(seals(services.settings).open(acte, CONTEXT), type=Geste)
        slips = [bytes(billets[at : at + CREDENTIAL_BYTES]) for at in range(0, len(billets), CREDENTIAL_BYTES)]
        found.append(Note(geste, slips, Once(bytes(cle), bytes(fingerprint))))
    return found


async def rayer(services: Services, once: Once) -> None:
    """The register has it."""
    async with services.pool.connection() as connection:
        await connection.execute(DONE, (once.key,))
