"""The projections' own schema: its tables, its tracking row, its reads and bulk writes."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from psycopg.rows import class_row
from psycopg.types.json import Jsonb, set_json_dumps, set_json_loads

from projections.rows import Key, Projection, Row, Rows

set_json_loads(msgspec.json.decode)
set_json_dumps(msgspec.json.encode)

LIVE = "projections"
Connection = psycopg.AsyncConnection[Any]


async def create_schema(connection: Connection, schema: str, projections: Sequence[Projection]) -> None:
    """A fresh schema with empty tables, tracked at position 0."""
    name = sql.Identifier(schema)
    await connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    await use_schema(connection, schema)
    await connection.execute("CREATE TABLE tracking (position bigint NOT NULL, fingerprint text NOT NULL)")
    await connection.execute("INSERT INTO tracking VALUES (0, %s)", (fingerprint(projections),))
    for projection in projections:
        await connection.execute(projection.script())


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
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(kind.TABLE), columns(kind))
    nested = _nested(kind)
    async with connection.cursor() as cursor, cursor.copy(copy) as writer:
        for row in rows:
            cells: Sequence[Any] = msgspec.structs.astuple(row)
            if nested:
                cells = [Jsonb(cell) if at in nested and cell is not None else cell for at, cell in enumerate(cells)]
            await writer.write_row(cells)


@cache
def _nested(kind: type[Row]) -> frozenset[int]:
    """Places of the columns that hold lists or dicts, and are `jsonb`."""
    hints = [str(field.type) for field in msgspec.structs.fields(kind)]
    return frozenset(at for at, hint in enumerate(hints) if re.search(r"\b(list|dict|tuple)\b", hint))
