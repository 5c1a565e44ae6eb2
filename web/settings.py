"""Settings: the environment, one struct, nothing else; and the secrets kept in files beside the data."""

import base64
import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import msgspec

DOCUMENTATION: dict[str, str] = {
    "DATABASE_URL": "PostgreSQL (15 ou plus récent) de l'application ; absente : PostgreSQL embarqué dans REGISTRE_DIR",
    "DATABASE_URL_MIGRATIONS": "le même, sous le rôle qui possède les tables ; absente : DATABASE_URL",
    "REGISTRE_DIR": "dossier des données et des secrets ; par défaut .registre/",
    "REGISTRE_ORIGINE": "nom du journal, par exemple registre.exemple.fr/2026 ; ne change jamais ensuite",
    "REGISTRE_CLE_MAITRE_FICHIER": "fichier (mode 0600) de la clé maître des données effaçables ; 32 octets en base64",
    "REGISTRE_SECRET_FICHIER": "fichier (mode 0600) du secret des sessions et des codes ; 32 octets en base64",
    "REGISTRE_URL_PUBLIQUE": "adresse publique du site ; en https, cookies « Secure » et HSTS",
    "REGISTRE_COURRIEL_EXPEDITEUR": "adresse d'expédition des courriels",
    "REGISTRE_METRIQUES": "1 pour ouvrir /metrics (Prometheus)",
    "SMTP_URL": "serveur de courriel : smtp://, smtp+starttls:// ou smtps://[compte:mot-de-passe@]hôte[:port]",
}


class SettingsError(Exception):
    """A setting is missing or wrong (exit 2); the message, in French, names it and says what to do."""


class Settings(msgspec.Struct, frozen=True):
    """Every setting, as read from the environment (`DOCUMENTATION` says what each is)."""

    directory: Path
    database_url: str | None = None
    database_url_migrations: str | None = None
    given_origin: str | None = None
    master_key_file: Path | None = None
    secret_file: Path | None = None
    public_url: str = "http://127.0.0.1:8000"
    mail_sender: str = "registre@localhost"
    smtp_url: str | None = None
    metrics: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Reads the environment (an empty variable counts as absent); raises SettingsError."""
        given = {name: value for name in DOCUMENTATION if (value := env.get(name, "").strip())}
        database = _url(given, "DATABASE_URL", "postgresql", "postgres")
        migrations = _url(given, "DATABASE_URL_MIGRATIONS", "postgresql", "postgres")
        if migrations and not database:
            raise SettingsError("DATABASE_URL_MIGRATIONS est donnée sans DATABASE_URL : donnez les deux.")
        origin = given.get("REGISTRE_ORIGINE")
        return cls(
            directory=Path(given.get("REGISTRE_DIR", ".registre")).absolute(),
            database_url=database,
            database_url_migrations=migrations or database,
            given_origin=None if origin is None else _checked_origin(origin, "REGISTRE_ORIGINE"),
            master_key_file=_file(given, "REGISTRE_CLE_MAITRE_FICHIER"),
            secret_file=_file(given, "REGISTRE_SECRET_FICHIER"),
            public_url=(_url(given, "REGISTRE_URL_PUBLIQUE", "http", "https") or "http://127.0.0.1:8000").rstrip("/"),
            mail_sender=given.get("REGISTRE_COURRIEL_EXPEDITEUR", "registre@localhost"),
            smtp_url=_url(given, "SMTP_URL", "smtp", "smtp+starttls", "smtps"),
            metrics=_switch(given, "REGISTRE_METRIQUES"),
        )

    @property
    def secure(self) -> bool:
        """Whether the public site is https: `__Host-` cookies, `Secure`, HSTS."""
        return self.public_url.startswith("https://")

    def origin(self, demonstration: bool = False) -> str:
        """The origin of the log, chosen once: given, or remembered in REGISTRE_DIR/origine (with a random suffix)."""
        place = self.directory / "origine"
        if self.database_url is not None:
            if self.given_origin is None:
                raise SettingsError(
                    "DATABASE_URL est donnée sans REGISTRE_ORIGINE, le nom du journal ; par exemple :"
                    f" REGISTRE_ORIGINE={_fresh_origin(demonstration)}"
                )
            return self.given_origin
        found = remember(place, self.given_origin or _fresh_origin(demonstration))
        origin = _checked_origin(found.decode(errors="replace").strip(), str(place))
        if self.given_origin not in (None, origin):
            raise SettingsError(
                f"REGISTRE_ORIGINE vaut {self.given_origin}, mais ce registre s'appelle {origin} ({place}) :"
                " l'origine d'un journal ne change pas. Corrigez la variable, ou donnez un autre REGISTRE_DIR."
            )
        return origin

    def master_key(self) -> bytes:
        """The 32 bytes that wrap the keys of erasable values; lost, these values are lost."""
        return self._secret("REGISTRE_CLE_MAITRE_FICHIER", self.master_key_file, "cle-maitre")

    def secret(self) -> bytes:
        """The 32 bytes that sessions, links and codes derive from."""
        return self._secret("REGISTRE_SECRET_FICHIER", self.secret_file, "secret")

    def _secret(self, variable: str, given: Path | None, name: str) -> bytes:
        recipe = "(umask 077; head -c 32 /dev/urandom | base64 > FICHIER)"
        if given is None and self.database_url is not None:
            raise SettingsError(f"DATABASE_URL est donnée sans {variable}. Pour faire le fichier : {recipe}")
        place = given or self.directory / name
        if given is None:
            remember(place, base64.b64encode(secrets.token_bytes(32)).decode())
        try:
            mode, text = place.stat().st_mode, place.read_bytes()
        except OSError as error:
            raise SettingsError(f"{variable} : {place} est illisible ({error.strerror}).") from error
        try:
            value = base64.b64decode(text.strip(), validate=True)
        except ValueError:
            value = b""
        if mode & 0o077:
            raise SettingsError(f"{variable} : d'autres comptes peuvent lire {place}. Fermez-le : chmod 600 {place}")
        if len(value) != 32:
            raise SettingsError(f"{variable} : {place} doit contenir 32 octets en base64. Pour le faire : {recipe}")
        return value


def make_directory(directory: Path) -> Path:
    """Makes a folder of our own: closed, but root lets PostgreSQL's account pass (and not list). Left as found."""
    if not directory.exists():
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return directory


