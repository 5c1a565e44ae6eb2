"""The signer as a program: it follows, refuses loudly, crashes otherwise, waits for migrations."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from domain.ledger.ledger import Ledger
from tests.journal.conftest import ORIGIN, VAULT
from tests.journal.test_signer import act, published
from web.commands.beside import CRASHED, Beside
from web.database import migrate
from web.embedded import Urls
from web.journal.signer import sign_now


@contextmanager
def started(database: Urls, directory: Path, *command: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "REGISTRE_DIR": str(directory), "DATABASE_URL": database.app}
    command = (sys.executable, *(command or ("-m", "web.journal.signer", database.app)))
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


async def test_the_program_signs_within_ten_seconds_and_stops(ledger: Ledger, database: Urls, directory: Path) -> None:
    with started(database, directory) as process:
        for expected in (3, 6):
            await act(ledger, 3)
            begun = time.monotonic()
            while max(published(database, directory), default=0) < expected:
                assert time.monotonic() - begun < 10
                await asyncio.sleep(0.05)
        _, errors = await asyncio.to_thread(process.communicate, "")
        assert (process.returncode, errors) == (0, "")


async def test_the_program_refuses_loudly(ledger: Ledger, database: Urls, directory: Path) -> None:
    await act(ledger, 3)
    sign_now(database.app, directory)
    with psycopg.connect(database.migrations) as connection:
        connection.execute("UPDATE ledger.head SET root = sha256(root)")
    with started(database, directory) as process:
        assert await asyncio.to_thread(process.wait, 20) == 1
        _, errors = process.communicate()
        assert "SIGNATURE REFUSÉE" in errors


async def test_a_crash_is_no_refusal(ledger: Ledger, database: Urls, directory: Path) -> None:
    """A full disk, say: whoever watches over the signer starts it again, until it can write."""
    await act(ledger, 3)
    sign_now(database.app, directory)
    await act(ledger, 3)
    occupied = directory / "signataire" / "verrou"
    occupied.unlink()
    occupied.mkdir()
    command = [sys.executable, "-m", "web.journal.signer", database.app]
    with Beside(command, os.environ | {"REGISTRE_DIR": str(directory)}), started(database, directory) as first:
        assert await asyncio.to_thread(first.wait, 20) == CRASHED
        assert "SIGNATURE REFUSÉE" not in first.communicate()[1]
        occupied.rmdir()
        begun = time.monotonic()
        while max(published(database, directory)) < 6:
            assert time.monotonic() - begun < 20
            await asyncio.sleep(0.05)


async def test_the_command_waits_for_migrations_signs_and_stops(empty_database: Urls, directory: Path) -> None:
    with started(empty_database, directory, "-c", "import sys, web.cli; sys.exit(web.cli.main(['signer']))") as process:
        await asyncio.sleep(1.5)
        migrate(empty_database.migrations)
        ledger = Ledger(empty_database.app, ORIGIN, VAULT)
        await ledger.start()
        await act(ledger, 3)
        await ledger.stop()
        begun = time.monotonic()
        while not published(empty_database, directory):
            assert time.monotonic() - begun < 10 and process.poll() is None
            await asyncio.sleep(0.05)
        process.terminate()
        assert await asyncio.to_thread(process.wait, 10) == 0
