"""The demonstration of the collège, loaded once for this folder."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Server, _temporary
from tests.site import secret
from web.demonstration.colleges import dossiers
from web.demonstration.loading import load, load_votes, writing
from web.demonstration.scrutins import Tirages, Vote
from web.embedded import Urls
from web.services import Services
from web.settings import Settings

TODAY = date(2026, 11, 20)
TOLD = {"bati": "SC-2024-0001", "compte": "SC-2026-0001", "ouvert": "SC-2026-0002"}
URL = "http://127.0.0.1:8125"


def settings(database: Urls, directory: Path) -> Settings:
    """An installation on this database."""
    return Settings(
        directory=directory,
        database_url=database.app,
        given_origin="essai.registre.example/2026",
        master_key_file=secret(directory / "cle-maitre"),
        secret_file=secret(directory / "secret"),
        public_url=URL,
    )


async def fill(database: Urls, directory: Path, today: date = TODAY) -> None:
    """The whole territory, as of that day."""
    async with writing(settings(database, directory), database.app) as services:
        await load(services.ledger, today, services.secret)
        await load_votes(services, today)


class Monde:
    """The loaded territory."""

    def __init__(self, database: Urls, directory: Path) -> None:
        self.database, self.directory = database, directory

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        async with writing(settings(self.database, self.directory), self.database.app) as found:
            yield found

    def vote(self, services: Services, rank: int) -> Vote:
        """The vote of an edition, from the oldest one (0)."""
        dossier = dossiers(services, TODAY)[rank]
        return Vote(dossier, Tirages(services, str(dossier.told["edition"])), list(TOLD.values())[rank])


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Runs it in a thread: a test's own loop may be there."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="package")
def monde(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monde]:
    directory = tmp_path_factory.mktemp("deux-rives") / "registre"
    with _temporary(server, template) as (_, urls):
        elsewhere(fill(urls, directory))
        yield Monde(urls, directory)
