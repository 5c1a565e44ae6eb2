"""`registre serve` and its other commands, as they are run: whole processes, what they print kept in files."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import psycopg

from tests.site import Site, secret
from web.embedded import Urls

FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
REGISTRE = [sys.executable, "-m", "web.cli"]


def environment(database: Urls, directory: Path, **more: str) -> dict[str, str]:
    """The settings of an installation on this database."""
    return os.environ | {
        "DATABASE_URL": database.app,
        "DATABASE_URL_MIGRATIONS": database.migrations,
        "REGISTRE_DIR": str(directory),
        "REGISTRE_ORIGINE": "essai.registre.example/2026",
        "REGISTRE_CLE_MAITRE_FICHIER": str(secret(directory / "cle-maitre")),
        "REGISTRE_SECRET_FICHIER": str(secret(directory / "secret")),
        **more,
    }


def registre(database: Urls, directory: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [*REGISTRE, *map(str, arguments)]
    given = environment(database, directory, **more)
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=120)


class Served:
    """`registre serve` or `registre demo` on a free port, started; `log` is what it printed."""

    def __init__(self, database: Urls, directory: Path, *arguments: str, **more: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url, self.place = f"http://127.0.0.1:{port}", directory / f"serve-{port}.log"
        given = environment(database, directory, REGISTRE_URL_PUBLIQUE=self.url, **more)
        with self.place.open("wb") as file:
            self.process = subprocess.Popen(
                [*REGISTRE, *arguments, "--port", str(port)],
                env=given, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/sante", timeout=2, verify=False).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def log(self) -> str:
        return self.place.read_text()

    def family(self) -> list[int]:
        """Every process of this server that lives: it, its workers, its signer."""
        return [
            int(place.name)
            for place in Path("/proc").glob("[0-9]*")
            if (fields := _stat(place)) and int(fields[3]) == self.process.pid and fields[0] != "Z"
        ]

    def kill(self) -> None:
        """SIGKILL of the main process."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        for pid in self.family():
            os.kill(pid, signal.SIGKILL)


def _stat(place: Path) -> list[str]:
    """State, parent, process group, session… of a process; empty when it is gone."""
    try:
        return (place / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def served(database: Urls, directory: Path, *arguments: str, **more: str) -> Iterator[Served]:
    """The server, stopped at the end with all that it started."""
    found = Served(database, directory, *arguments, **more)
    try:
        yield found
    finally:
        found.close()


def wait_projected(database: Urls, position: int, seconds: float = 30) -> None:
    """Until the projections have reached this position: on a busy machine, later than `?vu=` waits."""
    deadline = time.monotonic() + seconds
    with psycopg.connect(database.app, autocommit=True) as connection:
        while connection.execute("SELECT position < %s FROM projections.tracking", (position,)).fetchone() != (False,):
            assert time.monotonic() < deadline
            time.sleep(0.02)


class Person(httpx.Client):
    """A browser of one person of the demonstration, signed in."""

    def __init__(self, site: Site | Served, who: str = "") -> None:
        super().__init__(base_url=site.url, timeout=20)
        if who:
            answer = self.post("/connexion/demonstration", data={"personne": who})
            assert answer.status_code == 303, answer.text

    def fields(self, page: str, action: str = "") -> dict[str, str]:
        """The hidden fields of the form of a page that posts to `action` (the page itself when empty)."""
        answer = self.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        wanted = action or page.partition("?")[0]
        [form] = [inside for where, inside in FORM.findall(answer.text) if unescape(where) == wanted]
        return {name: unescape(value) for name, value in HIDDEN.findall(form)}

    def submit(self, page: str, action: str = "", **typed: str) -> httpx.Response:
        """The form of the page, filled and posted."""
        return self.post(action or page.partition("?")[0], data=self.fields(page, action) | typed)
