"""What only a superuser can do to a register, its triggers put to sleep."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.event import stream_id
from tests.conftest import Server
from web.embedded import Urls

Connection = psycopg.Connection[tuple[Any, ...]]


def database_name(urls: Urls) -> str:
    return str(conninfo_to_dict(urls.app)["dbname"])


@contextmanager
def superuser(server: Server, urls: Urls) -> Iterator[Connection]:
    """A connection that no trigger and no privilege stops; committed at the end."""
    with psycopg.connect(server.url("postgres", database_name(urls))) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def entries(connection: Connection) -> list[bytes]:
    """Every entry, in order."""
    found = connection.execute("SELECT state FROM ledger.stored_events ORDER BY notification_id").fetchall()
    return [bytes(state) for (state,) in found]


def rewrite(connection: Connection, states: Sequence[bytes]) -> None:
    """Another register in place of this one, its tree right, its checkpoints gone: a forgery without a flaw in SQL."""
    connection.execute("DELETE FROM ledger.stored_events")
    connection.execute("DELETE FROM ledger.checkpoints")
    connection.execute("DROP SCHEMA projections CASCADE")
    for position, state in enumerate(states, start=1):
        entry = decode_entry(state)
        connection.execute(
            "INSERT INTO ledger.stored_events VALUES (%s, %s, %s, %s, %s, gen_random_uuid())",
            (stream_id(entry.s), entry.n, entry.e, state, position),
        )
    leaves = b"".join(map(leaf_hash, states))
    connection.execute(
        "UPDATE ledger.head h SET size = %s, frontier = g.grown, root = g.root"
        " FROM ledger.grow(0, decode(repeat('00', 32 * 40), 'hex'), %s) AS g",
        (len(states), leaves),
    )


def flipped(content: bytes, at: int, bit: int = 0) -> bytes:
    """The same with one bit changed."""
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
