"""Settings come from the environment alone; secrets are made once, closed, and never guessed."""

import base64
import os
import re
import threading
from pathlib import Path

import pytest

from web.settings import DOCUMENTATION, Settings, SettingsError, remember

DATABASE = {"DATABASE_URL": "postgresql://registre@db.example/registre"}


def embedded(tmp_path: Path, **more: str) -> Settings:
    return Settings.from_env({"REGISTRE_DIR": str(tmp_path / "data"), **more})


def key_file(path: Path, content: bytes = b"k" * 32, mode: int = 0o600) -> Path:
    path.write_bytes(base64.b64encode(content) + b"\n")
    path.chmod(mode)
    return path


def test_nothing_given() -> None:
    settings = Settings.from_env({})
    assert settings.directory == Path.cwd() / ".registre"
    assert settings.database_url is None
    assert settings.public_url == "http://127.0.0.1:8000"
    assert not settings.secure
    assert not settings.metrics


def test_everything_given(tmp_path: Path) -> None:
    values = DATABASE | {
        "DATABASE_URL_MIGRATIONS": "postgres://owner@db.example/registre",
        "REGISTRE_DIR": "data",
        "REGISTRE_ORIGINE": "registre.exemple.fr/2026",
        "REGISTRE_CLE_MAITRE_FICHIER": str(key_file(tmp_path / "cle")),
        "REGISTRE_SECRET_FICHIER": str(key_file(tmp_path / "secret", b"s" * 32)),
        "REGISTRE_URL_PUBLIQUE": "https://registre.exemple.fr/",
        "REGISTRE_COURRIEL_EXPEDITEUR": "registre@exemple.fr",
        "REGISTRE_METRIQUES": "1",
        "SMTP_URL": "smtps://courriel.exemple.fr",
    }
    assert values.keys() == DOCUMENTATION.keys()
    settings = Settings.from_env(values)
    assert settings.database_url_migrations == "postgres://owner@db.example/registre"
    assert settings.origin() == settings.origin(demonstration=True) == "registre.exemple.fr/2026"
    assert (settings.master_key(), settings.secret()) == (b"k" * 32, b"s" * 32)
    assert settings.secure
    assert settings.public_url == "https://registre.exemple.fr"
    assert settings.metrics


def test_an_empty_variable_is_absent() -> None:
    assert Settings.from_env(dict.fromkeys(DOCUMENTATION, "")) == Settings.from_env({})


def test_migrations_default_to_the_same_role() -> None:
    settings = Settings.from_env(DATABASE)
    assert settings.database_url_migrations == settings.database_url == DATABASE["DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db.example"),
        ("DATABASE_URL_MIGRATIONS", "postgresql://db.example"),
        ("REGISTRE_ORIGINE", "deux mots"),
        ("REGISTRE_ORIGINE", "a+b"),
        ("REGISTRE_URL_PUBLIQUE", "registre.exemple.fr"),
        ("REGISTRE_METRIQUES", "oui"),
        ("SMTP_URL", "courriel.exemple.fr:25"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_the_embedded_default_makes_its_secrets_once_and_closed(tmp_path: Path) -> None:
    settings = embedded(tmp_path)
    key, secret = settings.master_key(), settings.secret()
    assert len(key) == len(secret) == 32
    assert key != secret
    assert (settings.master_key(), settings.secret()) == (key, secret)
    for path in settings.directory.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert settings.directory.stat().st_mode & 0o066 == 0


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    former = os.umask(umask)
    try:
        settings = embedded(tmp_path)
        settings.master_key()
    finally:
        os.umask(former)
    assert (settings.directory / "cle-maitre").stat().st_mode & 0o777 == 0o600
    assert settings.directory.stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)


def test_with_a_database_given_nothing_is_invented(tmp_path: Path) -> None:
    settings = embedded(tmp_path, **DATABASE)
    with pytest.raises(SettingsError, match=r"REGISTRE_CLE_MAITRE_FICHIER.*urandom"):
        settings.master_key()
    with pytest.raises(SettingsError, match=r"REGISTRE_SECRET_FICHIER.*urandom"):
        settings.secret()
    with pytest.raises(SettingsError, match=r"REGISTRE_ORIGINE=demo-[0-9a-f]{8}\.registre\.example/2026"):
        settings.origin(demonstration=True)
    assert not settings.directory.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings = embedded(tmp_path, REGISTRE_SECRET_FICHIER=str(key_file(tmp_path / "secret", mode=mode)))
    with pytest.raises(SettingsError, match="chmod 600"):
        settings.secret()


@pytest.mark.parametrize("content", [b"k" * 31, b"k" * 33, b""])
def test_a_secret_of_another_length_is_refused(tmp_path: Path, content: bytes) -> None:
    settings = embedded(tmp_path, REGISTRE_CLE_MAITRE_FICHIER=str(key_file(tmp_path / "cle", content)))
    with pytest.raises(SettingsError, match="32 octets"):
        settings.master_key()


def test_a_secret_that_is_not_text_is_refused(tmp_path: Path) -> None:
    place = key_file(tmp_path / "cle")
    place.write_bytes(bytes(range(200, 232)))
    with pytest.raises(SettingsError, match="32 octets"):
        embedded(tmp_path, REGISTRE_CLE_MAITRE_FICHIER=str(place)).master_key()


def test_a_given_secret_that_is_absent_is_not_made(tmp_path: Path) -> None:
    settings = embedded(tmp_path, REGISTRE_SECRET_FICHIER=str(tmp_path / "absent"))
    with pytest.raises(SettingsError, match="illisible"):
        settings.secret()
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(
    ("demonstration", "form"),
    [(True, r"demo-[0-9a-f]{8}\.registre\.example/2026"), (False, r"localhost-[0-9a-f]{8}/2026")],
)
def test_the_origin_is_drawn_once(tmp_path: Path, demonstration: bool, form: str) -> None:
    origin = embedded(tmp_path / "a").origin(demonstration)
    assert re.fullmatch(form, origin)
    assert embedded(tmp_path / "a").origin(demonstration) == origin
    assert embedded(tmp_path / "b").origin(demonstration) != origin


def test_the_origin_never_changes(tmp_path: Path) -> None:
    assert embedded(tmp_path, REGISTRE_ORIGINE="un.exemple.fr/2026").origin() == "un.exemple.fr/2026"
    assert embedded(tmp_path).origin() == "un.exemple.fr/2026"
    with pytest.raises(SettingsError, match="ne change pas"):
        embedded(tmp_path, REGISTRE_ORIGINE="deux.exemple.fr/2026").origin()


def test_many_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    settings = embedded(tmp_path)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(settings.master_key())) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert len(set(found)) == 1
    assert [path.name for path in settings.directory.iterdir()] == ["cle-maitre"]


def test_what_is_remembered_is_never_overwritten(tmp_path: Path) -> None:
    assert remember(tmp_path / "place", "first") == b"first\n"
    assert remember(tmp_path / "place", "second") == b"first\n"


def test_a_folder_out_of_reach_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="REGISTRE_DIR"):
        embedded(tmp_path).origin()
    with pytest.raises(SettingsError, match="REGISTRE_DIR"):
        embedded(tmp_path).secret()
