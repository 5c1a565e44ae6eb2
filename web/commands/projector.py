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

import psycopg
import uvloop

from domain.ledger.vault import Vault
from projections import collector
from projections.catalogue import PROJECTIONS
from projections.live import LOCK, Live
from projections.watcher import Watcher
from web.commands.beside import Beside, leave_with_parent
from web.settings import Settings

START_SECONDS = 20
LED = """SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = %s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


@contextmanager
def projecting(url: str, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """The projector beside us, once it leads (or after 20 s: then the server itself does)."""
    command = [sys.executable, "-m", "web.commands.projector", url]
    with Beside(command, environment), psycopg.connect(url, autocommit=True) as connection:
        deadline = time.monotonic() + START_SECONDS
        while connection.execute(LED, (LOCK,)).fetchone() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        connection.close()
        yield


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
