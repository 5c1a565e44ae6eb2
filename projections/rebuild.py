"""Rebuild: every projection from event 1, beside the live one, compared at one position, switched at once."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import psycopg
from psycopg import sql

from domain.ledger.vault import Vault
from projections import collector
from projections.database import LIVE, Connection, columns, create_indexes, create_schema, schema_exists, use_schema
from projections.rows import Batch, Projection
from projections.runner import Known, advance, handle, read_batch, tracked

NEXT, FORMER = "projections_next", "projections_former"
REBUILD_LOCK = 0x7265_6275
CHUNK = 10_000
DIGEST_ROWS = 1000

_encoder = msgspec.json.Encoder(order="sorted", enc_hook=str)

Progress = Callable[[int, int], None]


class Compared(msgspec.Struct):
    """Digests of one projection at one position, in the live tables and in the rebuilt ones (hex SHA-256)."""

    before: str
    after: str
    equal: bool


class Rebuilt(msgspec.Struct):
    """What a rebuild found: `events` up to the position of the comparison, and the seconds that handling them took."""

    events: int
    seconds: float
    projections: dict[str, Compared]
    switched: bool = False


async def digest(connection: Connection, projection: Projection) -> str:
    """SHA-256 over the rows of every table as canonical JSON, sorted by key."""
    sha = hashlib.sha256()
    for kind in projection.ROWS:
        query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            columns(kind), sql.Identifier(kind.TABLE), sql.Identifier(kind.KEY)
        )
        async with connection.transaction(), connection.cursor(name="digest") as cursor:
            await cursor.execute(query)
            while rows := await cursor.fetchmany(DIGEST_ROWS):
                names = kind.__struct_fields__
                sha.update(_encoder.encode_lines([dict(zip(names, row, strict=True)) for row in rows]))
    return sha.hexdigest()


async def digests(connection: Connection, projections: Sequence[Projection]) -> tuple[int, dict[str, str]]:
    """Position and digest of each projection, in one snapshot of the current schema."""
    await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
    async with connection.transaction():
        position = await tracked(connection)
        found = {projection.NAME: await digest(connection, projection) for projection in projections}
    await connection.set_isolation_level(None)
    return position, found


@asynccontextmanager
async def _beside(url: str, projections: Sequence[Projection]) -> AsyncIterator[tuple[Connection, Connection]]:
    """Two connections: one on the live schema, one on a fresh schema; one rebuild at a time."""
    connect = psycopg.AsyncConnection.connect
    async with await connect(url, autocommit=True) as live, await connect(url, autocommit=True) as fresh:
        await fresh.execute("SELECT pg_advisory_lock(%s)", (REBUILD_LOCK,))
        for leftover in (NEXT, FORMER):
            await fresh.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(leftover)))
        async with fresh.transaction():
            await create_schema(fresh, NEXT, projections, indexed=False)
        await use_schema(fresh, NEXT)
        await fresh.execute("SET synchronous_commit = off")  # nothing trusts these tables before the switch
        yield live, fresh


async def rebuild(
    url: str,
    vault: Vault,
    projections: Sequence[Projection],
    accept: bool = False,
    progress: Progress = lambda done, total: None,
) -> Rebuilt:
    """Replays, compares at the live position, switches when equal (or accepted). Readers never wait."""
    async with _beside(url, projections) as (live, fresh):
        before: dict[str, str] = {}
        position = None
        if await schema_exists(live, LIVE):
            await use_schema(live, LIVE)
            position, before = await _live_digests(live, projections)
        collector.loaded()
        start = time.perf_counter()
        position = await replay(url, fresh, projections, vault, position, progress)
        await use_schema(live, NEXT)
        await create_indexes((live, fresh), projections)
        seconds = time.perf_counter() - start
        _, after = await digests(fresh, projections)
        compared = {
            name: Compared(before.get(name, ""), value, before.get(name) == value) for name, value in after.items()
        }
        result = Rebuilt(position, seconds, compared)
        if accept or all(pair.equal for pair in compared.values()):
            await _switch(fresh, projections, vault)
            result.switched = True
        else:
            await fresh.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(NEXT)))
        return result


async def _live_digests(live: Connection, projections: Sequence[Projection]) -> tuple[int, dict[str, str]]:
    """As `digests`, leaving out projections whose tables an older version of the program made otherwise."""
    try:
        return await digests(live, projections)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        await live.set_isolation_level(None)
        return await tracked(live), {}


async def replay(
    url: str,
    fresh: Connection,
    projections: Sequence[Projection],
    vault: Vault,
    upto: int | None,
    progress: Progress = lambda done, total: None,
) -> int:
    """Handles every event up to this position (the head when None) through a server-side binary cursor."""
    async with await psycopg.AsyncConnection.connect(url) as reader:
        head = await (await reader.execute("SELECT size FROM ledger.head")).fetchone()
        assert head is not None
        total = int(head[0]) if upto is None else upto
        done = 0
        async with reader.cursor(name="replay", binary=True) as cursor:
            await cursor.execute(
                "SELECT notification_id, state FROM ledger.stored_events WHERE notification_id <= %s ORDER BY 1",
                (total,),
            )
            known: Known = {}
            found, batch = await _read_on(cursor)
            while found:
                following = asyncio.create_task(_read_on(cursor))  # while the database writes these
                async with fresh.transaction():
                    await handle(fresh, projections, vault, done, found, known, batch)
                done += len(found)
                progress(done, total)
                found, batch = await following
    return total


async def _read_on(cursor: psycopg.AsyncServerCursor[Any]) -> tuple[list[tuple[int, bytes]], Batch]:
    found: list[tuple[int, bytes]] = await cursor.fetchmany(CHUNK)
    return found, read_batch(found)


async def _switch(fresh: Connection, projections: Sequence[Projection], vault: Vault) -> None:
    """Catches up, then swaps the schemas in one transaction; the runner waits for it on the tracking row."""
    while await advance(fresh, projections, vault):
        pass
    async with fresh.transaction():
        if await schema_exists(fresh, LIVE):
            await fresh.execute(sql.SQL("SELECT FROM {}.tracking FOR UPDATE").format(sql.Identifier(LIVE)))
            while await advance(fresh, projections, vault):
                pass
            await fresh.execute(
                sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(LIVE), sql.Identifier(FORMER))
            )
        await fresh.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(NEXT), sql.Identifier(LIVE)))
    await fresh.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(FORMER)))
    await use_schema(fresh, LIVE)
    for kind in (kind for projection in projections for kind in projection.ROWS):
        await fresh.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(kind.TABLE)))