def remember(place: Path, fresh: str) -> bytes:
    """What the file says; first made with `fresh` when it is absent: whole, on disk, mode 0600, by one of us only."""
    try:
        if not place.exists():
            _create(place, fresh + "\n")
        return place.read_bytes()
    except OSError as error:
        raise SettingsError(f"REGISTRE_DIR : {place} est hors d'atteinte ({error.strerror}).") from error


def _create(place: Path, text: str) -> None:
    make_directory(place.parent)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        with contextlib.suppress(FileExistsError):  # another process was faster: its file is the one
            os.link(draft, place)
    finally:
        draft.unlink()
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fresh_origin(demonstration: bool) -> str:
    suffix = secrets.token_hex(4)
    return f"demo-{suffix}.registre.example/2026" if demonstration else f"localhost-{suffix}/2026"


def _checked_origin(origin: str, source: str) -> str:
    """A line of a signed note and a name of a key: no space, no plus (C2SP signed-note)."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./:_-]{0,199}", origin):
        raise SettingsError(f"{source} : « {origin} » n'est pas une origine comme registre.exemple.fr/2026.")
    return origin


def _url(given: Mapping[str, str], name: str, *schemes: str) -> str | None:
    value = given.get(name)
    if value is not None and urlsplit(value).scheme not in schemes:
        raise SettingsError(f"{name} doit être une adresse {' ou '.join(f'{scheme}://' for scheme in schemes)}…")
    return value


def _file(given: Mapping[str, str], name: str) -> Path | None:
    value = given.get(name)
    return None if value is None else Path(value).absolute()


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "0")
    if value not in ("0", "1"):
        raise SettingsError(f"{name} vaut 0 ou 1, pas « {value} ».")
    return value == "1"
