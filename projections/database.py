"""The projections' own schema: its tables, its tracking row, its reads and bulk writes."""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from psycopg.rows import class_row
from psycopg.types.json import set_json_dumps, set_json_loads

from projections.rows import Key, Projection, Row, Rows

set_json_loads(msgspec.json.decode)
set_json_dumps(msgspec.json.encode)

LIVE = "projections"
_INDEX = re.compile(rb"^CREATE (?:UNIQUE )?INDEX [^;]*;", re.MULTILINE)
Connection = psycopg.AsyncConnection[Any]


async def create_schema(
    connection: Connection, schema: str, projections: Sequence[Projection], indexed: bool = True
) -> None:
    """A fresh schema with empty tables, tracked at position 0. Not `indexed`: see `create_indexes`."""
    name = sql.Identifier(schema)
    await connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    await use_schema(connection, schema)
    await connection.execute("CREATE TABLE tracking (position bigint NOT NULL, fingerprint text NOT NULL)")
    await connection.execute("INSERT INTO tracking VALUES (0, %s)", (fingerprint(projections),))
    for projection in projections:
        await connection.execute(projection.script() if indexed else _INDEX.sub(b"", projection.script()))


async def create_indexes(connections: Sequence[Connection], projections: Sequence[Projection]) -> None:
    """The secondary indexes of the tables, once filled: built at once, they cost half of what row by row would.

    Each connection, on the schema of the tables, builds its share.
    """
    statements = _INDEX.findall(b"\n".join(projection.script() for projection in projections))
    shares = (b"\n".join(statements[place :: len(connections)]) for place in range(len(connections)))
    await asyncio.gather(*(one.execute(share) for one, share in zip(connections, shares, strict=True)))


def fingerprint(projections: Sequence[Projection]) -> str:
    """What the tables look like: changes when a table does, so that another version's tables are not trusted."""
    return hashlib.sha256(b"\0".join(p.script() for p in projections)).hexdigest()


async def use_schema(connection: Connection, schema: str) -> None:
    """Unqualified names mean this schema, for the rest of the session."""
    await connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))


async def schema_exists(connection: Connection, schema: str) -> bool:
    """Whether there is such a schema."""
    found = await connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", (schema,))
    return await found.fetchone() is not None


async def load(connection: Connection, rows: Rows, wanted: dict[type[Row], set[Key]]) -> None:
    """Loads these rows as they stand."""
    for kind, keys in wanted.items():
        async with connection.cursor(row_factory=class_row(kind), binary=True) as cursor:
            await cursor.execute(_select(kind), (list(keys),))
            rows.load(await cursor.fetchall())


def columns(kind: type[Row]) -> sql.Composed:
    """The columns of a row, in the order of its fields."""
    return sql.SQL(", ").join(map(sql.Identifier, kind.__struct_fields__))


_selects: dict[type[Row], sql.Composed] = {}


def _select(kind: type[Row]) -> sql.Composed:
    if kind not in _selects:
        _selects[kind] = sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s)").format(
            columns(kind), sql.Identifier(kind.TABLE), sql.Identifier(kind.KEY)
        )
    return _selects[kind]


async def flush(connection: Connection, rows: Rows, loaded: dict[type[Row], set[Key]]) -> None:
    """Writes what the handlers changed: the former rows out, the new ones in by COPY."""
    for kind, changed in rows.dirty.items():
        table, key = sql.Identifier(kind.TABLE), sql.Identifier(kind.KEY)
        stale = [k for k in changed if k in loaded.get(kind, ())]
        if stale:
            await connection.execute(sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(table, key), (stale,))
        fresh = [row for row in changed.values() if row is not None]
        if fresh:
            await _copy(connection, kind, fresh)


async def _copy(connection: Connection, kind: type[Row], rows: Iterable[Row]) -> None:
    if kind not in _copies:
        _copies[kind] = await _copying(connection, kind)
    statement, types = _copies[kind]
    async with connection.cursor() as cursor, cursor.copy(statement) as writer:
        writer.set_types(types)
        for row in rows:
            await writer.write_row(msgspec.structs.astuple(row))


TYPES = "SELECT attname, typname FROM pg_attribute JOIN pg_type t ON t.oid = atttypid WHERE attrelid = %s::regclass"
# Types that have one binary form, which costs the server half of what reading text does.
BINARY = frozenset(("bool", "bytea", "date", "float8", "int4", "int8", "jsonb", "text", "timestamptz", "uuid"))
_copies: dict[type[Row], tuple[sql.Composed, list[str]]] = {}


async def _copying(connection: Connection, kind: type[Row]) -> tuple[sql.Composed, list[str]]:
    """The statement that fills the table of these rows, and the types of its columns."""
    found = await connection.execute(TYPES, (kind.TABLE,))
    named: dict[str, str] = dict(await found.fetchall())
    types = [named[name] for name in kind.__struct_fields__]
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(kind.TABLE), columns(kind))
    if BINARY.issuperset(types):
        return copy + sql.SQL(" (FORMAT binary)"), types
    return copy, [name if name in BINARY else "text" for name in types]
