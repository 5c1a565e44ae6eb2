"""The projections in a process of their own, beside the server, whose processor is then left to the acts.

Should it die, a process of the server takes its place until it is back (the lock of `projections.live`).
"""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
import uvloop

from domain.ledger.vault import Vault
from projections import collector
from projections.catalogue import PROJECTIONS
from projections.live import LOCK, Live
from projections.watcher import Watcher
from web.commands.beside import Beside, leave_with_parent
from web.settings import Settings

START_SECONDS, FOLLOW_SECONDS = 20, 5
LED = """SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = %s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
FOLLOWED = "SELECT FROM ledger.head, projections.tracking WHERE position >= size"


@contextmanager
def projecting(url: str, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """The projector beside us, once it leads (or after 20 s: then the server itself does) and shows what there is
    (or after 5 s: pages then say to come back)."""
    command = [sys.executable, "-m", "web.commands.projector", url]
    with Beside(command, environment):
        with psycopg.connect(url, autocommit=True) as connection:
            if _waited(connection, LED, (LOCK,), START_SECONDS):
                _waited(connection, FOLLOWED, (), FOLLOW_SECONDS)
        yield


def _waited(
    connection: psycopg.Connection[Any], query: LiteralString, parameters: tuple[int, ...], seconds: int
) -> bool:
    """Whether the query found a row in that time."""
    deadline = time.monotonic() + seconds
    while (found := connection.execute(query, parameters).fetchone()) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    return found is not None


async def follow(url: str, vault: Vault) -> None:
    """Follows the ledger until the process ends."""
    live = Live(url, vault, PROJECTIONS)
    await live.prepare()
    await Watcher(url, live.catch_up).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    leave_with_parent()
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.WARNING)
    os.nice(10)  # an act that is filed goes before a page that will show it
    collector.loaded()
    uvloop.run(follow(sys.argv[1], Vault(Settings.from_env(os.environ).master_key())))
