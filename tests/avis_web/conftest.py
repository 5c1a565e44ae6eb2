"""The site in this process with the demonstration's saisines, loaded once for this folder."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.calendrier import PARIS
from tests.acces.office import Office, open_office
from tests.conftest import Server, _temporary
from tests.demonstration.conftest import elsewhere, settings
from web.demonstration.loading import load, load_avis, load_real_acts, writing
from web.embedded import Urls


async def fill(database: Urls, directory: Path) -> None:
    """The territory, the real acts, every saisine, as of today; loaded twice, it is the same."""
    today = datetime.now(PARIS).date()
    async with writing(settings(database, directory), database.app) as services:
        await load(services.ledger, today, services.secret)
        await load_real_acts(services.ledger)
        for _ in range(2):
            await load_avis(services.ledger, today)


@pytest.fixture(scope="package")
def loaded(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Urls, Path]]:
    directory = tmp_path_factory.mktemp("saisines") / "registre"
    with _temporary(server, template) as (_, urls):
        elsewhere(fill(urls, directory))
        yield urls, directory


@pytest.fixture
async def demo(loaded: tuple[Urls, Path]) -> AsyncIterator[Office]:
    """What the tests of this folder write stays: each uses saisines of its own."""
    urls, directory = loaded
    async with open_office(urls, directory.parent, demonstration=True) as office:
        [(last,)] = await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
        assert await office.services.watcher.wait_for(last, 20)
        yield office
