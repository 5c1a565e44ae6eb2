"""Commands: one decision each."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from domain.ledger.event import Event


@dataclass
class Command:
    """One decision: the streams it reads, what it must know of them, the rules, the events it writes.

    Commands are dataclasses; fields declared with `init=False` are what they remember. A command is decided on
    a fresh copy each time, because it is decided again when what it read has moved.
    """

    reference: str = field(default="", init=False)

    def series(self) -> str | None:
        """Series that numbers the new dossier (`GEPI-2026`); `reference` is then set before `reads`."""
        return None

    def reads(self) -> list[str]:
        """Streams whose every event is shown to `know`; the first one receives the new events.

        Where `series` numbers a new dossier, the first one is the new dossier's and nobody has written to it.
        """
        raise NotImplementedError

    def know(self, event: Event) -> None:
        """Remember what the rules need."""

    def decide(self) -> Iterable[Event]:
        """Refuse (RegleViolee) or return the events to write."""
        raise NotImplementedError


def afresh(command: Command) -> Command:
    """The same command, which remembers nothing (`dataclasses.replace`, for a third of its time)."""
    kind: Any = type(command)
    found: Command = kind(**{name: getattr(command, name) for name in _asked(kind)})
    return found


@cache
def _asked(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)
