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
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.conftest import Server, _temporary
from tests.parcours.looking import Windows
from tests.parcours.mailbox import Mailbox
from tests.parcours.places import Places, make_places
from tests.parcours.visitor import SECRET, Visitor
from tests.quality import Chromium, open_chromium
from tests.site import Site, running_site
from web.demonstration.loading import load
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"


async def fill(urls: Urls) -> int:
    """Loads the demonstration as of today; how many acts it has."""
    ledger = Ledger(urls.app, ORIGIN, Vault(SECRET))
    await ledger.start()
    try:
        return await load(ledger, datetime.now(PARIS).date(), SECRET)
    finally:
        await ledger.stop()


@pytest.fixture(scope="package")
def loaded(server: Server, template: str) -> Iterator[str]:
    """A database that holds the demonstration, for the sites to copy."""
    with _temporary(server, template) as (name, urls):
        with ThreadPoolExecutor(1) as elsewhere:  # no loop may run here beside the browser's
            elsewhere.submit(asyncio.run, fill(urls)).result()
        yield name


@pytest.fixture(scope="package")
def site(server: Server, loaded: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, that sends no mail: everybody reads them at /bureau/courriers."""
    directory: Path = tmp_path_factory.mktemp("parcours")
    with _temporary(server, loaded) as (_, urls), running_site(urls, directory) as running:
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
