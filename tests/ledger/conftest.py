"""A ledger of its own for each test."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
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
async def connection(database: Urls) -> AsyncIterator[psycopg.AsyncConnection[tuple[object, ...]]]:
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as found:
        yield found
