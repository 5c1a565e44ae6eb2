"""The memory of a server's processes does not follow the size of its register."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.faults.charge import Load, file_directly, reach
from tests.faults.served import Served, served
from web.embedded import Urls

PAGES = ("/", "/journal", "/recherche?q=banc", "/instances/gepi", "/api/propositions", "/opendata", "/bureau")
ALLOWED = 60 * 1024  # kB


@pytest.fixture
def serving(base: Urls, directory: Path) -> Iterator[Served]:
    with served(base, directory, "serve") as found:
        yield found


def resident(site: Served) -> dict[int, int]:
    """Resident memory of each process of the server, in kB."""
    found = {pid: Path(f"/proc/{pid}/status").read_text() for pid in site.family()}
    return {pid: int(size[1]) for pid, text in found.items() if (size := re.search(r"VmRSS:\s+(\d+) kB", text))}


async def use(site: Served, urls: Urls, acts: int, mark: str) -> None:
    """Files so many acts, a part of them over HTTP; reads; waits for the projections."""
    async with Load(site.url, mark=f"{mark}-http") as load:
        await load.grow(250)
    position = await file_directly(urls, acts, mark)
    async with await psycopg.AsyncConnection.connect(urls.app, autocommit=True) as connection:
        await reach(connection, "SELECT position FROM projections.tracking", position, 60)
    async with httpx.AsyncClient(base_url=site.url, timeout=60) as client:
        for _ in range(5):
            for page in PAGES:
                assert (await client.get(page)).status_code in (200, 303), page


async def test_twenty_thousand_acts_later(serving: Served, base: Urls) -> None:
    await use(serving, base, 1_500, "avant")
    before = resident(serving)
    await use(serving, base, 20_000, "apres")
    grown = {pid: size - before[pid] for pid, size in resident(serving).items()}
    assert len(grown) == len(before) >= 3
    assert max(grown.values()) < ALLOWED, f"{grown} kB more than {before} kB"
