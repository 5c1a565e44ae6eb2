"""What every test stands on: one PostgreSQL per run, a fresh database per test, no network, the same random numbers."""

import contextlib
import ipaddress
import itertools
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from web.database import migrate
from web.embedded import APP, OWNER, EmbeddedServer, Urls

hypothesis_settings.register_profile("registre", derandomize=True, deadline=None)
hypothesis_settings.load_profile("registre")

TEMPLATE = "registre_modele"
_numbers = itertools.count(1)


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """The PostgreSQL of this run, fsync on."""
    with EmbeddedServer(tmp_path_factory.mktemp("registre")) as running:
        yield running


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    """A database migrated once, that the others copy."""
    _create(server, TEMPLATE, "template0")
    migrate(server.url(OWNER, TEMPLATE))
    return TEMPLATE


@pytest.fixture
def database(server: EmbeddedServer, template: str) -> Iterator[Urls]:
    """A fresh, migrated database, dropped after the test."""
    yield from _temporary(server, template)


@pytest.fixture
def empty_database(server: EmbeddedServer) -> Iterator[Urls]:
    """A database with nothing in it, not even the migrations."""
    yield from _temporary(server, "template0")


def _temporary(server: EmbeddedServer, template: str) -> Iterator[Urls]:
    name = f"essai_{next(_numbers)}"
    _create(server, name, template)
    yield Urls(server.url(APP, name), server.url(OWNER, name))
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(server: EmbeddedServer, name: str, template: str) -> None:
    """A copy does not carry the privileges on the database itself: give again what the migrations gave."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        names = map(sql.Identifier, (name, OWNER, template))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))
        connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(*map(sql.Identifier, (name, APP))))


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parent.parent
