"""A ledger, a signer's folder, a running site, and copies of a database (a backup restored)."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.conftest import Server, _temporary
from tests.site import Site, running_site
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"
VAULT = Vault(b"k" * 32)


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    found = Ledger(database.app, ORIGIN, VAULT)
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """REGISTRE_DIR."""
    return tmp_path / "registre"


@pytest.fixture
def copy(server: Server, database: Urls) -> Iterator[Callable[[], Urls]]:
    """A copy of the database as it is now, once its connections are cut: what a restored backup would be."""
    name = str(conninfo_to_dict(database.app)["dbname"])
    with ExitStack() as stack:

        def take() -> Urls:
            with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            return stack.enter_context(_temporary(server, name))[1]

        yield take


@pytest.fixture
def site(database: Urls, directory: Path) -> Iterator[Site]:
    with running_site(database, directory) as running:
        yield running


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.url, timeout=20, verify=False) as found:
        yield found
