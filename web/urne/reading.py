"""The hourly reading: digests of the ballots that are new in the urn, in lots of at least `k_min`.

A lot is first marked in the urn, then written in the register: after a crash the marked lot is written again, and is
the same. Lots are made of sorted digests: nothing of the order of arrival is left in them.
"""

from itertools import pairwise
from typing import Final

from domain.scrutins.events import UrneRelevee
from domain.scrutins.relever_urne import ReleverUrne
from web.services import Services
from web.urne import register
from web.urne.store import Connection

LOT_MAX: Final = 150  # digests of 64 signs: an entry holds 16 KiB

TRY = "SELECT pg_try_advisory_xact_lock(urne.verrou('releve/' || %s))"
WAIT = "SELECT true FROM (SELECT pg_advisory_xact_lock(urne.verrou('releve/' || %s))) AS held"
DUE = """SELECT k_min FROM urne.scrutins WHERE reference = %s AND etat = 'ouverte'
    AND (releve_le IS NULL OR releve_le < date_trunc('hour', now()))"""
READ = "UPDATE urne.scrutins SET releve_le = date_trunc('hour', now()) WHERE reference = %s"
NEW = "SELECT billet, sha256(scelle) FROM urne.bulletins WHERE reference = %s AND lot IS NULL"
LAST = "SELECT coalesce(max(lot), 0) FROM urne.bulletins WHERE reference = %s"
MARK = "UPDATE urne.bulletins SET lot = %s WHERE reference = %s AND billet = ANY(%s) AND lot IS NULL"
LOTS = """SELECT lot, array_agg(encode(sha256(scelle), 'hex')) FROM urne.bulletins
    WHERE reference = %s AND lot IS NOT NULL GROUP BY lot ORDER BY lot"""


async def relever(services: Services, reference: str, tout: bool = False) -> int:
    """Reads the urn if its hour has come (all that is left, when `tout`: the urn is shut). Returns the lots written."""
    async with services.pool.connection() as connection, connection.transaction():
        held = await (await connection.execute(WAIT if tout else TRY, (reference,))).fetchone()
        if held is None or not held[0]:
            return 0  # another process is at it
        least = 1 if tout else await _due(connection, reference)
        if least is not None:
            await _mark(connection, reference, least)
    async with services.pool.connection() as connection:
        return await _write(services, connection, reference)


async def _due(connection: Connection, reference: str) -> int | None:
    """`k_min` when the hour has come, else None."""
    found = await (await connection.execute(DUE, (reference,))).fetchone()
    if found is not None:
        await connection.execute(READ, (reference,))
    return found[0] if found else None


async def _mark(connection: Connection, reference: str, least: int) -> None:
    rows = await (await connection.execute(NEW, (reference,))).fetchall()
    if len(rows) < least:
        return
    [(last,)] = await (await connection.execute(LAST, (reference,))).fetchall()
    slips = [bytes(billet) for billet, digest in sorted(rows, key=lambda row: bytes(row[1]))]
    for number, lot in enumerate(lots(slips, LOT_MAX), start=last + 1):
        await connection.execute(MARK, (number, reference, lot))


def lots(pieces: list[bytes], most: int) -> list[list[bytes]]:
    """Cut in as few lots as can be, of the same size to within one: none is small because it is the last."""
    count = -(-len(pieces) // most)
    ends = [len(pieces) * rank // count for rank in range(count + 1)] if count else []
    return [pieces[a:b] for a, b in pairwise(ends)]


async def _write(services: Services, connection: Connection, reference: str) -> int:
    """Writes the marked lots that the register has not."""
    found = (await register.lire(services, reference)).events
    known = {event.lot for event in found if isinstance(event, UrneRelevee)}
    rows = await (await connection.execute(LOTS, (reference,))).fetchall()
    missing = [(lot, tuple(sorted(digests))) for lot, digests in rows if lot not in known]
    for lot, digests in missing:
        command = ReleverUrne(reference, lot=lot, empreintes=digests)
        await services.ledger.execute(command, register.une_fois("releve", reference, lot))
    return len(missing)
