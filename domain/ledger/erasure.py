"""Erasure: which erasable values a stream still holds, and how they go for good (TRACE §3).

A value goes with the data key that sealed it: without the key, nobody can read it in any copy of the database but
those of the keys themselves, whose backups are short-lived for that reason.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from domain.ledger.event import stream_id
from domain.ledger.vault import Vault, disclosed

HELD = """SELECT e.originator_version, e.notification_id, k.scope, d.digest, d.key_id, k.wrapped, d.sealed
    FROM ledger.stored_events e JOIN ledger.disclosures d ON d.position = e.notification_id
    JOIN keys.data_keys k USING (key_id)
    WHERE e.originator_id = %s ORDER BY e.originator_version, k.scope, d.digest"""

KEYS = """SELECT DISTINCT d.key_id
    FROM ledger.disclosures d JOIN ledger.stored_events e ON e.notification_id = d.position
    WHERE d.digest = ANY(%s) AND e.originator_id = %s"""

LEFT = """SELECT d.digest FROM ledger.disclosures d
    WHERE d.key_id = ANY(%s) AND NOT d.digest = ANY(%s)"""

UNFINISHED = """SELECT e.notification_id, e.state FROM ledger.stored_events e WHERE e.topic = %s AND NOT EXISTS (
    SELECT FROM ledger.stored_events x WHERE x.originator_id = e.originator_id AND x.topic = %s
    AND (convert_from(x.state, 'UTF8')::jsonb #>> '{d,demande}')::bigint = e.originator_version)
    ORDER BY e.notification_id"""

Connection = psycopg.AsyncConnection[Any]


class Held(msgspec.Struct, frozen=True):
    """A value that still exists: the event that holds it (version in its stream, position), scope, name, digest."""

    version: int
    position: int
    scope: str
    field: str
    digest: str


class SharedKey(Exception):
    """A key covers more than what was asked to go: the request does not name a whole scope."""


async def held(connection: Connection, vault: Vault, stream: str) -> list[Held]:
    """What this stream still holds: names of fields, no value."""
    found = await (await connection.execute(HELD, (stream_id(stream),))).fetchall()
    return [
        Held(version, position, scope, disclosed(vault.open(key_id, wrapped, digest, sealed))[0], digest)
        for version, position, scope, digest, key_id, wrapped, sealed in found
    ]


async def forget(connection: Connection, stream: str, digests: Collection[str]) -> int:
    """Destroys the keys and the sealed values of these digests of this stream; returns how many keys. Repeatable.

    Raises SharedKey, and destroys nothing, when a key also seals something that is not listed.
    """
    wanted = list(digests)
    rows = await (await connection.execute(KEYS, (wanted, stream_id(stream)))).fetchall()
    keys: list[UUID] = [key for (key,) in rows]
    if not keys:
        return 0
    if others := await (await connection.execute(LEFT, (keys, wanted))).fetchall():
        raise SharedKey(f"{len(others)} values under the same keys")
    await connection.execute("SELECT ledger.forget(%s)", (keys,))
    return len(keys)


async def unfinished(connection: Connection, requested: str, executed: str) -> list[tuple[int, bytes]]:
    """Positions and entries of the topic `requested` that no `demande` of the topic `executed` names, in order."""
    rows = await (await connection.execute(UNFINISHED, (requested, executed))).fetchall()
    return [(position, bytes(state)) for position, state in rows]
