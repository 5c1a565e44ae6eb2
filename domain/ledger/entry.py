"""Entries: the bytes of a leaf, written once and never re-serialised (TRACE §1)."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from domain.ledger.event import Event, Recorded, decode_event

FORMAT = 1
MAX_BYTES = 16 * 1024

_encoder = msgspec.json.Encoder(order="sorted")


class EntryTooLarge(Exception):
    """The event does not fit in one entry of 16 KiB: it must be written in lots, or as an attachment."""


class Entry(msgspec.Struct, frozen=True):
    """A leaf, read: public fields, digests of the erasable ones, both dates (ISO strings as written)."""

    o: str
    v: int
    e: str
    s: str
    n: int
    d: msgspec.Raw
    survenu_le: str | None = None
    enregistre_le: str | None = None
    r: str | None = None
    sd: tuple[str, ...] = msgspec.field(default=(), name="_sd")
    sd_alg: str | None = msgspec.field(default=None, name="_sd_alg")
    pj: tuple[msgspec.Raw, ...] = ()


class _Told(msgspec.Struct, frozen=True, gc=False):
    """Of a leaf, what makes an event: the rest is not even read."""

    e: str
    s: str
    n: int
    d: msgspec.Raw
    survenu_le: str | None = None
    enregistre_le: datetime | None = None
    r: str | None = None


_decoder = msgspec.json.Decoder(Entry)
_told = msgspec.json.Decoder(_Told)
_public_fields: dict[type[Event], tuple[str, ...]] = {}


def public_fields(kind: type[Event]) -> tuple[str, ...]:
    """Names of the fields that an entry shows in clear."""
    fields = _public_fields.get(kind)
    if fields is None:
        hidden = {"survenu_le", "regle", *kind.PERSONAL}
        fields = _public_fields[kind] = tuple(f for f in kind.__struct_fields__ if f not in hidden)
    return fields


def encode_entry(
    event: Event, origin: str, stream: str, version: int, recorded_at: str, digests: Sequence[str]
) -> bytes:
    """Bytes of the leaf: JSON, UTF-8, NFC, sorted keys (RFC 8785 form), absent rather than null.

    `recorded_at` is UTC in whole seconds (`2026-11-21T08:00:00Z`). Raises EntryTooLarge.
    """
    shown = {f: v for f in public_fields(type(event)) if (v := getattr(event, f)) is not None}
    entry: dict[str, Any] = {
        "d": shown,
        "e": event.TOPIC,
        "n": version,
        "o": origin,
        "s": stream,
        "v": FORMAT,
    }
    if event.DATED:
        entry["enregistre_le"] = recorded_at
        entry["survenu_le"] = event.survenu_le or recorded_at
    if event.regle is not None:
        entry["r"] = event.regle
    if digests:
        entry["_sd"] = sorted(digests)
        entry["_sd_alg"] = "sha-256"
    state = _encoder.encode(entry)
    if not state.isascii():
        text = state.decode()
        if not unicodedata.is_normalized("NFC", text):
            state = unicodedata.normalize("NFC", text).encode()
    if len(state) > MAX_BYTES:
        raise EntryTooLarge(f"{event.TOPIC}: {len(state)} bytes")
    return state


def leaf_hash(state: bytes) -> bytes:
    """SHA-256(0x00 || entry), 32 bytes (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + state).digest()


def decode_entry(state: bytes) -> Entry:
    """The leaf, read. Raises msgspec.ValidationError or DecodeError on bytes that are not an entry."""
    return _decoder.decode(state)


def recorded(position: int, state: bytes) -> Recorded:
    """The event of a stored entry, current version, without its erasable fields. Raises UnknownEvent."""
    entry = _told.decode(state)
    event = decode_event(entry.e, entry.d)
    if entry.r is not None:
        msgspec.structs.force_setattr(event, "regle", entry.r)
    if entry.survenu_le is not None:
        when: Any = datetime if "T" in entry.survenu_le else date
        msgspec.structs.force_setattr(event, "survenu_le", when.fromisoformat(entry.survenu_le))
    return Recorded(position, entry.s, entry.n, entry.enregistre_le, event)


def timestamp(at: datetime) -> str:
    """UTC in whole seconds, as entries write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
