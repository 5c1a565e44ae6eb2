"""Sealed tokens: what the server gives to a browser and reads back later, closed to everyone else, for a short time."""

import hashlib
import hmac
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
STAMP_BYTES = 8


def seal(secret: bytes, purpose: str, content: bytes, now: float | None = None) -> str:
    """AES-256-GCM over the content and its time, in base64url; a token of one purpose opens nothing else."""
    stamp = int(time.time() if now is None else now).to_bytes(STAMP_BYTES, "big")
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(secret, purpose).encrypt(nonce, stamp + content, purpose.encode())
    return urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()


def unseal(secret: bytes, purpose: str, token: str, seconds: int, now: float | None = None) -> bytes | None:
    """The content, or None when the token is forged, altered, of another purpose or older than `seconds`."""
    try:
        data = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        opened = _cipher(secret, purpose).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], purpose.encode())
    except (ValueError, InvalidTag):
        return None
    age = (time.time() if now is None else now) - int.from_bytes(opened[:STAMP_BYTES], "big")
    return opened[STAMP_BYTES:] if -60 <= age <= seconds else None


@lru_cache(maxsize=16)
def _cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(hmac.new(secret, b"jeton\0" + purpose.encode(), hashlib.sha256).digest())
