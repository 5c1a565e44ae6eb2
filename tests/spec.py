"""given(stream, facts).when(command).then(facts) or .refused(rule).

Facts pass through the bytes of an entry, so that a command knows only what the ledger would show it. A given fact
outside the streams that the command reads fails the test: the command would not have seen it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from domain.errors import RegleViolee
from domain.law import REGLES
from domain.ledger.command import Command
from domain.ledger.entry import encode_entry, recorded, timestamp
from domain.ledger.event import Event

R = TypeVar("R", bound=RegleViolee)
ORIGIN = "essai.registre.example/2026"
NOW = timestamp(datetime(2026, 6, 15, 9, 0, tzinfo=UTC))


def as_read(event: Event, stream: str, version: int) -> Event:
    """The fact as the ledger gives it back: without its erasable fields."""
    return recorded(version, encode_entry(event, ORIGIN, stream, version, NOW, [])).event


class given:
    """Facts of one stream; `.and_given(stream, facts)` adds another stream's."""

    def __init__(self, stream: str = "", *facts: Event) -> None:
        self.streams: dict[str, list[Event]] = {}
        if stream:
            self.and_given(stream, *facts)

    def and_given(self, stream: str, *facts: Event) -> "given":
        known = self.streams.setdefault(stream, [])
        known += [as_read(fact, stream, len(known) + n) for n, fact in enumerate(facts, start=1)]
        return self

    def when(self, command: Command) -> "Decision":
        return Decision(self.streams, command)


class Decision:
    """A command in front of what it was given."""

    def __init__(self, streams: dict[str, list[Event]], command: Command) -> None:
        self.streams, self.command = streams, command

    def decided(self) -> list[Event]:
        """The facts it writes, or the refusal it raises; decided twice, as the ledger may do."""
        first, second = self._decide(), self._decide()
        assert first == second, "a command must decide the same from the same facts"
        return first

    def _decide(self) -> list[Event]:
        command = replace(self.command)
        series = command.series()
        if series is not None:
            command.reference = f"{series}-{1 + self._filed(series):04d}"
        streams = command.reads()
        unread = [stream for stream, facts in self.streams.items() if facts and stream not in streams]
        assert not unread, f"{type(command).__name__} does not read {unread}: it reads {streams}"
        assert len(set(streams)) == len(streams), f"a stream is read twice: {streams}"
        for stream in streams:
            for fact in self.streams.get(stream, []):
                command.know(fact)
        decided = list(command.decide())
        assert decided, "a command writes at least one fact"
        for n, event in enumerate(decided, start=len(self.streams.get(streams[0], [])) + 1):
            _is_readable(event, streams[0], n)
        return decided

    def _filed(self, series: str) -> int:
        return sum(stream.rsplit("/")[-1].startswith(f"{series}-") for stream in self.streams)

    def then(self, *expected: Event) -> None:
        assert self.decided() == list(expected)

    def refusal(self) -> RegleViolee | None:
        """The refusal, whichever it is, or None."""
        try:
            self._decide()
        except RegleViolee as refusal:
            return refusal
        return None

    def refused(self, rule: type[R], *words: str) -> R:
        """Refused by exactly this rule, with these words in the message; a refusal says all it must."""
        refusal = self.refusal()
        assert type(refusal) is rule, f"{type(refusal).__name__}: {refusal}"
        says_all(refusal, words)
        return refusal


def says_all(refusal: RegleViolee, words: Sequence[str] = ()) -> None:
    """A message, a published ground, and what to do, in French and without a trailing space."""
    message = str(refusal)
    assert REGLES[refusal.fondement.id] is refusal.fondement
    assert (message and message[0] in "«") or message[0].isupper() or message[0].isdigit(), message
    assert message[-1] in ".?!» " or message[-1].isalnum(), message
    assert refusal.conseil.strip() and refusal.status in (403, 404, 409, 422)
    for word in words:
        assert word in message, message


def _is_readable(event: Event, stream: str, version: int) -> None:
    """What is written can be read back: types, sizes, names."""
    public = dict.fromkeys(event.PERSONAL)
    assert as_read(event, stream, version) == msgspec.structs.replace(event, **public)
