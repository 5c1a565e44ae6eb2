"""Key files in REGISTRE_DIR: the log's (held by the signer alone) and that of promises (held by the web server)."""

import os
from pathlib import Path

from projections.notes import NoteRefused, SigningKey, VerifierKey, promise_name
from web.settings import SettingsError, remember

SIGNER = "signataire"
PUBLIC = "cle-publique"


def signing_key(place: Path, name: str) -> SigningKey:
    """The key in this file (mode 0600), made on first use; it must bear this name. Raises SettingsError."""
    text = remember(place, SigningKey.generate(name).secret).decode(errors="replace")
    if place.stat().st_mode & 0o077:
        raise SettingsError(f"D'autres comptes peuvent lire {place}. Fermez-le : chmod 600 {place}")
    try:
        key = SigningKey.parse(text)
    except NoteRefused as error:
        raise SettingsError(f"{place} n'est pas une clé de signature ({error}).") from error
    if key.name != name:
        raise SettingsError(f"{place} est la clé de « {key.name} », ce journal demande celle de « {name} ».")
    return key


def log_key(directory: Path, origin: str) -> SigningKey:
    """The key of checkpoints; its public half is published beside it, for the web server and the exports."""
    key = signing_key(directory / SIGNER / "cle", origin)
    text = f"{key.verifier}\n".encode()
    if remember(directory / SIGNER / PUBLIC, str(key.verifier)) != text:
        raise SettingsError(f"{directory / SIGNER / PUBLIC} n'est pas la clé publique de {directory / SIGNER / 'cle'}.")
    return key


def has_log_key(directory: Path) -> bool:
    """Whether a signer of this folder has ever signed."""
    return (directory / SIGNER / "cle").exists()


def published_key(directory: Path) -> VerifierKey | None:
    """The verifier key of checkpoints; None before the first one."""
    try:
        return VerifierKey.parse((directory / SIGNER / PUBLIC).read_text())
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, NoteRefused) as error:
        raise SettingsError(f"{directory / SIGNER / PUBLIC} est illisible ({error}).") from error


def promise_key(directory: Path, origin: str) -> SigningKey:
    """The key of promises, made on first use."""
    return signing_key(directory / "promesse" / "cle", promise_name(origin))


def write_durably(place: Path, data: bytes) -> None:
    """Replaces a file (mode 0600): whole and on disk before this returns, the former one until then."""
    draft = place.with_name(f"{place.name}.nouveau")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
