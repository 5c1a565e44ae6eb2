"""One round of decisions: the streams of all waiting commands in one read, then each command in turn.

A later command of the round sees what the earlier ones decided, so that a thousand commands on one stream
fit in a few transactions. Nobody is answered before the round is committed.
"""

import asyncio
from dataclasses import replace
from datetime import datetime

import msgspec

from domain.ledger import store
from domain.ledger.command import Command
from domain.ledger.entry import decode_entry, leaf_hash, recorded, timestamp
from domain.ledger.event import Event, stream_key
from domain.ledger.store import Batch, Connection, Once
from domain.ledger.vault import Vault

MAX_BYTES = 1_000_000


class Act(msgspec.Struct, frozen=True):
    """A filed act: its events stand at positions `first`..`position`; `leaf_hash` is the first one's, 32 bytes."""

    stream: str
    first: int
    position: int
    leaf_hash: bytes
    replayed: bool = False

    @property
    def reference(self) -> str:
        """What people call the dossier (`GEPI-2026-0087`): the last part of its stream's name."""
        return self.stream.rsplit("/", 1)[-1]

    @property
    def index(self) -> int:
        """Leaf index of the first event, from 0: what proofs and receipts name."""
        return self.first - 1


class KeyReused(Exception):
    """The idempotency key already came with another content."""


class BrokenStream(Exception):
    """An event of the stream is missing from the database: nothing is decided on what is left of it."""


class Pending:
    """A command that waits for its answer. Raises what its command does when it is malformed."""

    __slots__ = ("answer", "command", "once", "reads", "series")

    def __init__(self, command: Command, once: Once | None, answer: asyncio.Future[Act]) -> None:
        self.command, self.once, self.answer = command, once, answer
        self.series = command.series()
        streams = command.reads()
        self.reads = streams[1:] if self.series else streams  # what can be read before its number is known


class Round:
    """What was decided: the batch to append, the answers to give once it is, and what did not fit."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.acts: list[tuple[Pending, Act]] = []  # positions relative to the size before the batch
        self.replays: list[tuple[Pending, Act]] = []
        self.refusals: list[tuple[Pending, Exception]] = []
        self.left: list[Pending] = []

    def answer(self, base: int) -> None:
        """Tells every command what became of it; `base` is the size of the log before the batch."""
        for pending, act in self.acts:
            done = msgspec.structs.replace(act, first=base + act.first, position=base + act.position)
            self._tell(pending, done)
        for pending, act in self.replays:
            self._tell(pending, act)
        for pending, error in self.refusals:
            if not pending.answer.done():
                pending.answer.set_exception(error)

    @staticmethod
    def _tell(pending: Pending, act: Act) -> None:
        if not pending.answer.done():  # its caller may have gone away
            pending.answer.set_result(act)


class _Known:
    """Streams during a round: as read, then as the round's own decisions add to them."""

    def __init__(self, rows: dict[str, list[tuple[int, bytes]]]) -> None:
        self._states = {stream: [state for _, state in found] for stream, found in rows.items()}
        self._events: dict[str, list[Event]] = {}
        self.read = {stream: len(states) for stream, states in self._states.items()}
        self.last: dict[str, str] = {}

    def open_empty(self, stream: str) -> None:
        """A stream whose number was just drawn: it has no event yet."""
        if stream not in self._states:
            self._states[stream], self.read[stream] = [], 0

    def version(self, stream: str) -> int:
        return len(self._states[stream])

    def events(self, stream: str) -> list[Event]:
        states, events = self._states[stream], self._events.setdefault(stream, [])
        while len(events) < len(states):
            fact = recorded(0, states[len(events)])
            if fact.version != len(events) + 1:
                raise BrokenStream(f"{stream}: version {fact.version} stands where {len(events) + 1} should")
            if fact.recorded_at is not None:
                self.last[stream] = timestamp(fact.recorded_at)
            events.append(fact.event)
        return events

    def add(self, stream: str, states: list[bytes]) -> None:
        self._states[stream] += states


