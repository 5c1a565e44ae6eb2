"""A restored older database: the signer refuses and says so, nothing newer is published, the site goes on reading."""

import asyncio
from pathlib import Path

import httpx
import psycopg

from tests.conftest import Server, _temporary
from tests.faults.charge import file_directly
from tests.faults.served import Served, registre, served
from tests.faults.surgery import database_name
from web.embedded import Urls
from web.journal.signer import sign_now

PAGES = ("/", "/dossiers/GEPI-2026-0001", "/journal", "/journal/0", "/recherche?q=banc", "/recu/0")


async def test_the_signer_does_not_sign_a_restored_database(server: Server, base: Urls, directory: Path) -> None:
    assert sign_now(base.app, directory) is not None
    with _temporary(server, database_name(base)) as (_, older):  # the backup
        before = published(older)
        await file_directly(base, 8)
        assert sign_now(base.app, directory) is not None
        with served(older, directory, "serve") as site:
            await refused(site)
            await readable(site, before[-1][0])
        shorter = registre(older, directory, "checkpoint")
        await file_directly(older, 30, "autres")  # it outgrows what was signed, with other acts
        longer = registre(older, directory, "checkpoint")
        for done, why in ((shorter, "a raccourci"), (longer, "ne continue pas ce qui est signé")):
            assert (done.returncode, done.stdout) == (1, "")
            assert "SIGNATURE REFUSÉE" in done.stderr and why in done.stderr, done.stderr
        assert published(older) == before


def published(urls: Urls) -> list[tuple[int, str]]:
    """Every checkpoint of this database."""
    with psycopg.connect(urls.app) as connection:
        return connection.execute("SELECT size, note FROM ledger.checkpoints ORDER BY size").fetchall()


async def refused(site: Served) -> None:
    """The signer has said it, in French, and stays out."""
    async with asyncio.timeout(30):
        while "SIGNATURE REFUSÉE" not in site.log:  # noqa: ASYNC110 (another process writes it)
            await asyncio.sleep(0.05)
    assert "le journal a raccourci" in site.log and "Traceback" not in site.log


async def readable(site: Served, size: int) -> None:
    async with httpx.AsyncClient(base_url=site.url, timeout=20) as client:
        for path in PAGES:
            assert (await client.get(path)).status_code == 200, path
        note = (await client.get("/journal/checkpoint")).text
        assert note.split("\n")[1] == str(size)
