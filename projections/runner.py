"""The runner: events in, rows and tracking row in one transaction, exactly once, in order (ARCHITECTURE §4)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import psycopg

from domain.ledger import store
from domain.ledger.entry import recorded
from domain.ledger.event import Event, Recorded
from domain.ledger.vault import Vault
from projections.database import Connection, flush, load
from projections.rows import Batch, Key, Projection, Row, Rows

BATCH = 1000

Known = dict[type[Row], set[int]]

READ = "SELECT notification_id, state FROM ledger.stored_events WHERE notification_id > %s ORDER BY 1 LIMIT %s"


class Gap(Exception):
    """The events that were read do not follow the tracked position: the ledger or the tracking is damaged."""


async def tracked(connection: Connection) -> int:
    """Position that the projections of the current schema have reached."""
    row = await (await connection.execute("SELECT position FROM tracking")).fetchone()
    assert row is not None
    return int(row[0])


async def advance(connection: Connection, projections: Sequence[Projection], vault: Vault, limit: int = BATCH) -> int:
    """Handles the next events, at most `limit`, in one transaction. Returns how many.

    Raises Gap, and UnknownEvent for a topic of a newer program: the runner stops rather than skip.
    """
    async with connection.transaction():
        row = await (await connection.execute("SELECT position FROM tracking FOR UPDATE")).fetchone()
        assert row is not None
        position = int(row[0])
        cursor = connection.cursor(binary=True)
        found: list[tuple[int, bytes]] = await (await cursor.execute(READ, (position, limit))).fetchall()
        if not found:
            return 0
        await handle(connection, projections, vault, position, found)
    return len(found)


async def handle(
    connection: Connection,
    projections: Sequence[Projection],
    vault: Vault,
    position: int,
    found: list[tuple[int, bytes]],
    known: Known | None = None,
    batch: Batch | None = None,
) -> None:
    """Applies these entries, which must follow `position` without a hole, and moves the tracking row.

    `known` is for a schema that started empty: hashes of the keys that were ever written, so that the others need
    not be looked for. `batch` holds the entries, when they are read already.
    """
    if found[0][0] != position + 1 or found[-1][0] != position + len(found):
        raise Gap(f"after {position} came {found[0][0]}..{found[-1][0]} ({len(found)} events)")
    batch = batch or read_batch(found)
    facts = batch.facts
    rows, loaded = Rows(), wanted_rows(projections, batch)
    if known is not None:
        loaded = {kind: here for kind, keys in loaded.items() if (here := _written(known, kind, keys))}
    await load(connection, rows, loaded)
    values = await _values(connection, projections, vault, facts, rows)
    rows.reveal = lambda at: values.get(at, {})
    handling: dict[tuple[str, type[Event]], list[Callable[[Recorded, Rows], None]]] = {}
    for fact, sort, (_, state) in zip(facts, batch.sorts, found, strict=True):
        rows.entry = state
        if sort not in handling:
            handling[sort] = handling_of(projections, *sort)
        for handle_fact in handling[sort]:
            handle_fact(fact, rows)
    for projection in projections:
        if type(projection).apply_all is not Projection.apply_all:
            projection.apply_all(facts, [state for _, state in found], rows)
    await flush(connection, rows, loaded)
    if known is not None:
        for kind, changed in rows.dirty.items():
            known.setdefault(kind, set()).update(map(hash, changed))
    await connection.execute("UPDATE tracking SET position = %s", (found[-1][0],))
    await connection.execute("SELECT pg_notify('projected', %s)", (str(found[-1][0]),))


def read_batch(found: list[tuple[int, bytes]]) -> Batch:
    """The events of these entries. Raises UnknownEvent."""
    return Batch([recorded(at, state) for at, state in found])


def handling_of(
    projections: Sequence[Projection], flux: str, kind: type[Event]
) -> list[Callable[[Recorded, Rows], None]]:
    """What is called for an event of this kind in a stream of this family, in the order of the projections."""
    called: list[Callable[[Recorded, Rows], None]] = []
    for projection in projections:
        if projection.FLUX not in ("", flux):
            continue
        if type(projection).apply is not Projection.apply:
            called.append(projection.apply)
        else:
            called += [partial(handler, projection) for handler in projection.handlers.get(kind, ())]
    return called


def wanted_rows(projections: Sequence[Projection], batch: Batch) -> dict[type[Row], set[Key]]:
    """Keys of the rows that the handlers of these events may ask for."""
    wanted: dict[type[Row], set[Key]] = {}
    for projection in projections:
        for kind, key in projection.wanted(batch):
            wanted.setdefault(kind, set()).add(key)
    return wanted


def _written(known: Known, kind: type[Row], keys: set[Key]) -> set[Key]:
    there = known.get(kind, ())
    return {key for key in keys if hash(key) in there}


async def _values(
    connection: psycopg.AsyncConnection[Any],
    projections: Sequence[Projection],
    vault: Vault,
    facts: Sequence[Recorded],
    rows: Rows,
) -> dict[int, dict[str, Any]]:
    revealing = [projection for projection in projections if projection.REVEALS]
    if not revealing:
        return {}
    positions = {fact.position for fact in facts if fact.event.PERSONAL}
    for projection in revealing:
        for fact in facts:
            positions.update(projection.reveals(fact, rows))
    return await store.reveal(connection, vault, positions) if positions else {}
