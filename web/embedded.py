"""The embedded PostgreSQL: one server per REGISTRE_DIR, shared by the processes that need it.

Each user holds a shared lock on `usage.lock`; who starts or stops holds `start.lock`; the last one out stops it.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self
from urllib.parse import quote

import msgspec
import psycopg
from psycopg import sql

from web import postgresql
from web.postgresql import SOCKET, SOCKET_PATH_MAX, EmbeddedError
from web.settings import make_directory

OWNER, APP, DATABASE = "registre_owner", "registre_app", "registre"
START_SECONDS = 120
STOP_SECONDS = 60
LOG_BYTES_MAX = 10_000_000


class Urls(msgspec.Struct, frozen=True):
    """Where the database is: for the application, and for the role that owns the tables."""

    app: str
    migrations: str


class StillStarting(EmbeddedError):
    """The server recovers and takes long: left running, so that the next try finds it further."""


class EmbeddedServer:
    """The server of one REGISTRE_DIR, while used as a context; restarted within a second when it dies."""

    def __init__(self, directory: Path) -> None:
        self.directory = make_directory(directory).resolve()
        self.data = self.directory / "pg"
        self.log = self.directory / "pg.log"
        self.account = postgresql.choose_account(self.directory, self.data)
        self.sockets = Path()
        self._child: int | None = None
        self._usage = -1
        self._leaving = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, name="postgresql", daemon=True)

    @property
    def urls(self) -> Urls:
        """Addresses of the register's database."""
        return Urls(self.url(APP), self.url(OWNER))

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database of this server, over its private socket."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}&port=5432"

    def __enter__(self) -> Self:
        with self._deciding():
            self._usage = os.open(self.directory / "usage.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._usage, fcntl.LOCK_SH)
            try:
                self._initialise()
                self.sockets = self._socket_directory()
                self._bring_up()
                self._create_database()
            except StillStarting:
                os.close(self._usage)
                raise
            except BaseException:
                self._leave()
                raise
        self._supervisor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._supervisor.join()
        with self._deciding():
            self._leave()

    def ensure_running(self) -> None:
        """Starts the server again if it died; waits until it accepts connections."""
        self._reap()
        if postgresql.postmaster(self.data) is None:
            with self._deciding():
                self._bring_up()

    def _supervise(self) -> None:
        while not self._leaving.wait(0.3):
            try:
                self.ensure_running()
            except (EmbeddedError, OSError) as error:
                print(error, file=sys.stderr)
                self._leaving.wait(5)

    @contextlib.contextmanager
    def _deciding(self) -> Iterator[None]:
        try:
            descriptor = os.open(self.directory / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise EmbeddedError(f"{self.directory} appartient à un autre compte : {error.strerror}.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _initialise(self) -> None:
        """A whole data folder or none: made beside, then renamed."""
        if self.data.exists():
            return
        fresh = self.directory / "pg.initdb"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, self.account.uid, self.account.gid)
        options = ["--username=postgres", "--encoding=UTF8", "--no-locale", "--auth=trust", "--no-instructions"]
        result = postgresql.run(self.account.command("initdb", f"--pgdata={fresh}", *options))
        if result.returncode != 0:
            raise EmbeddedError(f"initdb a échoué :\n{result.stderr}")
        fresh.rename(self.data)

    def _socket_directory(self) -> Path:
        """A folder closed to others; under /tmp, remembered by a link, when the path is too long for a socket."""
        place = self.directory / "socket"
        if len(os.fsencode(place / SOCKET)) <= SOCKET_PATH_MAX and "," not in str(place):
            place.mkdir(mode=0o700, exist_ok=True)
        else:
            if not self._is_private(place):
                place.unlink(missing_ok=True)
                place.symlink_to(tempfile.mkdtemp(prefix="registre-", dir="/tmp"))
            place = place.readlink()
        os.chown(place, self.account.uid, self.account.gid)
        return place

    def _is_private(self, link: Path) -> bool:
        with contextlib.suppress(OSError):
            there = link.readlink().lstat()
            return there.st_uid == self.account.uid and there.st_mode == 0o40700
        return False

    def _bring_up(self) -> None:
        begun = time.monotonic()
        told, launches = 3.0, 0
        while not self._accepts():
            elapsed = time.monotonic() - begun
            if elapsed > START_SECONDS:
                raise StillStarting(
                    f"PostgreSQL ne répond pas après {START_SECONDS} s. S'il reprend un long journal, il continue"
                    f" seul : relancez dans quelques minutes. Son journal : {self.log}\n{self._last_words()}"
                )
            if self._reap() and postgresql.postmaster(self.data) is None:
                if launches == 5:
                    raise EmbeddedError(f"PostgreSQL s'arrête aussitôt. Son journal : {self.log}\n{self._last_words()}")
                time.sleep(0.2 * launches)
                postgresql.clear_stale(self.data, self.sockets)
                self._launch()
                launches += 1
            if elapsed > told:
                print(f"PostgreSQL démarre… {elapsed:.0f} s", file=sys.stderr)
                told += 5
            time.sleep(0.02)

    def _accepts(self) -> bool:
        address = self.url("postgres", "postgres") + "&connect_timeout=5"
        return psycopg.pq.PGconn.ping(address.encode()) == psycopg.pq.Ping.OK

    def _launch(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".log.1"))
        sockets = '"' + str(self.sockets).replace('"', '""') + '"'
        options = postgresql.OPTIONS | {
            "unix_socket_directories": sockets,
            "cluster_name": postgresql.cluster_name(self.data),
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.log.touch(mode=0o600)
        with self.log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 (the wheel's own program)
                self.account.command("postgres", "-D", str(self.data), *settings),
                env=postgresql.environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us, not it
            )
        process.returncode = 0  # it may outlive us: `_reap` waits for it, Popen need not complain
        self._child = process.pid

    def _reap(self) -> bool:
        """Whether no child of ours is a living server; a dead one is not left a zombie."""
        if self._child is not None:
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(self._child, os.WNOHANG) == (0, 0):
                    return False
            self._child = None
        return True

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            for role in (OWNER, APP):
                if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).rowcount == 0:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,)).rowcount == 0:
                names = map(sql.Identifier, (DATABASE, OWNER))
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))

    def _leave(self) -> None:
        try:
            fcntl.flock(self._usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            self._stop()
        finally:
            os.close(self._usage)

    def _stop(self) -> None:
        """Fast shutdown, then an immediate one (the next start recovers)."""
        for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
            pid = postgresql.postmaster(self.data) or (None if self._reap() else self._child)
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + seconds
            while not (self._reap() and not postgresql.alive(pid)) and time.monotonic() < deadline:
                time.sleep(0.01)
        if self.sockets != self.directory / "socket" and self.sockets != Path():
            shutil.rmtree(self.sockets, ignore_errors=True)
            (self.directory / "socket").unlink(missing_ok=True)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        return ""


@contextlib.contextmanager
def embedded_server(directory: Path) -> Iterator[Urls]:
    """Runs the embedded server, shared with other processes; SIGTERM and SIGHUP leave through the clean exit."""
    with _orderly_exit(), EmbeddedServer(directory) as server:
        yield server.urls


@contextlib.contextmanager
def _orderly_exit() -> Iterator[None]:
    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    taken = []
    if threading.current_thread() is threading.main_thread():
        taken = [n for n in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
