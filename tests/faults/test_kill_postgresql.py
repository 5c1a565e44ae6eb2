"""SIGKILL of PostgreSQL under load: 503 and never 500 meanwhile, then everything recovers by itself."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.faults.charge import NOT_YET, Load, check_projections, check_register, reach
from tests.faults.conftest import fill
from tests.site import Site, running_site
from web import postgresql
from web.database import migrate
from web.embedded import EmbeddedServer
from web.services import POOL_SECONDS

PAGES = ("/", "/dossiers/GEPI-2026-0001", "/api/propositions", "/sante/pret", "/recherche?q=banc", "/journal")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A PostgreSQL of this test's own."""
    with EmbeddedServer(tmp_path / "serveur") as server:
        migrate(server.urls.migrations)
        yield server


@pytest.fixture
def signer(own: EmbeddedServer, directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The signer, as `registre serve` runs it."""
    command = [sys.executable, "-m", "web.journal.signer", own.urls.app]
    environment = os.environ | {"REGISTRE_DIR": str(directory)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        yield process
        process.terminate()


def kill(server: EmbeddedServer) -> None:
    pid = postgresql.postmaster(server.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


async def read(site: Site, seen: dict[str, Counter[int]], stop: asyncio.Event) -> None:
    """Reads pages all the time; a 503 says when to come back."""
    async with httpx.AsyncClient(base_url=site.url, timeout=30) as client:
        while not stop.is_set():
            for answer in await asyncio.gather(*map(client.get, PAGES)):
                seen.setdefault(answer.url.path, Counter())[answer.status_code] += 1
                if answer.status_code == 503:
                    assert answer.headers.get("retry-after"), answer.url
                    assert "Traceback" not in answer.text
            await asyncio.sleep(0.02)


async def test_what_was_answered_survives_the_database(
    own: EmbeddedServer, directory: Path, signer: subprocess.Popen[bytes]
) -> None:
    await fill(own.urls)
    seen: dict[str, Counter[int]] = {}
    with running_site(own.urls, directory) as site:
        stop = asyncio.Event()
        reading = asyncio.create_task(read(site, seen, stop))
        async with Load(site.url) as load:
            await load.grow(60)
            await asyncio.to_thread(kill, own)  # comes back within a second
            await load.grow(60)
            with own._deciding():  # holds the supervisor back, as a long recovery would
                await asyncio.to_thread(kill, own)
                await asyncio.sleep(POOL_SECONDS + 0.6)
            await load.grow(60)
        stop.set()
        await reading
        assert {status for found in seen.values() for status in found} == {200, 503}, seen
        assert set(load.statuses) <= {200, 201, 503}, load.statuses
        size = await check_register(own.urls, [load])
        await load.again()
        await check_projections(own.urls, size)
        await everything_goes_on(own, site, size)
    assert signer.poll() is None


async def everything_goes_on(own: EmbeddedServer, site: Site, size: int) -> None:
    """The watcher tells the pages, the notifier reaches the head, the signer signs it."""
    async with Load(site.url, clients=1, mark="apres") as load:
        await load.grow(1)
    position = max(answer["position"] for answer in load.answers.values())
    reference = next(answer["reference"] for answer in load.answers.values() if answer["position"] == position)
    async with httpx.AsyncClient(base_url=site.url, timeout=10) as client:
        page = await client.get(f"/dossiers/{reference}?vu={position}")
        assert page.status_code == 200 and NOT_YET not in page.text
        ready = await client.get("/sante/pret")
        assert ready.status_code == 200 and ready.json()["arret"] is None
    async with await psycopg.AsyncConnection.connect(own.urls.app, autocommit=True) as connection:
        await reach(connection, "SELECT position FROM web.notifier", size)
        await reach(connection, "SELECT max(size) FROM ledger.checkpoints", size)
