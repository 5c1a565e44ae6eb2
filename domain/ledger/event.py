"""Events: facts that were written once, their pinned names, and how older writings are read."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha1
from typing import Any, ClassVar
from uuid import UUID

import msgspec

NAMESPACE = UUID("0f7f1a52-6c1e-5d5b-9a43-8f0c6d2b7e11")

TOPICS: dict[str, type["Event"]] = {}

# Older topic -> function of the older payload to (next topic, next payload). Pure; applied until it is current.
UPCASTS: dict[str, Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]] = {}


class UnknownEvent(Exception):
    """The ledger holds a topic that this version of the program does not know."""


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact. TOPIC is its name in the ledger and never changes; PERSONAL maps erasable fields to their scope.

    A scope is what one data key covers: `contribution` for a free text, otherwise the person's part in the
    dossier (`auteur`, `aidant`). Erasable fields are absent from the entry, therefore `None` when erased or
    unread, and no rule may depend on them. DATED is False for facts about ballots: their entry has no date, so
    that nobody learns when somebody voted.
    """

    TOPIC: ClassVar[str]
    DATED: ClassVar[bool] = True
    PERSONAL: ClassVar[Mapping[str, str]] = {}

    survenu_le: date | None = None  # a datetime (which is a date) where the hour matters
    regle: str | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        topic = cls.__dict__.get("TOPIC")
        if topic is None:
            raise TypeError(f"{cls.__name__} has no TOPIC of its own")
        if TOPICS.setdefault(topic, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"{topic} is taken by {TOPICS[topic].__qualname__}")
        TOPICS[topic] = cls


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """An event as the ledger has it. `position` counts from 1; `recorded_at` is UTC, None for ballot batches."""

    position: int
    stream: str
    version: int
    recorded_at: datetime | None
    event: Event


@lru_cache(maxsize=65_536)
def stream_key(stream: str) -> bytes:
    """The 16 bytes of a stream's identifier (RFC 9562, version 5): the same words always give the same ones."""
    digest = sha1(NAMESPACE.bytes + stream.encode(), usedforsecurity=False).digest()
    return b"%b%c%b%c%b" % (digest[:6], digest[6] & 0x0F | 0x50, digest[7:8], digest[8] & 0x3F | 0x80, digest[9:16])


def stream_id(stream: str) -> UUID:
    """Identifier of a stream."""
    return UUID(bytes=stream_key(stream))


_decoders: dict[str, msgspec.json.Decoder[Event]] = {}


def decode_event(topic: str, payload: bytes | msgspec.Raw) -> Event:
    """The event of this topic. Raises UnknownEvent, or msgspec.ValidationError on a payload that does not fit."""
    decoder = _decoders.get(topic)
    if decoder is None:
        if topic in UPCASTS:
            return _upcast(topic, payload)
        if topic not in TOPICS:
            raise UnknownEvent(topic)
        decoder = _decoders[topic] = msgspec.json.Decoder(TOPICS[topic])
    return decoder.decode(payload)


def _upcast(topic: str, payload: bytes | msgspec.Raw) -> Event:
    content = msgspec.json.decode(payload)
    while topic in UPCASTS:
        topic, content = UPCASTS[topic](content)
    if topic not in TOPICS:
        raise UnknownEvent(topic)
    return msgspec.convert(content, TOPICS[topic])
