"""The live projections when something is wrong: they stop, say why, skip nothing, and go on once it is mended."""

from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from domain.ledger.ledger import Ledger
from projections.database import LIVE, use_schema
from projections.live import Live
from projections.runner import tracked
from projections.watcher import Watcher
from tests.conftest import Server
from tests.ledger.acts import Count
from tests.ledger.conftest import ORIGIN, VAULT
from tests.projections.totals import PROJECTIONS
from web.embedded import Urls


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    found = Ledger(database.app, ORIGIN, VAULT)
    await found.start()
    for number in range(1, 6):
        await found.execute(Count(f"essais/{number}"))
    yield found
    await found.stop()


@pytest.fixture
async def processes(database: Urls) -> AsyncIterator[tuple[Live, Live]]:
    found = Live(database.app, VAULT, PROJECTIONS), Live(database.app, VAULT, PROJECTIONS)
    await found[0].prepare()
    yield found
    for live in found:
        await live.close()


async def reached(database: Urls) -> int:
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as connection:
        await use_schema(connection, LIVE)
        return await tracked(connection)


def alter(server: Server, database: Urls, statement: str, *parameters: Any) -> None:
    """What only a superuser can do."""
    name = str(psycopg.conninfo.conninfo_to_dict(database.app)["dbname"])
    with psycopg.connect(server.url("postgres", name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode(), parameters)


@pytest.mark.parametrize("state", [b"{", b"\xff\xfe", b"[]", b'{"o":"x"}', b""])
async def test_bytes_that_are_no_entry_halt_everybody_and_hide_nothing_before(
    server: Server, database: Urls, ledger: Ledger, processes: tuple[Live, Live], state: bytes
) -> None:
    first, second = processes
    with psycopg.connect(database.app) as connection:
        row = connection.execute("SELECT state FROM ledger.stored_events WHERE notification_id = 4").fetchone()
        assert row is not None
    change = "UPDATE ledger.stored_events SET state = %s WHERE notification_id = 4"
    alter(server, database, change, state)
    await first.catch_up()
    await second.catch_up()
    assert "acte n° 4" in (first.halted or "") and "acte n° 4" in (second.halted or "")
    assert await reached(database) == 3
    alter(server, database, change, row[0])
    await first.catch_up()
    await second.catch_up()  # the first one leads
    assert first.halted is None and second.halted is None
    assert await reached(database) == 5


async def test_a_missing_event_is_a_gap(
    server: Server, database: Urls, ledger: Ledger, processes: tuple[Live, Live]
) -> None:
    alter(server, database, "DELETE FROM ledger.stored_events WHERE notification_id = 3")
    await processes[0].catch_up()
    assert "acte n° 3 : Gap" in (processes[0].halted or "")
    assert await reached(database) == 2


async def test_a_damaged_table_halts_without_quoting_it(
    server: Server, database: Urls, ledger: Ledger, processes: tuple[Live, Live]
) -> None:
    alter(server, database, "INSERT INTO projections.totals VALUES ('essais/2', 1, '[\"secret\"]')")
    alter(server, database, "ALTER TABLE projections.totals DROP CONSTRAINT totals_pkey, ADD CHECK (n < 1) NOT VALID")
    await processes[0].catch_up()
    assert processes[0].halted == "acte n° 1 : CheckViolation"


async def test_a_process_that_starts_late_knows_what_is_projected(
    database: Urls, ledger: Ledger, processes: tuple[Live, Live]
) -> None:
    await processes[0].catch_up()
    watcher = Watcher(database.app, processes[1].catch_up)
    await watcher.start()
    assert await watcher.wait_for(5, 1)
    await watcher.stop()
