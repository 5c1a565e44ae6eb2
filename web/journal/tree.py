"""The tree of the log for one reader: projected tiles, continued from the entries where they lag behind."""

from typing import Any, LiteralString

import psycopg

from domain.ledger.entry import leaf_hash
from projections.merkle import Reader, path_tiles
from projections.tiles import TileGrower, edge_tiles, tile_number

CHUNK = 2000

Connection = psycopg.Connection[tuple[Any, ...]]


class DamagedLog(Exception):
    """Tiles or entries do not make a tree of that size (French, for the operator)."""


def one(connection: Connection, query: LiteralString, parameters: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
    """First row of a query."""
    return connection.execute(query, parameters or None).fetchone()


def read_tree(connection: Connection, size: int, about: int) -> Reader:
    """Reader of the tiles that roots up to `size` and proofs about leaf `about` need.

    Only the entries that are not projected yet are hashed. The caller holds one snapshot. Raises DamagedLog.
    """
    start = min(_tracked(connection), size)
    edges, wanted = edge_tiles(start), path_tiles(about, size)
    found = _tiles(connection, wanted | {(edge.level, edge.index) for edge in edges if edge})
    rows = [found.get((e.level, e.index), b"")[: 32 * e.width] if e else b"" for e in edges]
    try:
        grower = TileGrower(start, rows)
    except ValueError as error:
        raise DamagedLog(f"les tuiles ne portent pas les {start} premiers actes ({error})") from error
    with connection.cursor(name="actes", binary=True) as cursor:
        cursor.execute(
            "SELECT state FROM ledger.stored_events WHERE notification_id > %s AND notification_id <= %s"
            " ORDER BY notification_id",
            (start, size),
        )
        while chunk := cursor.fetchmany(CHUNK):
            changed = grower.append(leaf_hash(state) for (state,) in chunk)
            found.update((place, hashes) for place, hashes in changed.items() if place in wanted)
    if grower.size != size:
        raise DamagedLog(f"{grower.size} actes sont lisibles sur {size}")
    return lambda level, index: found.get((level, index), b"")


def _tracked(connection: Connection) -> int:
    """Position that the projected tiles have reached; 0 before the first projection."""
    there = one(connection, "SELECT to_regclass('projections.tiles'), to_regclass('projections.tracking')")
    if there is None or None in there:
        return 0
    row = one(connection, "SELECT position FROM projections.tracking")
    return 0 if row is None else int(row[0])


def _tiles(connection: Connection, places: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    if not places or not _tracked(connection):
        return {}
    numbers = [tile_number(*place) for place in places]
    rows = connection.execute("SELECT number, hashes FROM projections.tiles WHERE number = ANY(%s)", (numbers,))
    return {(number >> 48, number & (1 << 48) - 1): bytes(hashes) for number, hashes in rows.fetchall()}
