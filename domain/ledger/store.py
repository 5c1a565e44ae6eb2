"""The store: PostgreSQL behind the ledger. One call of `ledger.append` writes a whole batch or nothing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
from psycopg.rows import tuple_row

from domain.ledger.arrays import Array, bigints, blobs, ints, texts, uuids
from domain.ledger.entry import encode_entry, leaf_hash
from domain.ledger.event import Event, stream_key
from domain.ledger.vault import Vault, disclosed

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

# The arguments of `ledger.append`, by group; a group that is empty is not sent (its arrays cost more than they say).
EVENTS = "%b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::uuid[], %b::uuid[], %b::bigint[]"
SERIES = ", series_names => %b::text[], series_from => %b::bigint[], series_to => %b::bigint[]"
ONCE = """, once_keys => %b::bytea[], once_fingerprints => %b::bytea[],
    once_first => %b::int[], once_last => %b::int[]"""
PERSONAL = """, key_ids => %b::uuid[], key_events => %b::int[], key_scopes => %b::text[], key_wrapped => %b::bytea[],
    digests => %b::text[], digest_events => %b::int[], digest_keys => %b::uuid[], digest_sealed => %b::bytea[]"""

READ = """SELECT uuid_send(originator_id), notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%b) ORDER BY originator_id, originator_version"""

REVEAL = """SELECT d.position, d.key_id, (SELECT k.wrapped FROM keys.data_keys k WHERE k.key_id = d.key_id),
    d.digest, d.sealed FROM ledger.disclosures d WHERE d.position = ANY(%b)"""


class Moved(Exception):
    """Something that a decision stands on has moved since it was read: read again, decide again."""


class Once(msgspec.Struct, frozen=True):
    """An idempotency key, as kept: digests of the key (32 bytes) and of what came with it (32 bytes)."""

    key: bytes
    fingerprint: bytes


class Batch:
    """The arrays of one call of `ledger.append`, built in order."""

    def __init__(self, origin: str, vault: Vault, recorded_at: str) -> None:
        self.origin, self.vault, self.recorded_at = origin, vault, recorded_at
        self.streams: list[bytes] = []
        self.versions: list[int] = []
        self.topics: list[str] = []
        self.states: list[bytes] = []
        self._bytes = 0
        self._seed = uuid4().bytes[:12]
        self.event_ids: list[bytes] = []
        self.guards: dict[bytes, int] = {}
        self.series: dict[str, tuple[int, int]] = {}
        self.once: list[tuple[Once, int, int]] = []
        self.keys: list[tuple[bytes, int, str, bytes]] = []
        self.fields: list[tuple[str, int, bytes, bytes]] = []

    @property
    def size(self) -> int:
        """Bytes of the entries so far."""
        return self._bytes

    def mark(self) -> tuple[int, int, int]:
        """Where the batch stands, for `rewind`."""
        return len(self.states), len(self.keys), len(self.fields)

    def rewind(self, mark: tuple[int, int, int]) -> None:
        """Takes back what was added since the mark."""
        states, keys, fields = mark
        for column in (self.streams, self.versions, self.topics, self.states, self.event_ids):
            del column[states:]
        del self.keys[keys:], self.fields[fields:]
        self._bytes = sum(map(len, self.states))

    def add(self, event: Event, stream: str, version: int, recorded_at: str) -> bytes:
        """One more leaf. Returns its hash. Raises EntryTooLarge before anything is added."""
        keys, fields = self.vault.seal(event) if event.PERSONAL else ((), ())
        digests = [field.digest for field in fields]
        state = encode_entry(event, self.origin, stream, version, recorded_at, digests)
        self.streams.append(stream_key(stream))
        self.versions.append(version)
        self.topics.append(event.TOPIC)
        self.states.append(state)
        self._bytes += len(state)
        ordinal = len(self.states)
        self.event_ids.append(self._seed + ordinal.to_bytes(4, "big"))
        self.keys += [(key.key_id.bytes, ordinal, key.scope, key.wrapped) for key in keys]
        self.fields += [(field.digest, ordinal, field.key_id.bytes, field.sealed) for field in fields]
        return leaf_hash(state)

    def call(self) -> tuple[str, list[Array]]:
        """The call of `ledger.append` that writes this batch, and its arguments."""
        query = "SELECT ledger.append(" + EVENTS
        arguments = [uuids(self.streams), bigints(self.versions), texts(self.topics), blobs(self.states)]
        arguments += uuids(self.event_ids), uuids(list(self.guards)), bigints(list(self.guards.values()))
        if self.series:
            query += SERIES
            since, upto = zip(*self.series.values(), strict=True)
            arguments += texts(list(self.series)), bigints(since), bigints(upto)
        if self.once:
            query += ONCE
            once, first, last = zip(*self.once, strict=True)
            arguments += blobs([one.key for one in once]), blobs([one.fingerprint for one in once])
            arguments += ints(first), ints(last)
        if self.keys:
            query += PERSONAL
            ids, events, scopes, wrapped = zip(*self.keys, strict=True)
            arguments += uuids(ids), ints(events), texts(scopes), blobs(wrapped)
            digests, events, keys, sealed = zip(*self.fields, strict=True)
            arguments += texts(digests), ints(events), uuids(keys), blobs(sealed)
        return query + ")", arguments


async def append(connection: Connection, batch: Batch) -> int:
    """Writes the batch in one transaction; returns the size of the log before it. Raises Moved."""
    try:
        query, arguments = batch.call()
        cursor = await connection.execute(query.encode(), arguments)
    except psycopg.Error as error:
        if error.sqlstate == "RG409":
            raise Moved(str(error)) from error
        raise
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def hold(connection: Connection) -> None:
    """Locks the head until the end of the transaction: nothing that is read after can move."""
    await connection.execute("SELECT ledger.hold()")


async def read(connection: Connection, streams: Iterable[str]) -> dict[str, list[tuple[int, bytes]]]:
    """Position and entry of every event of these streams, in order."""
    names = {stream_key(stream): stream for stream in streams}
    found: dict[str, list[tuple[int, bytes]]] = {stream: [] for stream in names.values()}
    if not found:
        return found
    cursor = connection.cursor(binary=True, row_factory=tuple_row)
    for originator, position, state in await (await cursor.execute(READ, (uuids(list(names)),))).fetchall():
        found[names[originator]].append((position, state))
    return found


async def counters(connection: Connection, series: Iterable[str]) -> dict[str, int]:
    """Last number given in each series, 0 when none."""
    wanted = list(series)
    rows = await connection.execute("SELECT series, n FROM ledger.counters WHERE series = ANY(%s)", (wanted,))
    return dict.fromkeys(wanted, 0) | dict(await rows.fetchall())


async def seen(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, tuple[bytes, int, int]]:
    """Fingerprint and first and last positions of the idempotency keys that were used."""
    rows = await connection.execute(
        "SELECT key, fingerprint, first, last FROM ledger.idempotency WHERE key = ANY(%b)", (list(keys),)
    )
    return {key: (fingerprint, first, last) for key, fingerprint, first, last in await rows.fetchall()}


async def entries_at(connection: Connection, positions: Iterable[int]) -> dict[int, bytes]:
    """Entries at these positions."""
    rows = await connection.execute(
        "SELECT notification_id, state FROM ledger.stored_events WHERE notification_id = ANY(%b)",
        (list(positions),),
    )
    return dict(await rows.fetchall())


async def written(connection: Connection, batch: Batch) -> int | None:
    """Size of the log before the batch when it was committed after all (a lost answer), else None."""
    rows = await connection.execute(
        "SELECT notification_id, event_id FROM ledger.stored_events"
        " WHERE originator_id = %s AND originator_version = %s",
        (UUID(bytes=batch.streams[0]), batch.versions[0]),
    )
    row = await rows.fetchone()
    return row[0] - 1 if row is not None and row[1].bytes == batch.event_ids[0] else None


async def reveal(connection: Connection, vault: Vault, positions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Erasable values that still exist, by position then by field name."""
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = await connection.execute(REVEAL, (list(positions),))
    for position, key_id, wrapped, digest, sealed in await rows.fetchall():
        if wrapped is None:  # its key is gone: an older register restored beside newer keys
            continue
        name, value = disclosed(vault.open(key_id, wrapped, digest, sealed))
        values[position][name] = value
    return values
