"""A ledger of its own for each test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"
VAULT = Vault(b"k" * 32)


@asynccontextmanager
async def writing(database: Urls) -> AsyncIterator[Ledger]:
    """One process that writes to this register."""
    found = Ledger(database.app, ORIGIN, VAULT)
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    async with writing(database) as found:
        yield found


@pytest.fixture
async def connection(database: Urls) -> AsyncIterator[psycopg.AsyncConnection[tuple[object, ...]]]:
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as found:
        yield found
