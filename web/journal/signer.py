"""The signer: a checkpoint for every growth of the log, and none that does not continue the last one.

Its folder REGISTRE_DIR/signataire holds the key (`cle`, mode 0600) and the last note that it signed (`etat.json`).
The note is on disk before it is published, so a crash between the two repeats it and forgets nothing. It refuses,
and changes nothing, when the log no longer begins with what it signed: a restored backup cannot fork the register.
"""

import fcntl
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psycopg

from domain.ledger.entry import decode_entry
from projections.merkle import BadProof, consistency_proof, tree_root, verify_consistency
from projections.notes import Checkpoint, NoteRefused, SigningKey, encode64, open_checkpoint
from web.commands.beside import CRASHED
from web.journal.keys import SIGNER, has_log_key, log_key, write_durably
from web.journal.tree import Connection, DamagedLog, one, read_tree
from web.settings import Settings, SettingsError, make_directory

PAUSE_SECONDS = 0.5
POLL_SECONDS = 1.0

log = logging.getLogger("registre.signataire")


class SigningRefused(Exception):
    """Signing would fork the register, or nobody could prove that it does not (French, for the operator)."""


class State(msgspec.Struct, frozen=True):
    """What the signer remembers: the last note that it signed."""

    note: str


class Signed(msgspec.Struct, frozen=True):
    """A checkpoint and its note; `fresh` when this call signed it."""

    checkpoint: Checkpoint
    note: str
    fresh: bool


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """One signature at a time for this folder, whatever the number of signers."""
    folder = make_directory(directory / SIGNER)
    descriptor = os.open(folder / "verrou", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sign_now(url: str, directory: Path) -> Signed | None:
    """Signs the head of this database, or says again what is signed; None while the log is empty.

    Raises SigningRefused, SettingsError (keys), psycopg.Error.
    """
    with open_connection(url) as connection:
        return sign(connection, directory)


def open_connection(url: str) -> Connection:
    """A connection on which each transaction sees one state of the log."""
    connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def sign(connection: Connection, directory: Path) -> Signed | None:
    """As `sign_now`, on a connection of `open_connection`."""
    with alone(directory):
        try:
            with connection.transaction():
                found = _next(connection, directory)
        except (BadProof, DamagedLog) as error:
            raise SigningRefused(f"le journal ne continue pas ce qui est signé : {error}") from error
        if found is not None:
            if found.fresh:
                write_durably(directory / SIGNER / "etat.json", msgspec.json.encode(State(found.note)) + b"\n")
            _publish(connection, found)
        return found


def _next(connection: Connection, directory: Path) -> Signed | None:
    """What there is to sign or to say again. Reads only."""
    row = one(connection, "SELECT size, root, (SELECT max(size) FROM ledger.checkpoints) FROM ledger.head")
    assert row is not None
    size, root, published = int(row[0]), bytes(row[1]), row[2]
    before = _remembered(directory)
    if before is None and published is not None:
        raise SigningRefused(
            f"{published} actes sont déjà signés et {directory / SIGNER} ne s'en souvient pas. Remettez ce dossier en"
            " place : sans lui, rien ne prouve que le journal est le même."
        )
    if before is None and size == 0:
        return None
    key = log_key(directory, before[0] if before else _origin(connection))
    last = _reopened(before[1], key) if before else None
    if last is not None and (published or 0) > last.size:
        raise SigningRefused(
            f"la base publie un point de {published} actes, le signataire n'en connaît que {last.size}"
        )
    if last is not None and size < last.size:
        raise SigningRefused(
            f"le journal a raccourci : {size} actes, {last.size} étaient signés (sauvegarde restaurée ?)"
        )
    if last is not None and before is not None and size == last.size:
        if root != last.root:
            raise SigningRefused(f"la racine des {size} actes n'est plus celle qui est signée")
        return Signed(last, before[1], fresh=False)
    return _continue(connection, key, last, Checkpoint(key.name, size, root))


def _continue(connection: Connection, key: SigningKey, last: Checkpoint | None, head: Checkpoint) -> Signed:
    """Signs the head when its tree, computed apart from the database, is the same and begins with the last one."""
    if _origin(connection) != key.name:
        raise SigningRefused(f"le journal s'appelle « {_origin(connection)} », la clé « {key.name} »")
    read = read_tree(connection, head.size, last.size - 1 if last else head.size - 1)
    root = tree_root(read, head.size)
    if root != head.root:
        raise SigningRefused(
            f"les {head.size} actes mènent à la racine {encode64(root)}, la base dit {encode64(head.root)}"
        )
    if last is not None:
        proof = consistency_proof(read, last.size, head.size)
        verify_consistency(last.size, head.size, last.root, head.root, proof)
    return Signed(head, key.sign(head.text), fresh=True)


def _remembered(directory: Path) -> tuple[str, str] | None:
    """Origin and note of the last signature; None before the first one."""
    place = directory / SIGNER / "etat.json"
    if not place.exists():
        return None
    try:
        note = msgspec.json.decode(place.read_bytes(), type=State).note
    except (msgspec.DecodeError, OSError) as error:
        raise SigningRefused(f"{place} est illisible ({error})") from error
    if not has_log_key(directory):
        raise SigningRefused(f"la clé qui a signé {place} n'est plus dans {place.parent}")
    return note.partition("\n")[0], note


def _reopened(note: str, key: SigningKey) -> Checkpoint:
    try:
        return open_checkpoint(note.encode(), key.verifier)
    except NoteRefused as error:
        raise SigningRefused(f"etat.json n'a pas été signé par cette clé ({error})") from error


def _origin(connection: Connection) -> str:
    """The name of the log, as its first entry says it."""
    row = one(connection, "SELECT state FROM ledger.stored_events WHERE notification_id = 1")
    if row is None:
        raise SigningRefused("le premier acte du journal a disparu")
    return decode_entry(bytes(row[0])).o


def _publish(connection: Connection, signed: Signed) -> None:
    """Shows the checkpoint; the same one twice is once."""
    size = signed.checkpoint.size
    connection.execute(
        "INSERT INTO ledger.checkpoints (size, note) VALUES (%s, %s) ON CONFLICT DO NOTHING", (size, signed.note)
    )
    row = one(connection, "SELECT note FROM ledger.checkpoints WHERE size = %s", (size,))
    if row != (signed.note,):
        raise SigningRefused(f"un autre signataire a publié un autre point de {size} actes")


def run_forever(url: str, directory: Path, stop: threading.Event) -> None:
    """Signs on every growth, at most twice a second, until told to stop. Raises SigningRefused, SettingsError."""
    while not stop.is_set():
        try:
            with open_connection(url) as connection:
                connection.execute("LISTEN ledger")
                signed: Signed | None = None
                while not stop.is_set():
                    if signed is None or one(connection, "SELECT size FROM ledger.head") != (signed.checkpoint.size,):
                        signed = sign(connection, directory)
                    stop.wait(PAUSE_SECONDS)
                    for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                        pass
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable) as error:  # down, or not migrated yet
            log.warning("signataire : %s", error)
            stop.wait(POLL_SECONDS)


def serve(url: str, directory: Path, stop: threading.Event) -> int:
    """The signer as a program: 0 when told to stop, 1 when it refuses, loudly, 70 when it crashes."""
    try:
        run_forever(url, directory, stop)
    except (SigningRefused, SettingsError) as error:
        print(f"SIGNATURE REFUSÉE : {error}", file=sys.stderr, flush=True)
        return 1
    except Exception:
        log.exception("signataire : panne imprévue")
        return CRASHED
    return 0


def main(arguments: list[str]) -> int:
    """`python -m web.journal.signer URL`: beside a server, until it closes our standard input."""
    stop = threading.Event()

    def wait_for_parent() -> None:
        while os.read(0, 1024):
            pass
        stop.set()

    threading.Thread(target=wait_for_parent, daemon=True).start()
    return serve(arguments[0], Settings.from_env(os.environ).directory, stop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
