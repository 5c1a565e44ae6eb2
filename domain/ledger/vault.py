"""The vault: erasable values, sealed under keys that can be destroyed (TRACE §3, RFC 9901)."""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from uuid import UUID, uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.event import Event

SALT_BYTES = 16
NONCE_BYTES = 12


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
    return urlsafe_b64encode(hashlib.sha256(disclosure).digest()).rstrip(b"=").decode()


class Vault:
    """Seals and opens with a 32-byte master key that the database never sees."""

    def __init__(self, master: bytes) -> None:
        self._master = AESGCM(master)

    def seal(self, event: Event) -> tuple[list[SealedKey], list[SealedField]]:
        """A fresh key per scope, a fresh salt per field. Fields that are None are not committed to."""
        keys: dict[str, tuple[UUID, AESGCM]] = {}
        wrapped: list[SealedKey] = []
        fields: list[SealedField] = []
        for name, scope in event.PERSONAL.items():
            value = getattr(event, name)
            if value is None:
                continue
            if scope not in keys:
                key, key_id, nonce = AESGCM.generate_key(bit_length=256), uuid4(), os.urandom(NONCE_BYTES)
                keys[scope] = key_id, AESGCM(key)
                sealed_key = nonce + self._master.encrypt(nonce, key, key_id.bytes)
                wrapped.append(SealedKey(key_id, scope, sealed_key))
            key_id, cipher = keys[scope]
            salt = urlsafe_b64encode(os.urandom(SALT_BYTES)).rstrip(b"=").decode()
            disclosure = urlsafe_b64encode(msgspec.json.encode([salt, name, value])).rstrip(b"=")
            digest, nonce = disclosure_digest(disclosure), os.urandom(NONCE_BYTES)
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


def urlsafe_decode(data: bytes) -> bytes:
    """base64url without padding, decoded."""
    return urlsafe_b64decode(data + b"=" * (-len(data) % 4))
