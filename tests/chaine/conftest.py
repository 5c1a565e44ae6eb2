"""The site in this process: empty, for the small worlds of each test; with the real act, loaded once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.acces.office import Office, open_office
from tests.conftest import Server, _temporary
from tests.demonstration.conftest import elsewhere, settings
from web.demonstration import frame
from web.demonstration.acts import once
from web.demonstration.loading import load_real_acts, writing
from web.embedded import Urls


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        yield found


async def fill(database: Urls, directory: Path) -> None:
    """The bodies and functions, and délibération 2017-2275."""
    async with writing(settings(database, directory), database.app) as services:
        ledger = services.ledger
        await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in frame.commands()))
        await load_real_acts(ledger)


@pytest.fixture(scope="package")
def loaded(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Urls, Path]]:
    directory = tmp_path_factory.mktemp("chaine") / "registre"
    with _temporary(server, template) as (_, urls):
        elsewhere(fill(urls, directory))
        yield urls, directory


@pytest.fixture
async def reel(loaded: tuple[Urls, Path]) -> AsyncIterator[Office]:
    """What a test writes there stays: it reads as of a date, or of an act, that it knows."""
    urls, directory = loaded
    async with open_office(urls, directory.parent) as found:
        [(last,)] = await found.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
        assert await found.services.watcher.wait_for(last, 20)
        yield found
