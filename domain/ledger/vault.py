"""The vault: erasable values, sealed under keys that can be destroyed (TRACE §3, RFC 9901)."""

import hashlib
import os
from base64 import urlsafe_b64decode
from binascii import b2a_base64
from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.event import Event

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
_URLSAFE = bytes.maketrans(b"+/", b"-_")


class WrongMasterKey(Exception):
    """A sealed value does not open: another master key wrote it, or its bytes were altered."""


class SealedField(msgspec.Struct, frozen=True):
    """One erasable value: its public digest, the key that opens it, its sealed disclosure."""

    digest: str
    key_id: UUID
    sealed: bytes


class SealedKey(msgspec.Struct, frozen=True):
    """A data key, wrapped by the master key; `scope` says what it covers."""

    key_id: UUID
    scope: str
    wrapped: bytes


def disclosure_digest(disclosure: bytes) -> str:
    """base64url(SHA-256(D)) without padding: what the entry lists in `_sd`."""
    return urlsafe(hashlib.sha256(disclosure).digest()).decode()


class Vault:
    """Seals and opens with a 32-byte master key that the database never sees."""

    def __init__(self, master: bytes) -> None:
        self._master = AESGCM(master)

    def seal(self, event: Event) -> tuple[list[SealedKey], list[SealedField]]:
        """A fresh key per scope, a fresh salt per field. Fields that are None are not committed to."""
        held = [(n, scope, value) for n, scope in event.PERSONAL.items() if (value := getattr(event, n)) is not None]
        scopes = {scope for _, scope, _ in held}
        size = len(scopes) * (KEY_BYTES + NONCE_BYTES + 16) + len(held) * (SALT_BYTES + NONCE_BYTES)
        draw = BytesIO(os.urandom(size)).read  # all at once: asking costs more than the bytes
        keys: dict[str, tuple[UUID, AESGCM]] = {}
        wrapped: list[SealedKey] = []
        fields: list[SealedField] = []
        for name, scope, value in held:
            if scope not in keys:
                key, key_id, nonce = draw(KEY_BYTES), UUID(bytes=draw(16), version=4), draw(NONCE_BYTES)
                keys[scope] = key_id, AESGCM(key)
                wrapped.append(SealedKey(key_id, scope, nonce + self._master.encrypt(nonce, key, key_id.bytes)))
            key_id, cipher = keys[scope]
            disclosure = urlsafe(msgspec.json.encode([urlsafe(draw(SALT_BYTES)).decode(), name, value]))
            digest, nonce = disclosure_digest(disclosure), draw(NONCE_BYTES)
            fields.append(SealedField(digest, key_id, nonce + cipher.encrypt(nonce, disclosure, digest.encode())))
        return wrapped, fields

    def open(self, key_id: UUID, wrapped: bytes, digest: str, sealed: bytes) -> bytes:
        """The disclosure D. Raises WrongMasterKey."""
        try:
            key = self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.bytes)
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], digest.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
            raise WrongMasterKey(digest) from error


def disclosed(disclosure: bytes) -> tuple[str, Any]:
    """Name and value of a disclosure."""
    _, name, value = msgspec.json.decode(urlsafe_decode(disclosure))
    return name, value


def urlsafe(data: bytes) -> bytes:
    """base64url without padding."""
    return b2a_base64(data, newline=False).translate(_URLSAFE).rstrip(b"=")


def urlsafe_decode(data: bytes) -> bytes:
    """base64url without padding, decoded."""
    return urlsafe_b64decode(data + b"=" * (-len(data) % 4))
