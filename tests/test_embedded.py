"""The embedded PostgreSQL: started, shared, killed at every place, started again."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest

from tests.conftest import NetworkRefused
from web import postgresql
from web.embedded import EmbeddedServer, embedded_server
from web.postgresql import EmbeddedError

OWNER_PROCESS = """
import sys, psycopg
from pathlib import Path
from web.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as urls:
    try:
        print(urls.app, flush=True)
        sys.stdin.readline()
    except KeyboardInterrupt:
        with psycopg.connect(urls.app) as connection:
            print(connection.execute("SELECT 'still there'").fetchone()[0], flush=True)
"""


@contextlib.contextmanager
def owner_process(directory: Path) -> Iterator[tuple[subprocess.Popen[str], str, IO[str]]]:
    """Another Python process that uses the server: it, the address it got, the rest of what it says."""
    command = [sys.executable, "-c", OWNER_PROCESS, str(directory)]
    here = Path(__file__).parent.parent
    with subprocess.Popen(
        command, cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip(), process.stdout
        finally:
            process.kill()


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def accepts(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def write(url: str, value: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        connection.execute("INSERT INTO kept VALUES (%s)", (value,))


def read(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT value FROM kept ORDER BY value")]


def test_two_roles_one_private_socket_no_tcp_and_nothing_left_running(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as urls:
        write(urls.migrations, 1)
        with psycopg.connect(urls.app) as connection:
            assert connection.execute("SELECT current_user, current_setting('fsync')").fetchone() == (
                "registre_app",
                "on",
            )
            assert connection.execute("SELECT current_setting('listen_addresses')").fetchone() == ("",)
            owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
            assert connection.execute(owner).fetchone() == ("registre_owner",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT * FROM kept")
        assert (tmp_path / "socket").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "pg").stat().st_mode & 0o777 == 0o700
        pid = postgresql.postmaster(tmp_path / "pg")
        assert pid is not None
    assert not postgresql.alive(pid)
    assert not accepts(urls.app)
    with embedded_server(tmp_path) as urls:
        assert read(urls.migrations) == [1]


def test_the_last_one_out_stops_it(tmp_path: Path) -> None:
    with owner_process(tmp_path) as (process, url, _):
        with embedded_server(tmp_path) as urls:
            assert urls.app == url
            process.communicate("leave\n", timeout=20)
            assert accepts(url)
        assert not accepts(url)


def test_another_one_keeps_it_when_we_leave(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as ours:
        before = postgresql.postmaster(ours.data)
        with owner_process(tmp_path) as (process, url, _):
            ours.ensure_running()
            assert accepts(url)
            with EmbeddedServer(tmp_path):
                pass
            assert postgresql.postmaster(ours.data) == before
            process.communicate("leave\n", timeout=20)
        assert accepts(url)


def test_killed_postgresql_comes_back_with_all_that_was_committed(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as server:
        write(server.urls.migrations, 1)
        first = postgresql.postmaster(server.data)
        assert first is not None
        with psycopg.connect(server.urls.migrations) as busy:
            busy.execute("INSERT INTO kept VALUES (99)")
            os.kill(first, signal.SIGKILL)
            wait_until(lambda: postgresql.postmaster(server.data) not in (None, first) and accepts(server.urls.app))
            with pytest.raises(psycopg.OperationalError):
                busy.execute("SELECT 1")
        assert read(server.urls.migrations) == [1]


def test_killed_owner_leaves_a_server_that_the_next_one_takes_over(tmp_path: Path) -> None:
    with owner_process(tmp_path) as (process, url, _):
        process.kill()
        process.wait()
    assert accepts(url)
    pid = postgresql.postmaster(tmp_path / "pg")
    with embedded_server(tmp_path):
        assert postgresql.postmaster(tmp_path / "pg") == pid
    assert not accepts(url)


def test_owner_and_server_killed_and_the_pid_given_to_another(tmp_path: Path) -> None:
    """As after a power cut in a container, where pids are small and return."""
    with owner_process(tmp_path) as (process, url, _):
        pid = postgresql.postmaster(tmp_path / "pg")
        assert pid is not None
        write(url.replace("registre_app", "registre_owner"), 1)
        process.kill()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not postgresql.alive(pid))
    account = EmbeddedServer(tmp_path).account
    with subprocess.Popen([*account.prefix, "sleep", "60"]) as other:
        for path in (tmp_path / "pg" / "postmaster.pid", tmp_path / "socket" / ".s.PGSQL.5432.lock"):
            path.write_text(path.read_text().replace(str(pid), str(other.pid), 1))
        with embedded_server(tmp_path) as urls:
            assert read(urls.migrations) == [1]
            assert other.poll() is None
        other.kill()


def test_a_zombie_is_not_a_server(tmp_path: Path) -> None:
    with embedded_server(tmp_path):
        lines = (tmp_path / "pg" / "postmaster.pid").read_text().split("\n")
    account = EmbeddedServer(tmp_path).account
    with subprocess.Popen([*account.prefix, "true"]) as zombie:
        wait_until(lambda: not postgresql.alive(zombie.pid))
        (tmp_path / "pg" / "postmaster.pid").write_text("\n".join([str(zombie.pid), *lines[1:]]))
        assert postgresql.postmaster(tmp_path / "pg") is None
        with embedded_server(tmp_path) as urls:
            assert accepts(urls.app)


def test_sigterm_stops_it_cleanly(tmp_path: Path) -> None:
    with owner_process(tmp_path) as (process, url, _):
        process.terminate()
        assert process.wait(20) == 128 + signal.SIGTERM
    assert not accepts(url)
    assert "database system is shut down" in (tmp_path / "pg.log").read_text().splitlines()[-1]


def test_ctrl_c_reaches_us_and_not_it(tmp_path: Path) -> None:
    with owner_process(tmp_path) as (process, url, said):
        os.killpg(process.pid, signal.SIGINT)
        assert said.readline() == "still there\n"
        assert process.wait(20) == 0
    assert not accepts(url)


def test_a_first_start_cut_short_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "pg.initdb" / "base").mkdir(parents=True)
    with embedded_server(tmp_path) as urls:
        assert accepts(urls.app)
    assert not (tmp_path / "pg.initdb").exists()


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    directory = tmp_path / ("long, " + "x" * 100) / ".registre"
    for _ in range(2):
        with embedded_server(directory) as urls:
            assert accepts(urls.app)
            place = (directory / "socket").readlink()
            assert place.stat().st_mode & 0o777 == 0o700
        assert not place.exists()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with embedded_server(tmp_path):
        pass
    (tmp_path / "pg" / "postgresql.auto.conf").write_text("shared_buffers = 'many'\n")
    (tmp_path / "pg" / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(EmbeddedError, match=r"s'arrête aussitôt[\s\S]*nonsense"), embedded_server(tmp_path):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="as an ordinary user PostgreSQL runs as that user: nothing to cross")
def test_as_root_everything_under_a_closed_folder_and_no_permission_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    wheel = postgresql.binaries().parent
    shutil.copytree(wheel, closed / "wheel" / wheel.name)
    libraries = wheel.parent.with_name(f"{wheel.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, closed / libraries.name)
    monkeypatch.setattr(postgresql, "binaries", lambda: closed / "wheel" / wheel.name / "bin")
    folders = [closed, *closed.parents, *(p for p in closed.rglob("*") if p.is_dir())]

    def permissions() -> list[tuple[Path, int, int]]:
        return [(p, p.stat().st_mode, p.stat().st_uid) for p in folders]

    before = permissions()
    with embedded_server(closed / "project" / ".registre") as urls:
        write(urls.migrations, 1)
        assert read(urls.migrations) == [1]
        pid = postgresql.postmaster(closed / "project" / ".registre" / "pg")
        assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert permissions() == before


def test_no_test_leaves_the_machine() -> None:
    with socket.socket() as outside, pytest.raises(NetworkRefused):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("registre.example", 80)
