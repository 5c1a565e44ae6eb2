"""The site with the demonstration territory in it, for tests that only read: one for each module."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import httpx
import psycopg
import pytest

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.conftest import Server, _temporary
from tests.site import Site, running_site
from web.demonstration.loading import load
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"
SECRET = b"k" * 32
TODAY = date(2026, 11, 20)


async def fill(urls: Urls) -> int:
    """Loads the demonstration; returns how many acts it has."""
    ledger = Ledger(urls.app, ORIGIN, Vault(SECRET))
    await ledger.start()
    try:
        return await load(ledger, TODAY, SECRET)
    finally:
        await ledger.stop()


@pytest.fixture(scope="module")
def charge(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site; its measures are open."""
    directory: Path = tmp_path_factory.mktemp("charge")
    with _temporary(server, template) as (_, urls):
        with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop running in this one
            total = thread.submit(lambda: asyncio.run(fill(urls))).result()
        with running_site(urls, directory, REGISTRE_METRIQUES="1") as site:
            with psycopg.connect(urls.app) as connection:
                for _ in range(200):
                    [(position,)] = connection.execute("SELECT position FROM projections.tracking").fetchall()
                    connection.commit()
                    if position == total:
                        break
                    connection.execute("SELECT pg_sleep(0.05)")
            yield site


@pytest.fixture
def web(charge: Site) -> Iterator[httpx.Client]:
    """A client of that site, without cookies."""
    with httpx.Client(base_url=charge.url, timeout=20) as client:
        yield client
