"""The signer: it follows the log, it never forks it, it forgets nothing in a crash."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from domain.ledger.entry import leaf_hash
from domain.ledger.ledger import Ledger
from projections.database import LIVE, create_schema, use_schema
from projections.merkle import root_of
from projections.notes import Checkpoint, SigningKey, open_checkpoint
from projections.runner import advance
from projections.tiles import Tiles
from tests.journal.conftest import ORIGIN, VAULT
from tests.ledger.acts import Count
from web.embedded import Urls
from web.journal import signer
from web.journal.keys import published_key
from web.journal.signer import SigningRefused, sign_now
from web.settings import SettingsError


async def act(ledger: Ledger, count: int, stream: str = "a") -> None:
    await asyncio.gather(*(ledger.execute(Count(f"{stream}/{number}")) for number in range(count)))


def published(database: Urls, directory: Path) -> dict[int, Checkpoint]:
    """Checkpoints in the database, each opened with the published key and compared with the entries."""
    with psycopg.connect(database.app) as connection:
        rows = connection.execute("SELECT size, note FROM ledger.checkpoints ORDER BY size").fetchall()
        states = connection.execute("SELECT state FROM ledger.stored_events ORDER BY notification_id").fetchall()
    if not rows:
        return {}
    key = published_key(directory)
    assert key is not None
    found = {size: open_checkpoint(note.encode(), key) for size, note in rows}
    leaves = [leaf_hash(state) for (state,) in states]
    for size, checkpoint in found.items():
        assert checkpoint == Checkpoint(ORIGIN, size, root_of(leaves[:size]))
    return found


def memory(directory: Path) -> bytes:
    return (directory / "signataire" / "etat.json").read_bytes()


async def test_it_follows_the_log(ledger: Ledger, database: Urls, directory: Path) -> None:
    assert sign_now(database.app, directory) is None
    assert published_key(directory) is None
    for size in (1, 2, 255, 300):
        await act(ledger, size)
        first, second = sign_now(database.app, directory), sign_now(database.app, directory)
        assert first is not None and second is not None
        assert (first.fresh, second.fresh, first.note) == (True, False, second.note)
    assert list(published(database, directory)) == [1, 3, 258, 558]
    mode = (directory / "signataire" / "cle").stat().st_mode & 0o777
    assert (mode, "PRIVATE" in str(published_key(directory))) == (0o600, False)


async def test_projected_tiles_are_continued_from_the_entries(ledger: Ledger, database: Urls, directory: Path) -> None:
    projections = (Tiles(),)
    async with await psycopg.AsyncConnection.connect(database.app, autocommit=True) as connection:
        await create_schema(connection, LIVE, projections)
        await use_schema(connection, LIVE)
        for size, limit in ((200, 150), (150, 100), (600, 10), (1, 1)):
            await act(ledger, size)
            await advance(connection, projections, VAULT, limit)
            sign_now(database.app, directory)
        assert list(published(database, directory)) == [200, 350, 950, 951]
        await act(ledger, 1)
        await connection.execute(
            "UPDATE tiles SET hashes = decode(repeat('00', length(hashes)), 'hex') WHERE number >> 48 = 1"
        )
        with pytest.raises(SigningRefused, match="racine"):
            sign_now(database.app, directory)


async def test_a_checkpoint_while_acts_arrive(ledger: Ledger, database: Urls, directory: Path) -> None:
    await act(ledger, 1)

    async def sign() -> None:
        for _ in range(10):
            await asyncio.to_thread(sign_now, database.app, directory)

    await asyncio.gather(sign(), *(act(ledger, 40, f"s{number}") for number in range(10)))
    sign_now(database.app, directory)
    assert max(published(database, directory)) == 401


async def test_two_signers_never_disagree(ledger: Ledger, database: Urls, directory: Path) -> None:
    await act(ledger, 1)
    signers = [asyncio.to_thread(sign_now, database.app, directory) for _ in range(8)]
    await asyncio.gather(act(ledger, 100), *signers)
    assert published(database, directory)
    with psycopg.connect(database.app) as connection:
        [(most,)] = connection.execute("SELECT max(size) FROM ledger.checkpoints").fetchall()
    last = sign_now(database.app, directory)
    assert last is not None and last.checkpoint.size == 101 >= most


async def test_a_restored_older_database_is_refused(
    ledger: Ledger, database: Urls, directory: Path, copy: Callable[[], Urls]
) -> None:
    await act(ledger, 5)
    sign_now(database.app, directory)
    await ledger.stop()
    older = copy()
    await ledger.start()
    await act(ledger, 3)
    sign_now(database.app, directory)
    remembered = memory(directory)
    with pytest.raises(SigningRefused, match="raccourci"):
        sign_now(older.app, directory)
    restored = Ledger(older.app, ORIGIN, VAULT)
    await restored.start()
    await act(restored, 3, "other")
    with pytest.raises(SigningRefused, match="racine"):
        sign_now(older.app, directory)
    await act(restored, 30, "other")
    with pytest.raises(SigningRefused, match="ne continue pas"):
        sign_now(older.app, directory)
    await restored.stop()
    assert memory(directory) == remembered
    assert list(published(database, directory)) == [5, 8]
    with psycopg.connect(older.app) as connection:
        assert connection.execute("SELECT array_agg(size) FROM ledger.checkpoints").fetchone() == ([5],)


async def test_a_crash_between_memory_and_publication(
    ledger: Ledger, database: Urls, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await act(ledger, 5)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(signer, "_publish", crash)
        with pytest.raises(KeyboardInterrupt):
            sign_now(database.app, directory)
    assert published(database, directory) == {}
    remembered = memory(directory)
    again = sign_now(database.app, directory)
    assert again is not None and not again.fresh
    assert again.note.encode() in remembered.replace(b"\\n", b"\n")
    assert (list(published(database, directory)), memory(directory)) == ([5], remembered)


async def test_a_crash_before_memory_is_on_disk(
    ledger: Ledger, database: Urls, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await act(ledger, 5)
    sign_now(database.app, directory)
    await act(ledger, 5)
    remembered = memory(directory)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk")))
        with pytest.raises(OSError, match="disk"):
            sign_now(database.app, directory)
    assert memory(directory) == remembered
    sign_now(database.app, directory)
    assert list(published(database, directory)) == [5, 10]


async def test_without_memory_it_refuses(ledger: Ledger, database: Urls, directory: Path) -> None:
    await act(ledger, 2)
    sign_now(database.app, directory)
    older = memory(directory)
    await act(ledger, 2)
    sign_now(database.app, directory)
    state = directory / "signataire" / "etat.json"
    state.write_bytes(older)
    with pytest.raises(SigningRefused, match="n'en connaît que 2"):
        sign_now(database.app, directory)
    state.write_bytes(b"{")
    with pytest.raises(SigningRefused, match="illisible"):
        sign_now(database.app, directory)
    state.unlink()
    with pytest.raises(SigningRefused, match="ne s'en souvient pas"):
        sign_now(database.app, directory)
    assert list(published(database, directory)) == [2, 4]


async def test_another_key_is_refused(ledger: Ledger, database: Urls, directory: Path) -> None:
    await act(ledger, 2)
    sign_now(database.app, directory)
    await act(ledger, 2)
    key, public = directory / "signataire" / "cle", directory / "signataire" / "cle-publique"
    mine = key.read_text()
    key.write_text(SigningKey.generate(ORIGIN).secret + "\n")
    with pytest.raises(SettingsError, match="cle-publique"):
        sign_now(database.app, directory)
    public.unlink()
    with pytest.raises(SigningRefused, match="cette clé"):
        sign_now(database.app, directory)
    key.write_text(SigningKey.generate("autre.example").secret + "\n")
    with pytest.raises(SettingsError, match=r"autre\.example"):
        sign_now(database.app, directory)
    wrong_id = mine.split("+")
    key.write_text("+".join([*wrong_id[:3], "00000000", wrong_id[4]]))
    with pytest.raises(SettingsError, match="clé de signature"):
        sign_now(database.app, directory)
    key.unlink()
    with pytest.raises(SigningRefused, match="n'est plus dans"):
        sign_now(database.app, directory)
    key.touch(0o644)
    with pytest.raises(SettingsError, match="chmod"):
        sign_now(database.app, directory)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("UPDATE ledger.head SET root = sha256(root)", "mènent à la racine"),
        ("UPDATE ledger.stored_events SET state = state || '\\x20' WHERE notification_id = 3", "mènent à la racine"),
        ("DELETE FROM ledger.stored_events WHERE notification_id = 3", "lisibles"),
        ("INSERT INTO ledger.checkpoints VALUES (6, 'autre')", "n'en connaît"),
    ],
)
async def test_a_damaged_log_is_refused(
    ledger: Ledger, database: Urls, directory: Path, damage: str, message: str
) -> None:
    await act(ledger, 5)
    sign_now(database.app, directory)
    await act(ledger, 1)
    with psycopg.connect(database.migrations) as connection:
        connection.execute("ALTER TABLE ledger.stored_events DISABLE TRIGGER ALL")
        connection.execute(damage.encode())
    with pytest.raises(SigningRefused, match=message):
        sign_now(database.app, directory)
