"""Migrations: once each, in order, whole or not at all, never altered."""

import threading
from pathlib import Path

import psycopg
import pytest

from web.database import MigrationError, migrate, open_urls
from web.embedded import Urls
from web.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE first (n int); INSERT INTO first VALUES (1);")
    (tmp_path / "0002_second.sql").write_text("ALTER TABLE first ADD COLUMN label text DEFAULT '100 %s';")
    (tmp_path / "__init__.py").write_text("")
    return tmp_path


def rows(urls: Urls) -> list[tuple[object, ...]]:
    with psycopg.connect(urls.migrations) as connection:
        return connection.execute("SELECT * FROM first").fetchall()


def test_once_each_in_order(empty_database: Urls, folder: Path) -> None:
    assert migrate(empty_database.migrations, folder) == ["0001_first.sql", "0002_second.sql"]
    assert migrate(empty_database.migrations, folder) == []
    (folder / "0003_third.sql").write_text("INSERT INTO first VALUES (3);")
    assert migrate(empty_database.migrations, folder) == ["0003_third.sql"]
    assert rows(empty_database) == [(1, "100 %s"), (3, "100 %s")]


def test_an_altered_one_is_refused(empty_database: Urls, folder: Path) -> None:
    migrate(empty_database.migrations, folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE first (n bigint);")
    (folder / "0003_third.sql").write_text("DROP TABLE first;")
    with pytest.raises(MigrationError, match=r"0001_first\.sql a changé"):
        migrate(empty_database.migrations, folder)
    assert rows(empty_database) == [(1, "100 %s")]


def test_an_older_program_is_refused(empty_database: Urls, folder: Path) -> None:
    migrate(empty_database.migrations, folder)
    (folder / "0002_second.sql").unlink()
    with pytest.raises(MigrationError, match=r"0002_second\.sql, pas ce programme"):
        migrate(empty_database.migrations, folder)


def test_one_slipped_in_between_is_refused(empty_database: Urls, folder: Path) -> None:
    migrate(empty_database.migrations, folder)
    (folder / "0001_late.sql").write_text("SELECT 1;")
    with pytest.raises(MigrationError, match=r"0001_late\.sql vient avant 0002_second\.sql"):
        migrate(empty_database.migrations, folder)


def test_a_faulty_one_leaves_nothing(empty_database: Urls, folder: Path) -> None:
    (folder / "0002_second.sql").write_text("INSERT INTO first VALUES (2); SELECT 1 / 0;")
    with pytest.raises(MigrationError, match=r"0002_second\.sql a échoué.*division by zero"):
        migrate(empty_database.migrations, folder)
    assert rows(empty_database) == [(1,)]
    (folder / "0002_second.sql").write_text("INSERT INTO first VALUES (2);")
    assert migrate(empty_database.migrations, folder) == ["0002_second.sql"]


def test_many_at_once(empty_database: Urls, folder: Path) -> None:
    applied: list[str] = []
    threads = [
        threading.Thread(target=lambda: applied.extend(migrate(empty_database.migrations, folder))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert applied == ["0001_first.sql", "0002_second.sql"]


def test_the_application_cannot_alter_what_was_migrated(database: Urls) -> None:
    assert migrate(database.migrations) == []
    with psycopg.connect(database.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM public.migrations")


def test_one_role_for_everything_is_enough(empty_database: Urls) -> None:
    """An external database may come with a single role, which owns it."""
    assert "0001_ledger.sql" in migrate(empty_database.migrations)


def test_given_urls_start_no_server(database: Urls, tmp_path: Path) -> None:
    given = {"DATABASE_URL": database.app, "REGISTRE_DIR": str(tmp_path / "data")}
    with open_urls(Settings.from_env(given)) as urls:
        assert urls == Urls(database.app, database.app)
    with open_urls(Settings.from_env(given | {"DATABASE_URL_MIGRATIONS": database.migrations})) as urls:
        assert urls == database
    assert not (tmp_path / "data").exists()
