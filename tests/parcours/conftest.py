"""The demonstration, running once for this folder; a browser; the addresses that only a real act makes.

Everything here lives as long as the folder: a browser left open would hold the loop that later tests need.
"""

import asyncio
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

from domain.calendrier import PARIS
from tests.conftest import Server, _temporary
from tests.parcours.looking import Windows
from tests.parcours.mailbox import Mailbox
from tests.parcours.places import Places, make_places
from tests.parcours.visitor import Readers, Visitor
from tests.quality import Chromium, open_chromium
from tests.site import Site, running_site, secret
from web.demonstration.argent_fin import load_money_end
from web.demonstration.loading import (
    load,
    load_avis,
    load_deliberations,
    load_meetings,
    load_money,
    load_real_acts,
    load_votes,
    writing,
)
from web.embedded import Urls
from web.settings import Settings


async def fill(urls: Urls, directory: Path) -> None:
    """Loads the whole demonstration, as of today."""
    settings = Settings(
        directory=directory,
        database_url=urls.app,
        given_origin="essai.registre.example/2026",
        master_key_file=secret(directory / "cle-maitre"),
        secret_file=secret(directory / "secret"),
    )
    today = datetime.now(PARIS).date()
    async with writing(settings, urls.app) as services:
        await load(services.ledger, today, services.secret)
        await load_real_acts(services.ledger)
        await load_avis(services.ledger, today)
        works = await load_money(services.ledger)
        await load_meetings(services.ledger, today)
        await load_votes(services, today)
        await load_money_end(services, today, works)
        await load_deliberations(services.ledger, today)


@pytest.fixture(scope="package")
def territory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the installation that holds the demonstration."""
    return tmp_path_factory.mktemp("territoire")


@pytest.fixture(scope="package")
def loaded(server: Server, template: str, territory: Path) -> Iterator[str]:
    """A database that holds the demonstration, for the sites to copy; its pictures are in `territory`."""
    with _temporary(server, template) as (name, urls):
        with ThreadPoolExecutor(1) as elsewhere:  # no loop may run here beside the browser's
            elsewhere.submit(asyncio.run, fill(urls, territory)).result()
        yield name


@pytest.fixture(scope="package")
def site(server: Server, loaded: str, territory: Path) -> Iterator[Site]:
    """The demonstration, that sends no mail: everybody reads them at /bureau/courriers."""
    with _temporary(server, loaded) as (_, urls), running_site(urls, territory) as running:
        with Visitor(running) as visitor:
            visitor.wait_until_ready()
            visitor.sign_the_log()
        yield running


@pytest.fixture(scope="package")
def mailbox() -> Iterator[Mailbox]:
    """A mail server on the loopback."""
    with Mailbox() as box:
        yield box


@pytest.fixture(scope="package")
def posting_site(
    server: Server, loaded: str, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The same, that sends its mails."""
    directory = tmp_path_factory.mktemp("courriels")
    with _temporary(server, loaded) as (_, urls), running_site(urls, directory, SMTP_URL=mailbox.url) as running:
        with Visitor(running) as visitor:
            visitor.wait_until_ready()
        yield running


@pytest.fixture
def visitor(site: Site) -> Iterator[Visitor]:
    """Someone without a browser: her own cookies, forms filled by hand."""
    with Visitor(site) as found:
        yield found


@pytest.fixture(scope="package")
def readers(site: Site) -> Iterator[Readers]:
    """Whoever reads the pages of the demonstration without a browser."""
    with Readers(site) as found:
        yield found


@pytest.fixture(scope="package")
def places(site: Site) -> Places:
    """The addresses that only a real act makes."""
    return make_places(site)


@pytest.fixture(scope="package")
def chromium(loaded: str) -> Iterator[Chromium]:
    """A headless Chromium."""
    with open_chromium() as found:
        yield found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After a failure the next tests have fresh windows; after a hang, another browser."""
    report = yield
    if report.failed and call.excinfo is not None:
        chromium, windows = item.funcargs.get("chromium"), item.funcargs.get("windows")
        if isinstance(chromium, Chromium) and hung(call.excinfo.value):
            chromium.lose()
        if isinstance(windows, Windows):
            windows.drop()
    return report


def hung(error: BaseException) -> bool:
    """Whether Playwright, or pytest-timeout, has waited for too long."""
    return isinstance(error, TimeoutError) or (isinstance(error, pytest.fail.Exception) and "Timeout" in str(error))
