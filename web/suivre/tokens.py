"""Signed links: the identifier of a subscription and what the link may do with it. No account, nothing stored."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from binascii import Error
from typing import Literal
from uuid import UUID

from domain.ledger.vault import urlsafe_decode

Purpose = Literal["confirmer", "gerer"]
MAC_BYTES = 16


def sign(secret: bytes, purpose: Purpose, subscription: UUID) -> str:
    """43 characters of base64url."""
    return urlsafe_b64encode(subscription.bytes + _mac(secret, purpose, subscription.bytes)).rstrip(b"=").decode()


def read(secret: bytes, purpose: Purpose, token: str) -> UUID | None:
    """The subscription that this link is about, or None when it was not signed here for this purpose."""
    try:
        content = urlsafe_decode(token.encode("ascii"))
    except (Error, ValueError):
        return None
    subscription, mac = content[:16], content[16:]
    if len(subscription) != 16 or not hmac.compare_digest(mac, _mac(secret, purpose, subscription)):
        return None
    return UUID(bytes=subscription)


def _mac(secret: bytes, purpose: Purpose, subscription: bytes) -> bytes:
    return hmac.new(secret, b"registre/suivre/1\0" + purpose.encode() + subscription, hashlib.sha256).digest()[
        :MAC_BYTES
    ]
