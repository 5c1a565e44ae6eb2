"""What a process remembers of the streams that acts stand on never decides anything that is out of date."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from domain.ledger import store
from domain.ledger.ledger import Ledger
from domain.ledger.streams import MOST_EVENTS, MOST_STREAMS, Memory, Stream
from tests.ledger.acts import Count, PlafondAtteint
from tests.ledger.conftest import writing
from tests.ledger.test_ledger import Connection, check_tree, once
from web.embedded import Urls

STANDING = ("b/1",)


@pytest.fixture
async def other(database: Urls) -> AsyncIterator[Ledger]:
    """Another process on the same register."""
    async with writing(database) as found:
        yield found


async def test_what_is_remembered_is_not_read_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    await ledger.execute(Count("b/1"))
    await ledger.execute(Count("a/1", others=STANDING))
    asked: list[set[str]] = []
    read = store.read

    async def seen(connection: Connection, streams: set[str]) -> dict[str, list[tuple[int, bytes]]]:
        asked.append(set(streams))
        return await read(connection, streams)

    monkeypatch.setattr(store, "read", seen)
    await ledger.execute(Count("a/2", others=STANDING, floor=1))
    assert asked == [{"a/2"}]


async def test_a_refusal_is_told_on_a_fresh_read_only(ledger: Ledger, other: Ledger) -> None:
    await ledger.execute(Count("a/1", others=STANDING))
    await other.execute(Count("b/1"))  # the first process remembers an empty stream
    act = await ledger.execute(Count("a/2", others=STANDING, floor=1))
    assert act.position == 3
    with pytest.raises(PlafondAtteint):
        await ledger.execute(Count("a/3", others=STANDING, floor=2))


async def test_an_act_does_not_pass_because_of_what_is_remembered(
    ledger: Ledger, other: Ledger, connection: Connection
) -> None:
    await ledger.execute(Count("a/1", others=STANDING))
    await other.execute(Count("b/1"))
    with pytest.raises(PlafondAtteint):
        await ledger.execute(Count("a/2", others=STANDING, ceiling=1))
    assert await check_tree(connection) == 2


async def test_a_replayed_form_is_answered_though_its_refusal_was_doubted(ledger: Ledger, other: Ledger) -> None:
    form = Count("a/1", others=STANDING, ceiling=1)
    first = await ledger.execute(form, once(b"k"))
    await other.execute(Count("b/1"))
    again = await ledger.execute(form, once(b"k"))
    assert again.replayed and again.position == first.position


async def test_many_refusals_at_once_are_all_told(ledger: Ledger, other: Ledger) -> None:
    both = ("b/1", "b/2")
    await ledger.execute(Count("a/0", others=both))
    await other.execute(Count("b/2"))
    asked = (ledger.execute(Count(f"a/{n}", others=both[: n % 2 + 1], floor=2)) for n in range(1, 41))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(answer, PlafondAtteint) for answer in answers)


def test_the_memory_is_bounded() -> None:
    memory = Memory()
    memory.keep([Stream("long", [b""] * (MOST_EVENTS + 1))])
    for n in range(MOST_STREAMS + 1):
        memory.keep([Stream(f"s/{n}")])
        memory.recall(["s/0"])  # used again and again
    assert memory.recall(["long", "s/1"]) == {} and set(memory.recall(["s/0", "s/2"])) == {"s/0", "s/2"}


async def test_the_head_of_the_log_stays_on_its_page(ledger: Ledger, database: Urls) -> None:
    for n in range(60):
        await ledger.execute(Count(f"a/{n}"))
    with psycopg.connect(database.app) as connection:
        [(pages,)] = connection.execute("SELECT pg_relation_size('ledger.head') / 8192").fetchall()
    assert pages <= 2
