"""Commands through the ledger: order, guards, idempotency, numbers, the tree."""

import asyncio
import hashlib
from typing import Any

import psycopg
import pytest

from domain.ledger import store
from domain.ledger.deciding import KeyReused
from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.ledger import Ledger, Unavailable
from domain.ledger.store import Once
from domain.ledger.streams import BrokenStream
from tests.ledger.acts import Count, Deposit, PlafondAtteint
from tests.ledger.conftest import ORIGIN, VAULT
from web.embedded import Urls

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


def once(key: bytes, content: bytes = b"same") -> Once:
    return Once(hashlib.sha256(key).digest(), hashlib.sha256(content).digest())


async def states(connection: Connection) -> list[bytes]:
    rows = await connection.execute("SELECT notification_id, state FROM ledger.stored_events ORDER BY 1")
    found = await rows.fetchall()
    assert [position for position, _ in found] == list(range(1, len(found) + 1)), "a hole"
    return [state for _, state in found]


def root(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, as written there."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


async def check_tree(connection: Connection) -> int:
    leaves = await states(connection)
    head = await (await connection.execute("SELECT size, root FROM ledger.head")).fetchone()
    assert head == (len(leaves), root(leaves))
    return len(leaves)


async def test_an_act_is_numbered_written_and_proved(ledger: Ledger, connection: Connection) -> None:
    first, second = await ledger.execute(Deposit("un")), await ledger.execute(Deposit("deux"))
    assert (first.reference, second.reference) == ("ESSAI-2026-0001", "ESSAI-2026-0002")
    assert (first.position, second.position, second.index) == (1, 2, 1)
    assert await check_tree(connection) == 2
    assert first.leaf_hash == leaf_hash((await states(connection))[0])
    assert await store.reveal(connection, VAULT, [1, 2]) == {1: {"texte": "un"}, 2: {"texte": "deux"}}


async def test_the_tree_grows_right_at_every_size(ledger: Ledger, connection: Connection) -> None:
    for size in [1] * 20 + [2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233]:
        await asyncio.gather(*(ledger.execute(Count(f"a/{size}/{i}")) for i in range(size)))
        await check_tree(connection)


async def test_a_thousand_commands_on_one_stream_are_all_answered(ledger: Ledger, connection: Connection) -> None:
    acts = await asyncio.gather(*(ledger.execute(Count("a/1")) for _ in range(1000)))
    assert sorted(act.position for act in acts) == list(range(1, 1001))
    assert [decode_entry(state).n for state in await states(connection)] == list(range(1, 1001))


async def test_the_rule_sees_what_its_own_batch_decided(ledger: Ledger, connection: Connection) -> None:
    answers = await asyncio.gather(
        *(ledger.execute(Count("a/1", ceiling=7)) for _ in range(50)), return_exceptions=True
    )
    assert sum(isinstance(answer, PlafondAtteint) for answer in answers) == 43
    assert await check_tree(connection) == 7


async def test_a_refused_act_writes_nothing_and_harms_no_other(ledger: Ledger, connection: Connection) -> None:
    answers = await asyncio.gather(
        ledger.execute(Deposit("x")),
        ledger.execute(Count("a/1", ceiling=0)),
        ledger.execute(Count("a/2", note="x" * 20_000)),
        ledger.execute(Deposit("y")),
        return_exceptions=True,
    )
    assert [type(answer).__name__ for answer in answers] == ["Act", "PlafondAtteint", "EntryTooLarge", "Act"]
    assert await check_tree(connection) == 2


async def test_a_replayed_form_gets_its_first_answer(ledger: Ledger, connection: Connection) -> None:
    both = await asyncio.gather(*(ledger.execute(Deposit("x"), once(b"k")) for _ in range(5)))
    again = await ledger.execute(Deposit("x"), once(b"k"))
    assert {act.reference for act in [*both, again]} == {"ESSAI-2026-0001"} and again.replayed
    assert await check_tree(connection) == 1


async def test_a_replay_is_answered_even_where_the_rule_would_now_refuse(ledger: Ledger) -> None:
    first = await ledger.execute(Count("a/1", ceiling=1), once(b"k"))
    again = await ledger.execute(Count("a/1", ceiling=1), once(b"k"))
    assert (again.position, again.replayed) == (first.position, True)


async def test_a_key_with_another_content_is_refused(ledger: Ledger, connection: Connection) -> None:
    await ledger.execute(Deposit("x"), once(b"k"))
    with pytest.raises(KeyReused):
        await ledger.execute(Deposit("y"), once(b"k", b"other"))
    assert await check_tree(connection) == 1


async def test_two_ledgers_write_at_once(database: Urls, ledger: Ledger, connection: Connection) -> None:
    other = Ledger(database.app, ORIGIN, VAULT)
    await other.start()
    both = [ledger, other]
    acts = await asyncio.gather(
        *(both[i % 2].execute(Count("a/1")) for i in range(200)),
        *(both[i % 2].execute(Deposit("x"), once(b"%d" % (i // 2))) for i in range(200)),
    )
    await other.stop()
    assert await check_tree(connection) == 300
    assert len({act.reference for act in acts[200:]}) == 100


async def test_a_guard_that_moved_is_read_again(database: Urls, ledger: Ledger, connection: Connection) -> None:
    other = Ledger(database.app, ORIGIN, VAULT)
    await other.start()
    await asyncio.gather(
        *(ledger.execute(Count(f"a/{i}", others=("b/1",))) for i in range(60)),
        *(other.execute(Count("b/1")) for _ in range(60)),
    )
    await other.stop()
    assert await check_tree(connection) == 120


async def test_the_database_refuses_to_alter_the_register(database: Urls, ledger: Ledger) -> None:
    await ledger.execute(Deposit("x"))
    for url in (database.app, database.migrations):
        for statement in (
            "UPDATE ledger.stored_events SET state = 'x'",
            "DELETE FROM ledger.stored_events",
            "TRUNCATE ledger.stored_events",
            "TRUNCATE ledger.checkpoints",
        ):
            with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    for statement in (
        "INSERT INTO ledger.stored_events SELECT * FROM ledger.stored_events",
        "UPDATE ledger.head SET size = 0",
        "DELETE FROM ledger.counters",
    ):
        with psycopg.connect(database.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


async def test_recording_time_never_goes_back_in_a_stream(database: Urls, ledger: Ledger) -> None:
    from datetime import UTC, datetime

    await ledger.execute(Count("a/1"))
    slow = Ledger(database.app, ORIGIN, VAULT, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    await slow.start()
    await slow.execute(Count("a/1"))
    await slow.stop()
    async with await psycopg.AsyncConnection.connect(database.app) as connection:
        first, second = (decode_entry(state).enregistre_le for state in await states(connection))
    assert first is not None and second is not None and second >= first > "2026"


async def test_too_many_commands_are_told_to_come_back(
    ledger: Ledger, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.ledger.ledger.MAX_WAITING", 100)
    answers = await asyncio.gather(*(ledger.execute(Count("a/1")) for _ in range(150)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert refused and all(isinstance(answer, Unavailable) for answer in refused)
    assert await check_tree(connection) == 150 - len(refused) >= 100


async def test_a_database_that_stays_away_is_not_waited_for_by_each_act(
    ledger: Ledger, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ledger.execute(Count("a/1"))
    writer = ledger._writer
    address, writer.url, writer.reconnect_seconds = writer.url, "postgresql://nobody@/none?host=/nowhere", 0.3
    assert writer._connection is not None
    await writer._connection.close()
    start = asyncio.get_running_loop().time()
    for _ in range(5):
        with pytest.raises(Unavailable):
            await ledger.execute(Count("a/1"))
    assert asyncio.get_running_loop().time() - start < 1.2
    writer.url = address
    await ledger.execute(Count("a/1"))
    assert await check_tree(connection) == 2


@pytest.mark.parametrize("missing", [(2,), (2, 3)])
async def test_nothing_is_written_into_a_hole(ledger: Ledger, database: Urls, missing: tuple[int, ...]) -> None:
    for _ in range(4):
        await ledger.execute(Count("a/1"))
    with psycopg.connect(database.migrations) as forger:
        forger.execute("ALTER TABLE ledger.stored_events DISABLE TRIGGER ALL")
        forger.execute("DELETE FROM ledger.stored_events WHERE originator_version = ANY(%s)", (list(missing),))
    with pytest.raises(BrokenStream, match="a/1: version"):
        await ledger.execute(Count("a/1"))
    await ledger.execute(Count("a/2"))  # the others go on
    with psycopg.connect(database.app) as reader:
        assert reader.execute("SELECT count(*) FROM ledger.stored_events").fetchone() == (5 - len(missing),)
