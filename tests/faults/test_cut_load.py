"""A load of the demonstration that crashes cut: the next one goes on, and doubles nothing."""

import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from tests.conftest import Server, _temporary
from tests.faults.charge import check_register
from tests.faults.served import REGISTRE, environment, registre
from tests.faults.surgery import entries, superuser
from tests.faults.test_same_instant import size
from tests.quality import COMPLET
from web.embedded import Urls

# In the frame; in the votes, among what an urn does before the register says it.
CUTS: tuple[LiteralString, ...] = (
    "SELECT size >= 60 FROM ledger.head",
    "SELECT EXISTS (SELECT FROM urne.couches)",
)
complet = pytest.mark.skipif(not COMPLET, reason="a minute: bin/test --complet")
URN = "SELECT reference, etat, n_bulletins FROM urne.scrutins ORDER BY 1"
BALLOTS = "SELECT reference, count(*) FROM urne.bulletins GROUP BY 1 ORDER BY 1"


@complet
@pytest.mark.timeout(600)
async def test_it_goes_on(server: Server, template: str, database: Urls, directory: Path) -> None:
    with _temporary(server, template) as (_, whole):
        done = registre(whole, directory / "entier", "demo", "--no-serve")
        assert done.returncode == 0, done
        for reached in CUTS:
            cut(database, directory, reached)
            assert 60 <= size(database) < size(whole), "it was not cut"
        done = registre(database, directory, "demo", "--no-serve")
        assert done.returncode == 0 and f"{size(whole)} actes inscrits" in done.stdout, done
        assert await check_register(database) == size(whole)
        assert kinds(server, database) == kinds(server, whole)
        assert urns(database) == urns(whole)


def cut(database: Urls, directory: Path, reached: LiteralString) -> None:
    """Starts a load and kills it when it has come so far."""
    command = [*REGISTRE, "demo", "--no-serve"]
    with subprocess.Popen(command, env=environment(database, directory), stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 90
        with psycopg.connect(database.app, autocommit=True) as connection:
            while connection.execute(reached).fetchone() != (True,):
                assert time.monotonic() < deadline
        process.kill()


def kinds(server: Server, urls: Urls) -> Counter[bytes]:
    """How many entries of each type."""
    with superuser(server, urls) as connection:
        return Counter(state.partition(b'"e":"')[2].partition(b'"')[0] for state in entries(connection))


def urns(urls: Urls) -> list[list[tuple[object, ...]]]:
    """Each urn and its ballots."""
    with psycopg.connect(urls.app, autocommit=True) as connection:
        return [connection.execute(query).fetchall() for query in (URN, BALLOTS)]
