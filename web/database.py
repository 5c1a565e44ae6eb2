"""Where the database is, and its migrations: each file once, in order, never altered afterwards."""

import contextlib
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import psycopg

from web.embedded import Urls, embedded_server
from web.settings import Settings, SettingsError

MIGRATIONS = files("migrations")
LOCK = 0x5265676973747265  # "Registre": one migration at a time


# Neither a restored dump nor a copied database carries the rights on the database itself: given each time.
GRANT = """DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registre_app') THEN
        EXECUTE format('GRANT CREATE ON DATABASE %I TO registre_app', current_database());
    END IF;
END $$"""


class MigrationError(SettingsError):
    """The database and the migrations do not go together; the message, in French, says which file."""


@contextlib.contextmanager
def open_urls(settings: Settings) -> Iterator[Urls]:
    """The addresses given by DATABASE_URL, or those of the embedded server, which runs meanwhile."""
    if settings.database_url is None:
        with embedded_server(settings.directory) as urls:
            yield urls
    else:
        yield Urls(settings.database_url, settings.database_url_migrations or settings.database_url)


def migrate(url: str, folder: Traversable | Path = MIGRATIONS) -> list[str]:
    """Applies the missing files of the folder, one transaction each; returns their names. Raises MigrationError."""
    scripts = {
        f.name: f.read_bytes() for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".sql")
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        if connection.execute("SELECT to_regclass('public.migrations')").fetchone() == (None,):
            connection.execute(
                "CREATE TABLE public.migrations (name text PRIMARY KEY, sha256 text NOT NULL,"
                " applied_at timestamptz NOT NULL DEFAULT now())"
            )
        known = connection.execute("SELECT name, sha256 FROM public.migrations ORDER BY name").fetchall()
        applied: dict[str, str] = dict(known)
        _compare(applied, scripts)
        missing = [name for name in scripts if name not in applied]
        for name in missing:
            try:
                with connection.transaction():
                    connection.execute(scripts[name], prepare=False)
                    connection.execute(
                        "INSERT INTO public.migrations (name, sha256) VALUES (%s, %s)", (name, _digest(scripts[name]))
                    )
            except psycopg.Error as error:
                raise MigrationError(f"{name} a échoué, rien n'en est resté : {error}") from error
        connection.execute(GRANT)
        return missing


def _compare(applied: dict[str, str], scripts: dict[str, bytes]) -> None:
    for name, digest in applied.items():
        if name not in scripts:
            raise MigrationError(
                f"La base connaît la migration {name}, pas ce programme : il est plus ancien qu'elle. Mettez-le à jour."
            )
        if _digest(scripts[name]) != digest:
            raise MigrationError(
                f"{name} a changé depuis son application : une migration ne se corrige pas, une autre la suit."
            )
    late = [name for name in scripts if name not in applied and applied and name < max(applied)]
    if late:
        raise MigrationError(f"{late[0]} vient avant {max(applied)}, déjà appliquée : donnez-lui un numéro suivant.")


def _digest(script: bytes) -> str:
    return hashlib.sha256(script).hexdigest()
