"""A ledger, a signer's folder, and copies of a database (a backup restored)."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.embedded import OWNER, EmbeddedServer, Urls

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
def copy(server: EmbeddedServer, database: Urls) -> Iterator[Callable[[], Urls]]:
    """A copy of the database as it is now, on which nothing else writes: what a restored backup would be."""
    made: list[str] = []
    name = database.app.partition("@/")[2].partition("?")[0]

    def take() -> Urls:
        made.append(f"{name}_copie_{len(made)}")
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
            names = map(sql.Identifier, (made[-1], OWNER, name))
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))
        return Urls(database.app.replace(f"/{name}?", f"/{made[-1]}?"), server.url(OWNER, made[-1]))

    yield take
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        for copied in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copied)))