async def decide(
    connection: Connection,
    waiting: list[Pending],
    origin: str,
    vault: Vault,
    now: datetime,
    numbers: dict[str, int],
    held: bool,
) -> Round:
    """Decides all that fits in one batch. `numbers` are the last numbers of the series as this process knows
    them (read when missing); `held` says that the head is locked, so that what is read cannot move."""
    once = [pending.once.key for pending in waiting if pending.once is not None]
    seen = await store.seen(connection, once) if held and once else {}
    drawn = await _numbers(connection, waiting, numbers)
    known = _Known(await store.read(connection, {stream for pending in waiting for stream in pending.reads}))
    done = Round(Batch(origin, vault, timestamp(now)))
    answered: dict[bytes, Pending] = {}
    refused: list[tuple[Pending, Exception]] = []
    for place, pending in enumerate(waiting):
        if done.batch.size > MAX_BYTES:
            done.left = waiting[place:]
            break
        key = pending.once.key if pending.once else None
        if key is not None and (key in seen or key in answered):
            if key not in seen:  # the same form twice in one round: the second waits for the next one
                done.left.append(pending)
            continue
        mark = done.batch.mark()
        try:
            act = _decide_one(replace(pending.command), pending.series, known, done.batch, drawn)
        except Exception as error:
            done.batch.rewind(mark)
            refused.append((pending, error))
            continue
        if pending.once is not None:
            answered[pending.once.key] = pending
            done.batch.once.append((pending.once, act.first, act.position))
        done.acts.append((pending, act))
    await _replay(connection, done, waiting, refused, seen)
    return done


async def _numbers(connection: Connection, waiting: list[Pending], known: dict[str, int]) -> dict[str, int]:
    series = {pending.series for pending in waiting if pending.series}
    if missing := series - known.keys():
        known.update(await store.counters(connection, missing))
    return {s: known[s] for s in series}


def _decide_one(command: Command, series: str | None, known: _Known, batch: Batch, numbers: dict[str, int]) -> Act:
    if series:
        command.reference = f"{series}-{numbers[series] + 1:04d}"
    streams = command.reads()
    home = streams[0]
    if series:
        known.open_empty(home)
    for stream in streams:
        for event in known.events(stream):
            command.know(event)
    events = list(command.decide())
    version, first = known.version(home), len(batch.states) + 1
    recorded_at = max(batch.recorded_at, known.last.get(home, ""))
    hashes = [batch.add(event, home, version + n, recorded_at) for n, event in enumerate(events, start=1)]
    if not hashes:
        raise ValueError(f"{type(command).__name__} decided nothing")
    known.add(home, batch.states[first - 1 :])
    for stream in streams[1:]:  # the first one is guarded by the uniqueness of its versions
        batch.guards[stream_key(stream)] = known.read[stream]
    if series:
        since = batch.series.get(series, (numbers[series], 0))[0]
        numbers[series] += 1
        batch.series[series] = (since, numbers[series])
    return Act(home, first, first + len(hashes) - 1, hashes[0])


async def _replay(
    connection: Connection,
    done: Round,
    waiting: list[Pending],
    refused: list[tuple[Pending, Exception]],
    seen: dict[bytes, tuple[bytes, int, int]],
) -> None:
    """A form that was already filed gets its first answer again, even where the rules would refuse it now."""
    keys = [pending.once.key for pending, _ in refused if pending.once and pending.once.key not in seen]
    if keys:
        seen |= await store.seen(connection, keys)
    done.refusals += [(p, error) for p, error in refused if not (p.once and p.once.key in seen)]
    replays = [(p, seen[p.once.key]) for p in waiting if p.once and p.once.key in seen]
    if not replays:
        return
    states = await store.entries_at(connection, [first for _, (_, first, _) in replays])
    for pending, (fingerprint, first, last) in replays:
        if pending.once is not None and pending.once.fingerprint != fingerprint:
            done.refusals.append((pending, KeyReused("this key came with another content")))
            continue
        state = states[first]
        act = Act(decode_entry(state).s, first, last, leaf_hash(state), replayed=True)
        done.replays.append((pending, act))
