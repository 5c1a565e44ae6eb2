"""A load of the demonstration that a crash cut: the next one goes on, and doubles nothing."""

import subprocess
import time
from collections import Counter
from pathlib import Path

import psycopg

from tests.conftest import Server
from tests.faults.charge import check_register
from tests.faults.served import REGISTRE, environment, registre
from tests.faults.surgery import entries, superuser
from tests.faults.test_same_instant import size
from web.embedded import Urls


async def test_it_goes_on(server: Server, base: Urls, database: Urls, directory: Path) -> None:
    cut(database, directory)
    assert 60 <= size(database) < size(base), "it was not cut"
    done = registre(database, directory, "demo", "--no-serve")
    assert done.returncode == 0 and f"{size(base)} actes inscrits" in done.stdout, done
    assert await check_register(database) == size(base)
    assert kinds(server, database) == kinds(server, base)


def cut(database: Urls, directory: Path) -> None:
    """Starts a load and kills it when sixty acts are there."""
    command = [*REGISTRE, "demo", "--no-serve"]
    with subprocess.Popen(command, env=environment(database, directory), stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        with psycopg.connect(database.app, autocommit=True) as connection:
            while connection.execute("SELECT size < 60 FROM ledger.head").fetchone() != (False,):
                assert time.monotonic() < deadline
        process.kill()


def kinds(server: Server, urls: Urls) -> Counter[bytes]:
    """How many entries of each type."""
    with superuser(server, urls) as connection:
        return Counter(state.partition(b'"e":"')[2].partition(b'"')[0] for state in entries(connection))
