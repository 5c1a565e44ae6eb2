"""A running site with a vote of each kind, and a browser."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser

from domain.calendrier import PARIS
from tests.acces.office import open_office
from tests.conftest import Server, _temporary
from tests.quality import open_browser
from tests.site import Site, running_site
from tests.vote.monde import HOUR, NOW, Election, ballots, college, scrutin
from web.embedded import Urls
from web.vote.tablet import jeton_tablette

Found = TypeVar("Found")


@dataclass
class Polling:
    """A running site; `kinds` by type of ballot (and « essai », « bientot », « fini »); codes are used once each."""

    site: Site
    urls: Urls
    directory: Path
    kinds: dict[str, Election]
    tablet: str

    def code(self, kind: str = "approval") -> str:
        """A slip that nobody has used."""
        return self.kinds[kind].codes.pop()

    def ballots(self, kind: str = "approval") -> list[str]:
        """The clear texts in the urn."""

        async def read() -> list[str]:
            async with open_office(self.urls, self.directory) as office:
                return await ballots(office.services, self.kinds[kind].reference)

        return elsewhere(read)


def elsewhere(work: Callable[[], Coroutine[Any, Any, Found]]) -> Found:
    """Runs a coroutine function in another thread: no loop may run beside the browser's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


async def _fill(urls: Urls, directory: Path) -> tuple[dict[str, Election], str]:
    async with open_office(urls, directory) as office:
        await college(office)
        kinds = {
            "approval": await scrutin(office, "SC-2026-0001", slips=60),
            "choose-1": await scrutin(office, "SC-2026-0002", type_vote="choose-1", choix_max=1, slips=10),
            "cumulative": await scrutin(office, "SC-2026-0003", type_vote="cumulative", points_max=10, slips=10),
            "ordinal": await scrutin(office, "SC-2026-0004", type_vote="ordinal", slips=10),
            "essai": await scrutin(office, "SC-2026-0005", essai=True, slips=10),
            "bientot": await scrutin(office, "SC-2026-0006", ouvre_le=NOW + HOUR, opened=False),
            "fini": await scrutin(office, "SC-2026-0007", ouvre_le=NOW - 3 * HOUR, ferme_le=NOW - HOUR),
        }
        return kinds, jeton_tablette(office.services, "SC-2026-0001", datetime.now(PARIS).date())


@pytest.fixture(scope="package")
def polling(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polling]:
    directory: Path = tmp_path_factory.mktemp("vote")
    with _temporary(server, template) as (_, urls):
        kinds, tablet = elsewhere(lambda: _fill(urls, directory))
        with running_site(urls, directory) as site:
            yield Polling(site, urls, directory, kinds, tablet)


@pytest.fixture(scope="package")
def chromium(polling: Polling) -> Iterator[Browser]:
    """A headless Chromium."""
    with open_browser() as found:
        yield found
