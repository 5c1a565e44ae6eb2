"""Exactly once, in order, through losses; rebuilt beside and equal."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from domain.ledger.event import TOPICS
from domain.ledger.ledger import Ledger
from projections.database import LIVE, create_schema, use_schema
from projections.live import Live
from projections.rebuild import digests, rebuild
from projections.runner import Gap, advance, tracked
from projections.watcher import Watcher
from tests.ledger.acts import Count, Deposit
from tests.ledger.conftest import VAULT, writing
from tests.projections.totals import PROJECTIONS
from web.embedded import Urls

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    async with writing(database) as found:
        yield found


@pytest.fixture
async def live(database: Urls) -> AsyncIterator[Live]:
    found = Live(database.app, VAULT, PROJECTIONS)
    await found.prepare()
    yield found
    await found.close()


@pytest.fixture
async def reading(database: Urls, live: Live) -> AsyncIterator[Connection]:
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as found:
        await use_schema(found, LIVE)
        yield found


async def write(ledger: Ledger, acts: int) -> None:
    await asyncio.gather(
        *(ledger.execute(Count(f"essais/{i % 7}", note=str(i))) for i in range(acts)),
        *(ledger.execute(Deposit(f"texte {i}")) for i in range(acts)),
    )


async def test_rows_follow_the_events(ledger: Ledger, live: Live, reading: Connection) -> None:
    await write(ledger, 30)
    await live.catch_up()
    rows = await (await reading.execute("SELECT stream, n FROM totals ORDER BY 1")).fetchall()
    assert rows == [(f"essais/{i}", 5 if i < 2 else 4) for i in range(7)]
    texts = await (await reading.execute("SELECT count(*), min(texte) FROM texts")).fetchone()
    assert texts is not None and 20 <= texts[0] <= 30 and texts[1].startswith("texte")
    assert await tracked(reading) == live.position == 60


async def test_two_runners_handle_each_event_once(
    database: Urls, ledger: Ledger, live: Live, reading: Connection
) -> None:
    await write(ledger, 40)
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as other:
        await use_schema(other, LIVE)
        await asyncio.gather(
            *(advance(c, PROJECTIONS, VAULT, limit=3) for c in (reading, other)),
        )
        while await advance(other, PROJECTIONS, VAULT, limit=7) + await advance(reading, PROJECTIONS, VAULT, limit=5):
            pass
    total = await (await reading.execute("SELECT sum(n) FROM totals")).fetchone()
    assert total == (40,) and await tracked(reading) == 80


async def test_a_rebuild_is_equal_and_switches_while_acts_arrive(
    database: Urls, ledger: Ledger, live: Live, reading: Connection
) -> None:
    await write(ledger, 100)
    await live.catch_up()
    arriving = asyncio.create_task(write(ledger, 200))
    running = asyncio.create_task(live.catch_up())
    done = await rebuild(database.app, VAULT, PROJECTIONS)
    await asyncio.gather(arriving, running)
    assert done.switched and all(pair.equal for pair in done.projections.values()) and done.events >= 200
    await live.catch_up()
    await live.catch_up()
    position, _ = await digests(reading, PROJECTIONS)
    assert position == 600
    again = await rebuild(database.app, VAULT, PROJECTIONS)
    assert again.switched and again.events == 600


async def test_an_altered_projection_is_found_and_not_switched(
    database: Urls, ledger: Ledger, live: Live, reading: Connection
) -> None:
    await write(ledger, 10)
    await live.catch_up()
    await reading.execute("UPDATE totals SET n = n + 1 WHERE stream = 'essais/3'")
    done = await rebuild(database.app, VAULT, PROJECTIONS)
    assert not done.switched
    assert {name: pair.equal for name, pair in done.projections.items()} == {"totals": False, "texts": True}
    accepted = await rebuild(database.app, VAULT, PROJECTIONS, accept=True)
    assert accepted.switched
    assert (await rebuild(database.app, VAULT, PROJECTIONS)).switched


async def test_an_unknown_event_stops_the_runner_and_nothing_is_skipped(
    ledger: Ledger, live: Live, reading: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ledger.execute(Count("essais/1"))
    await ledger.execute(Deposit("x"))
    from domain.ledger import event

    kind = TOPICS.pop("essai/Deposited/1")
    event._decoders.pop("essai/Deposited/1", None)
    try:
        await live.catch_up()
        assert live.halted is not None and "acte n° 2" in live.halted and "essai/Deposited/1" in live.halted
        assert await tracked(reading) == 1
    finally:
        TOPICS["essai/Deposited/1"] = kind
    await live.catch_up()
    assert live.halted is None and await tracked(reading) == 2


async def test_a_hole_is_not_passed_over(database: Urls, ledger: Ledger, live: Live, reading: Connection) -> None:
    await ledger.execute(Count("essais/1"))
    await live.catch_up()
    await ledger.execute(Count("essais/1"))
    await reading.execute("UPDATE tracking SET position = 0")
    await reading.execute("CREATE SCHEMA other")
    await reading.execute("UPDATE tracking SET position = -1")
    with pytest.raises(Gap):
        await advance(reading, PROJECTIONS, VAULT)


async def test_the_watcher_lets_people_read_what_they_wrote(database: Urls, ledger: Ledger, live: Live) -> None:
    watcher = Watcher(database.app, live.catch_up)
    await watcher.start()
    act = await ledger.execute(Count("essais/1"))
    assert await watcher.wait_for(act.position, 5)
    assert not await watcher.wait_for(act.position + 1, 0.1)
    await watcher.stop()


async def test_projections_of_another_version_are_rebuilt_at_start(
    database: Urls, ledger: Ledger, live: Live, reading: Connection
) -> None:
    await write(ledger, 5)
    await live.catch_up()
    await reading.execute("UPDATE tracking SET fingerprint = 'older'")
    newer = Live(database.app, VAULT, PROJECTIONS)
    await newer.prepare()
    assert await tracked(reading) == 10
    await newer.close()


async def test_a_fresh_schema_starts_at_zero(database: Urls) -> None:
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as connection:
        await create_schema(connection, "elsewhere", PROJECTIONS)
        assert await tracked(connection) == 0
