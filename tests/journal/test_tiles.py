"""Tiles grown step by step are the tiles of the whole tree, and those of the live projection."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.entry import leaf_hash
from domain.ledger.event import Event, Recorded
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from projections.database import create_schema, use_schema
from projections.rows import Batch, Rows
from projections.runner import advance
from projections.tiles import TileGrower, TileRow, Tiles, edge_tiles, tile_number
from tests.journal.trees import leaves, naive_root, naive_tiles
from tests.ledger.acts import Count
from web.embedded import Urls

VAULT = Vault(b"k" * 32)
BIG = 65_537


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=8))
def test_growing_by_any_steps_gives_the_same_tiles(steps: list[int]) -> None:
    all_leaves, grower = leaves(sum(steps)), TileGrower()
    tiles: dict[tuple[int, int], bytes] = {}
    for step in steps:
        tiles |= grower.append(all_leaves[grower.size : grower.size + step])
    assert grower.size == len(all_leaves)
    assert tiles == naive_tiles(all_leaves)
    assert grower.root() == naive_root(all_leaves)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536])
def test_growth_goes_on_from_the_edges(size: int) -> None:
    all_leaves = leaves(BIG)
    tiles = naive_tiles(all_leaves[:size])
    edges = [tiles[edge.level, edge.index] if edge else b"" for edge in edge_tiles(size)]
    grower = TileGrower(size, edges)
    assert grower.root() == naive_root(all_leaves[:size])
    changed = grower.append(all_leaves[size:])
    assert tiles | changed == naive_tiles(all_leaves)
    assert grower.root() == naive_root(all_leaves)


def test_only_changed_tiles_are_given() -> None:
    grower = TileGrower()
    grower.append(leaves(256 + 3))
    assert set(grower.append(leaves(1))) == {(0, 1)}
    assert set(grower.append(leaves(252))) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(("size", "edges"), [(5, []), (5, [b"x" * 32]), (256, [b""]), (0, [b"x" * 32])])
def test_edges_that_do_not_fit_are_refused(size: int, edges: list[bytes]) -> None:
    with pytest.raises(ValueError, match="leaves"):
        TileGrower(size, edges)


def projected(entries: list[bytes], batch: int) -> dict[int, bytes]:
    """Rows of the projection after these entries, in batches, by the framework's own order of calls."""
    projection, kept = Tiles(), Rows()
    for start in range(0, len(entries), batch):
        states = entries[start : start + batch]
        facts = [Recorded(start + n, "s/1", start + n, None, Event()) for n in range(1, len(states) + 1)]
        rows = Rows()
        found = [kept.get(TileRow, key) for _, key in projection.wanted(Batch(facts))]
        rows.load(row for row in found if row is not None)
        projection.apply_all(facts, states, rows)
        for row in rows.all(TileRow):
            kept.put(row)
    return {row.number: row.hashes for row in kept.all(TileRow)}


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, BIG])
def test_the_projection_holds_the_tiles(size: int) -> None:
    entries = [b"%d" % number for number in range(size)]
    expected = naive_tiles([leaf_hash(entry) for entry in entries])
    assert projected(entries, 1 if size < 1000 else 977) == {
        tile_number(*place): hashes for place, hashes in expected.items()
    }


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    found = Ledger(database.app, "essai.registre.example/2026", VAULT)
    await found.start()
    yield found
    await found.stop()


async def test_the_live_tiles_lead_to_the_root_of_the_database(ledger: Ledger, database: Urls) -> None:
    projections = (Tiles(),)
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as connection:
        await create_schema(connection, "essai", projections)
        for size in (3, 253, 1, 300):
            await asyncio.gather(*(ledger.execute(Count(f"a/{stream}")) for stream in range(size)))
            await use_schema(connection, "essai")
            while await advance(connection, projections, VAULT, limit=97):
                pass
            head = await (await connection.execute("SELECT size, root FROM ledger.head")).fetchone()
            assert head is not None
            cursor = await connection.execute("SELECT number, hashes FROM tiles")
            rows: dict[int, bytes] = dict(await cursor.fetchall())
            edges = [rows[tile_number(e.level, e.index)] if e else b"" for e in edge_tiles(head[0])]
            assert TileGrower(head[0], edges).root() == head[1]
