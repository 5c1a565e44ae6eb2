"""A running site on loopback, in its own process, that a test may stop, kill and start again."""

import base64
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx

from tests.prepared import serve
from web.commands.serve import DATABASE, DEMONSTRATION
from web.embedded import Urls

# Each site is a process forked from one that has imported the program: a start costs a fifth of a fresh interpreter's.
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.prepared"])


class Site:
    """`url` is its address. `start`, `stop`, `kill` act on the server; the database goes on."""

    def __init__(self, database: Urls, directory: Path, demonstration: bool = True, **environment: str) -> None:
        self.database, self.directory = database, directory
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.environment = os.environ | {
            "DATABASE_URL": database.app,
            "DATABASE_URL_MIGRATIONS": database.migrations,
            "REGISTRE_DIR": str(directory),
            "REGISTRE_ORIGINE": "essai.registre.example/2026",
            "REGISTRE_CLE_MAITRE_FICHIER": str(secret(directory / "cle-maitre")),
            "REGISTRE_SECRET_FICHIER": str(secret(directory / "secret")),
            "REGISTRE_URL_PUBLIQUE": self.url,
            DATABASE: database.app,
            DEMONSTRATION: "1" if demonstration else "",
            **environment,
        }
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        self._process = FORKING.Process(target=serve, args=(self._socket, self.environment))
        self._process.start()
        deadline = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{self.url}/sante", timeout=2, verify=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            if self._process.exitcode is not None or time.monotonic() > deadline:
                raise RuntimeError("the site did not start")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self._end(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """To the server, without waiting."""
        os.kill(self._pid(), number)

    def stop(self) -> None:
        """SIGTERM, and waits."""
        self._end(signal.SIGTERM)

    def close(self) -> None:
        self.stop()
        self._socket.close()

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid(), number)
            self._process.join(20)
            assert self._process.exitcode is not None, "the site did not stop"
            self._process = None

    def _pid(self) -> int:
        assert self._process is not None and self._process.pid is not None
        return self._process.pid


def secret(place: Path) -> Path:
    """A secret file, always the same in tests."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(base64.b64encode(b"k" * 32).decode())
        place.chmod(0o600)
    return place


@contextmanager
def running_site(database: Urls, directory: Path, **options: str) -> Iterator[Site]:
    """A started site, stopped at the end."""
    site = Site(database, directory, **options)  # type: ignore[arg-type]  # environment variables only
    site.start()
    try:
        yield site
    finally:
        site.close()
