"""The README's procedure: saved, lost, restored, proved; and an erasure that an old copy does not undo."""

import json
import os
import shutil
from pathlib import Path

import psycopg
import pytest

from web.cli import main
from web.database import open_urls
from web.settings import Settings


def registre(directory: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("REGISTRE_DIR", str(directory))
    return main(list(words))


def test_a_lost_machine_is_restored_and_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "un", tmp_path / "deux"
    register, keys, newer = str(tmp_path / "copie"), str(tmp_path / "cles"), str(tmp_path / "cles-2")
    assert registre(first, monkeypatch, "demo", "--no-serve") == 0
    assert registre(first, monkeypatch, "checkpoint") == 0
    assert registre(first, monkeypatch, "sauvegarder", register, "--cles", keys) == 0
    forgotten = erase_one(first, monkeypatch)
    assert registre(first, monkeypatch, "sauvegarder", str(tmp_path / "autre"), "--cles", newer) == 0
    assert registre(first, monkeypatch, "sauvegarder", register, "--cles", register) == 2
    assert registre(first, monkeypatch, "restaurer", register, "--cles", keys) == 2, "it holds a register already"

    second.mkdir(mode=0o711)
    for name in ("cle-maitre", "secret", "origine"):
        shutil.copy2(first / name, second / name)
    shutil.copytree(first / "signataire", second / "signataire")
    assert registre(second, monkeypatch, "restaurer", register, "--cles", newer) == 0
    assert registre(second, monkeypatch, "rebuild", "--json", "--accepter") in (0, 1)
    assert registre(second, monkeypatch, "rebuild", "--json") == 0
    assert registre(second, monkeypatch, "export", str(tmp_path / "export")) == 0
    capfd.readouterr()
    assert registre(second, monkeypatch, "verify", str(tmp_path / "export"), "--json") == 0
    assert json.loads(capfd.readouterr().out)["size"] >= 270
    assert values(second, monkeypatch, forgotten) == 0, "an old register with newer keys undoes no erasure"


def erase_one(directory: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Destroys the keys of the first position that has some; returns the position."""
    monkeypatch.setenv("REGISTRE_DIR", str(directory))
    with open_urls(Settings.from_env(os.environ)) as urls, psycopg.connect(urls.app) as connection:
        found = connection.execute("SELECT min(position) FROM keys.data_keys").fetchone()
        assert found is not None
        connection.execute(
            "SELECT ledger.forget(array_agg(key_id)) FROM keys.data_keys WHERE position = %s", (found[0],)
        )
        return int(found[0])


def values(directory: Path, monkeypatch: pytest.MonkeyPatch, position: int) -> int:
    """How many values of this position can still be opened."""
    monkeypatch.setenv("REGISTRE_DIR", str(directory))
    with open_urls(Settings.from_env(os.environ)) as urls, psycopg.connect(urls.app) as connection:
        row = connection.execute(
            "SELECT count(*) FROM ledger.disclosures JOIN keys.data_keys USING (key_id)"
            " WHERE disclosures.position = %s",
            (position,),
        ).fetchone()
        assert row is not None
        return int(row[0])
