"""A database that holds the demonstration, its projections up to date: copied for each test."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.fonctions.confier_fonction import ConfierFonction
from domain.ledger.ledger import Ledger
from projections.catalogue import PROJECTIONS
from projections.live import Live
from tests.conftest import Server, _temporary
from tests.faults.charge import ORIGIN, VAULT
from tests.faults.forms import Visitor, visitor
from tests.site import Site, running_site
from web.demonstration.acts import person
from web.demonstration.loading import load
from web.embedded import Urls

SECRET = b"k" * 32
TODAY = date(2026, 11, 20)


async def fill(urls: Urls) -> int:
    """Loads the demonstration and projects it; returns how many acts it has."""
    ledger, live = Ledger(urls.app, ORIGIN, VAULT), Live(urls.app, VAULT, PROJECTIONS)
    await ledger.start()
    try:
        total = await load(ledger, TODAY, SECRET)
        await live.prepare()
        await live.catch_up()
        return total
    finally:
        await live.close()
        await ledger.stop()


@pytest.fixture(scope="session")
def rempli(server: Server, template: str) -> Iterator[str]:
    with _temporary(server, template) as (name, urls):
        asyncio.run(fill(urls))
        yield name


@pytest.fixture
def base(server: Server, rempli: str) -> Iterator[Urls]:
    """A fresh copy."""
    with _temporary(server, rempli) as (_, urls):
        yield urls


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """REGISTRE_DIR."""
    return tmp_path / "registre"


@pytest.fixture
def site(base: Urls, directory: Path) -> Iterator[Site]:
    """A running site on that copy."""
    with running_site(base, directory) as running:
        yield running


@pytest.fixture(scope="module")
def shared(server: Server, rempli: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site on a copy of its own, for the tests of one module."""
    with (
        _temporary(server, rempli) as (_, urls),
        running_site(urls, tmp_path_factory.mktemp("shared") / "registre") as site,
    ):
        yield site


@pytest.fixture(scope="package")
def swept(server: Server, rempli: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all the bad input, with somebody who holds every function: `coordination`."""
    with _temporary(server, rempli) as (_, urls):
        asyncio.run(appoint(urls))
        with running_site(urls, tmp_path_factory.mktemp("swept") / "registre", REGISTRE_METRIQUES="1") as site:
            yield site


@pytest.fixture(scope="package")
def somebody(swept: Site) -> Visitor:
    """That person, signed in."""
    return visitor(swept)


async def appoint(urls: Urls) -> None:
    """Gives every function to the demonstration's coordination."""
    admin, one = person("administration"), person("coordination")
    ledger = Ledger(urls.app, ORIGIN, VAULT)
    await ledger.start()
    for function, instance in (("animation", "gepi"), ("administration", None), ("protection_donnees", None)):
        names = ("Coordination (démonstration)", "coordination@demonstration.example", date(2026, 1, 2))
        await ledger.execute(ConfierFonction(admin, TODAY, one, function, *names, instance=instance))
    await ledger.stop()
