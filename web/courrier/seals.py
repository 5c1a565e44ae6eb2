"""Addresses and mails at rest: AES-256-GCM under keys that derive from the master key, which is not in the database."""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.ledger.vault import NONCE_BYTES, WrongMasterKey
from web.settings import Settings


class Seals:
    """Seals, opens, and recognises an address without reading it."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(_derived(master, b"registre/web/sceau/1"))
        self._mac = _derived(master, b"registre/web/adresse/1")

    def seal(self, content: bytes, context: bytes) -> bytes:
        """The content, sealed; it opens with the same `context` (what it belongs to) only."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """The content. Raises WrongMasterKey."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
        except InvalidTag as error:
            raise WrongMasterKey("web") from error

    def digest(self, courriel: str) -> bytes:
        """HMAC-SHA256 of an address, whatever its capitals: the same one is found again."""
        return hmac.new(self._mac, courriel.casefold().encode(), hashlib.sha256).digest()


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(master)


@lru_cache(maxsize=4)
def seals(settings: Settings) -> Seals:
    """The seals of this installation; the master key's file is read once."""
    return Seals(settings.master_key())
