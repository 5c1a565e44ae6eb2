"""What every test stands on: one PostgreSQL per run, a fresh database per test, no network, the same random numbers.

The PostgreSQL is embedded; REGISTRE_ESSAIS_DATABASE_URL (a superuser's) runs the same tests on another one.
"""

import contextlib
import ipaddress
import itertools
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from web.database import migrate
from web.embedded import APP, OWNER, EmbeddedServer, Urls
from web.settings import DOCUMENTATION

hypothesis_settings.register_profile("registre", derandomize=True, deadline=None)
hypothesis_settings.load_profile("registre")

_numbers = itertools.count(1)
MEMORY, ROOM = Path("/dev/shm"), 6 << 30  # bytes free


class Server(Protocol):
    """A PostgreSQL where tests make databases; `url` for OWNER, APP or "postgres" (a superuser)."""

    def url(self, role: str, database: str) -> str: ...


class GivenServer:
    """An external PostgreSQL, with the two roles of the embedded one."""

    def __init__(self, address: str) -> None:
        self.parts = {k: str(v) for k, v in conninfo_to_dict(address).items() if v is not None}
        with psycopg.connect(address, autocommit=True) as connection:
            for role in (OWNER, APP):
                with contextlib.suppress(psycopg.errors.DuplicateObject):
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
                if password := self.parts.get("password"):
                    command = sql.SQL("ALTER ROLE {} PASSWORD {}")
                    connection.execute(command.format(sql.Identifier(role), sql.Literal(password)))

    def url(self, role: str, database: str) -> str:
        """The same address for this role and database."""
        user = self.parts.get("user", role) if role == "postgres" else role
        others = {name: value for name, value in self.parts.items() if name not in ("user", "dbname")}
        return f"postgresql://{quote(user)}@/{database}?{urlencode(others)}"


class NetworkRefused(BaseException):
    """A test tried to leave this machine (not an Exception: nothing may swallow it)."""


def _is_here(host: Any) -> bool:
    if host in (None, "", "localhost"):
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Python sockets reach the loopback only."""
    patch = pytest.MonkeyPatch()

    def guard(name: str) -> None:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise NetworkRefused(f"connection to {address}")
            return original(self, address)

        patch.setattr(socket.socket, name, connect)

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_here(host.decode() if isinstance(host, bytes) else host):
            raise NetworkRefused(f"resolution of {host}")
        return resolve(host, *arguments, **options)

    guard("connect")
    guard("connect_ex")
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def no_settings() -> Iterator[None]:
    """The settings of whoever runs the tests stay out of them."""
    patch = pytest.MonkeyPatch()
    for name in (*DOCUMENTATION, *(name for name in os.environ if name.startswith("PG"))):
        patch.delenv(name, raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL of this run, fsync on."""
    if address := os.environ.get("REGISTRE_ESSAIS_DATABASE_URL"):
        yield GivenServer(address)
    else:
        with _folder(tmp_path_factory) as folder, EmbeddedServer(folder) as running:
            yield running


@contextlib.contextmanager
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where there is room: hundreds of databases come and go; a kill -9 loses no more there."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        with tempfile.TemporaryDirectory(prefix="registre-essais-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("registre")


@pytest.fixture(scope="session")
def template(server: Server) -> Iterator[str]:
    """A database migrated once, that the others copy."""
    with _temporary(server, "template0") as (name, urls):
        migrate(urls.migrations)
        yield name


@pytest.fixture
def database(server: Server, template: str) -> Iterator[Urls]:
    """A fresh, migrated database, dropped after the test."""
    with _temporary(server, template) as (_, urls):
        yield urls


@pytest.fixture
def empty_database(server: Server) -> Iterator[Urls]:
    """A database with nothing in it, not even the migrations."""
    with _temporary(server, "template0") as (_, urls):
        yield urls


@contextlib.contextmanager
def _temporary(server: Server, template: str) -> Iterator[tuple[str, Urls]]:
    name = f"registre_essai_{os.getpid()}_{next(_numbers)}"
    copy, grant, drop = map(
        sql.SQL,
        (
            "CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'",
            "GRANT CREATE ON DATABASE {} TO {}",  # a copy does not carry what the migrations gave on the database
            "DROP DATABASE {} WITH (FORCE)",
        ),
    )
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(copy.format(*map(sql.Identifier, (name, OWNER, template))))
        try:
            connection.execute(grant.format(*map(sql.Identifier, (name, APP))))
            yield name, Urls(server.url(APP, name), server.url(OWNER, name))
        finally:
            connection.execute(drop.format(sql.Identifier(name)))


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parent.parent
