"""Secrecy, tried: two hundred votes and a count, read by somebody who holds the whole database."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.conftest import Server
from tests.faults.linking import links, read
from tests.faults.surgery import superuser
from tests.urne.monde import REF, BureauDeVote, bureau_de_vote
from web.embedded import Urls
from web.urne import erasing
from web.urne.reading import relever

VOTERS = 200
CHOICES = (("p1",), ("p1", "p2"), ("p4", "p5"), (), ("p2", "p3", "p4"))


async def everything(bureau: BureauDeVote) -> None:
    """They vote, the urn is read meanwhile, everything is opened and counted."""
    choices: Iterator[tuple[str, ...]] = cycle(CHOICES)
    for rank in range(VOTERS):
        assert await bureau.voter(rank, next(choices)) == "accepte"
        if rank == 120:
            assert await relever(bureau.services, REF) == 1
    await bureau.clore()
    await bureau.ouvrir_couche("metropole")
    await bureau.ouvrir_couche("bureau")
    act = await bureau.depouiller()
    assert await bureau.services.watcher.wait_for(act.position, 20)


async def test_no_join_links_a_slip_to_a_choice(server: Server, database: Urls, tmp_path: Path) -> None:
    async with bureau_de_vote(database, tmp_path, n=VOTERS + 20) as bureau:
        await everything(bureau)
        with superuser(server, database) as connection:
            rows = read(connection, bureau.voix)
            assert {row.table for row in rows if row.came} >= {"urne.bulletins", "urne.billets", "ledger.stored_events"}
            assert {voter for row in rows for voter in row.chose} == set(range(VOTERS)), "the list is published"
            assert links(rows, VOTERS) == []
            whole = "\n".join(row.text for row in rows)
            assert not any(code in whole or code.encode().hex() in whole for code in bureau.codes)
            leaks(connection, bureau)
        await bureau.proclamer()
        await erasing.effacer(bureau.services, bureau.bureau, REF)
        await erasing.detruire_cles(bureau.services, bureau.bureau, REF)
        with superuser(server, database) as connection:
            connection.execute("DROP SCHEMA fuite CASCADE")
            rows = read(connection, bureau.voix)
            assert {row.table for row in rows if row.came} == {"ledger.stored_events"}, "digests of sealed ballots only"
            assert links(rows, VOTERS) == []


def leaks(connection: object, bureau: BureauDeVote) -> None:
    """The check itself finds what it looks for: a table in the order of the votes, numbers without any slip."""
    import psycopg

    assert isinstance(connection, psycopg.Connection)
    connection.execute("CREATE SCHEMA fuite")
    connection.execute("CREATE TABLE fuite.choix (numero text)")
    for voix in bureau.voix:
        connection.execute("INSERT INTO fuite.choix VALUES (%s)", (voix.numero,))
    found = links(read(connection, bureau.voix), VOTERS)
    # Any of its orders: where a row lies on the disk is PostgreSQL's to choose.
    assert any(link.startswith("urne.bulletins") and " and fuite.choix by " in link for link in found), found


@pytest.mark.parametrize("table", ["billets", "bulletins"])
async def test_an_urn_has_no_clock_no_address_no_number(database: Urls, tmp_path: Path, table: str) -> None:
    async with bureau_de_vote(database, tmp_path, n=3) as bureau:
        columns = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'urne'"
        rows = await bureau.services.fetch(columns + " AND table_name = %s", (table,))
        assert {kind for _, kind in rows} <= {"text", "bytea", "integer"}
        assert {name for name, _ in rows} <= {"reference", "billet", "etat", "scelle", "lot"}
