"""Streams as a decision sees them: read, decoded once, and remembered when they are only stood on."""

from collections.abc import Iterable

from domain.ledger.entry import recorded, timestamp
from domain.ledger.event import Event

MOST_STREAMS, MOST_EVENTS = 512, 64  # a few tens of megabytes at most


class BrokenStream(Exception):
    """An event of the stream is missing from the database: nothing is decided on what is left of it."""


class Stream:
    """What was read of a stream, then what the decisions of the same sitting add to it.

    `before` is its version before the batch that is being made; `last`, the recording time of the last event shown.
    """

    __slots__ = ("_events", "_states", "before", "last", "name")

    def __init__(self, name: str, states: Iterable[bytes] = ()) -> None:
        self.name, self.last = name, ""
        self._states, self._events = list(states), list[Event]()
        self.before = len(self._states)

    @property
    def version(self) -> int:
        return len(self._states)

    def add(self, states: Iterable[bytes]) -> None:
        """What a command decided."""
        self._states += states

    def events(self) -> list[Event]:
        """Its events. Raises BrokenStream, UnknownEvent."""
        for state in self._states[len(self._events) :]:
            fact = recorded(0, state)
            if fact.version != len(self._events) + 1:
                there, due = fact.version, len(self._events) + 1
                raise BrokenStream(f"{self.name}: version {there} stands where {due} should")
            if fact.recorded_at is not None:
                self.last = timestamp(fact.recorded_at)
            self._events.append(fact.event)
        return self._events


class Memory:
    """Streams that decisions stood on without writing them (an instance, a person's functions), the last used last.

    They may be out of date. It harms nothing as long as every act that stands on one is guarded by its version, and
    every refusal is told after a fresh read only (`domain.ledger.deciding`).
    """

    def __init__(self) -> None:
        self._streams: dict[str, Stream] = {}

    def recall(self, names: Iterable[str]) -> dict[str, Stream]:
        """Those of these streams that are remembered."""
        known = {name: self._streams.pop(name) for name in names if name in self._streams}
        self._streams |= known
        return known

    def keep(self, streams: Iterable[Stream]) -> None:
        """Remembers those that are short; forgets the ones that have not been used for longest."""
        self._streams |= {stream.name: stream for stream in streams if stream.version <= MOST_EVENTS}
        while len(self._streams) > MOST_STREAMS:
            del self._streams[next(iter(self._streams))]

    def forget(self, names: Iterable[str]) -> None:
        """These are about to be written, or were doubted."""
        for name in names:
            self._streams.pop(name, None)

    def clear(self) -> None:
        """Something moved, or the database was lost."""
        self._streams.clear()
