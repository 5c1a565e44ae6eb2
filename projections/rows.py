"""Rows: what projections are made of, in memory while handlers run, in tables the rest of the time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import msgspec

from domain.calendrier import jour
from domain.ledger.event import Event, Recorded

FOLDER = Path(__file__).parent

R = TypeVar("R", bound="Row")
Key = str | int
Handler = Callable[[Any, Recorded, "Rows"], None]
Reveal = Callable[[int], dict[str, Any]]


def legal_day(fact: Recorded) -> date:
    """The day in Paris of a dated event: when it happened, else when it was recorded."""
    moment = fact.event.survenu_le or fact.recorded_at
    assert moment is not None
    return jour(moment)


class Row(msgspec.Struct, kw_only=True, gc=False):
    """One row of TABLE, whose primary key is the column KEY. Lists and dicts are `jsonb` columns."""

    TABLE: ClassVar[str]
    KEY: ClassVar[str]

    @property
    def key(self) -> Key:
        value: Key = getattr(self, self.KEY)
        return value


class Rows:
    """The rows that a batch of events may touch. `get` finds only what was loaded or put before.

    `entry` holds the bytes of the event being handled; `reveal(position)` its erasable values that still exist.
    """

    def __init__(self, reveal: Reveal | None = None) -> None:
        self._rows: dict[type[Row], dict[Key, Row | None]] = defaultdict(dict)
        self.dirty: dict[type[Row], dict[Key, Row | None]] = defaultdict(dict)
        self.reveal: Reveal = reveal or (lambda position: {})
        self.entry = b""

    def load(self, rows: Iterable[Row]) -> None:
        """Rows as they stand in the tables."""
        for row in rows:
            self._rows[type(row)][row.key] = row

    def get(self, kind: type[R], key: Key) -> R | None:
        """The row, or None. A row that is changed must be `put` back."""
        return self._rows[kind].get(key)  # type: ignore[return-value]  # filed under its own type

    def put(self, row: Row) -> None:
        """Writes this row when the batch ends."""
        kind = type(row)
        key = getattr(row, kind.KEY)
        self._rows[kind][key] = self.dirty[kind][key] = row

    def delete(self, kind: type[Row], key: Key) -> None:
        """Removes this row when the batch ends."""
        self._rows[kind][key] = self.dirty[kind][key] = None

    def all(self, kind: type[R]) -> list[R]:
        """Every row of this kind that is here: for pages that fold a few events in memory."""
        return [row for row in self._rows[kind].values() if row is not None]  # type: ignore[misc]


class Batch:
    """Events that are handled together, in order: `sorts` are the stream family (`avis/`) and the kind of each one.

    `of_kind` and `streams` sort them once for all projections: by kind, and the streams of each family.
    """

    def __init__(self, facts: Sequence[Recorded]) -> None:
        self.facts = facts
        self.sorts = [(fact.stream[: fact.stream.index("/") + 1], type(fact.event)) for fact in facts]
        self.of_kind: dict[type[Event], list[Recorded]] = defaultdict(list)
        self.streams: dict[str, set[str]] = defaultdict(set)
        for fact, (family, kind) in zip(facts, self.sorts, strict=True):
            self.of_kind[kind].append(fact)
            self.streams[family].add(fact.stream)


def handles(*kinds: type[Event]) -> Callable[[Handler], Handler]:
    """Marks a method as the handler of these events."""

    def mark(method: Handler) -> Handler:
        method.handles = kinds  # type: ignore[attr-defined]  # read once, by Projection
        return method

    return mark


class Projection:
    """A named set of tables and the handlers that fill them. SQL in `projections/<NAME>.sql`, unqualified names.

    `keys` names the rows that the handlers of an event may `get`. A projection that needs erasable values says
    REVEALS; those of the event itself are always there, `reveals` names the older positions it will ask for.
    With FLUX (`avis/`), it takes the events of these streams only, and its first kind of row is one a stream.
    """

    NAME: ClassVar[str]
    ROWS: ClassVar[tuple[type[Row], ...]]
    REVEALS: ClassVar[bool] = False
    FLUX: ClassVar[str] = ""

    def __init__(self) -> None:
        self.handlers: dict[type[Event], list[Handler]] = {}
        for method in vars(type(self)).values():
            for kind in getattr(method, "handles", ()):
                self.handlers.setdefault(kind, []).append(method)

    def script(self) -> bytes:
        """The SQL that makes the tables."""
        return (FOLDER / f"{self.NAME}.sql").read_bytes()

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        """Rows to load before this event is handled."""
        return ()

    def wanted(self, batch: Batch) -> Iterable[tuple[type[Row], Key]]:
        """Rows to load before a batch: those of its streams, or of the events that have a handler."""
        if self.FLUX:
            return [(self.ROWS[0], stream[len(self.FLUX) :]) for stream in batch.streams.get(self.FLUX, ())]
        handled = (facts for kind, facts in batch.of_kind.items() if kind in self.handlers)
        return chain.from_iterable(map(self.keys, chain.from_iterable(handled)))

    def reveals(self, fact: Recorded, rows: Rows) -> Iterable[int]:
        """Older positions whose erasable values the handlers of this event read; `rows` are as before the batch."""
        return ()

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """Hands the event to its handlers."""
        for handler in self.handlers.get(type(fact.event), ()):
            handler(self, fact, rows)

    def apply_all(self, facts: Sequence[Recorded], entries: Sequence[bytes], rows: Rows) -> None:
        """Overridden, instead of handlers, by a projection that takes a whole batch at once, in order."""
