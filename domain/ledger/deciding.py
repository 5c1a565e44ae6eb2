"""Decisions: the streams of all waiting commands in one read, then each command in turn.

A later command sees what the earlier ones decided, so that a thousand commands on one stream fit in a few
transactions. Nobody is answered before what it decided is committed.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Container

import msgspec

from domain.ledger import store
from domain.ledger.command import Command, afresh
from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.event import stream_key
from domain.ledger.store import Batch, Connection, Once
from domain.ledger.streams import Memory, Stream

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


class Pending:
    """A command that waits for its answer. Raises what its command does when it is malformed."""

    __slots__ = ("answer", "command", "once", "reads", "series")

    def __init__(self, command: Command, once: Once | None, answer: asyncio.Future[Act]) -> None:
        self.command, self.once, self.answer = command, once, answer
        self.series = command.series()
        streams = command.reads()
        self.reads = streams[1:] if self.series else streams  # what can be read before its number is known


class Round:
    """What was decided together: the batch to append, and what to tell once it is."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.acts: list[tuple[Pending, Act]] = []  # positions relative to the size before the batch
        self.refused: list[tuple[Pending, Exception]] = []
        self.seen: list[Pending] = []  # their form was filed before


class Sitting:
    """Commands that waited together: their streams are read once, then they are decided in rounds.

    A round stands on what the former ones decided: it is appended after them, or not at all. A command that is left
    without an answer at the end is decided again in another sitting.
    """

    def __init__(
        self,
        waiting: list[Pending],
        streams: dict[str, Stream],
        numbers: dict[str, int],
        seen: Container[bytes],
        doubt: Callable[[Pending], bool],
        open_batch: Callable[[], Batch],
    ) -> None:
        self.waiting = deque(waiting)
        self._streams, self._numbers, self._seen = streams, numbers, seen
        self._doubt, self._open_batch = doubt, open_batch
        self._keys: set[bytes] = set()

    def decide(self) -> Round:
        """The next round: what fits in one batch."""
        done = Round(self._open_batch())
        while self.waiting and done.batch.size <= MAX_BYTES:
            self._decide_next(done)
        for stream in self._streams.values():
            stream.before = stream.version
        return done

    def _decide_next(self, done: Round) -> None:
        pending = self.waiting.popleft()
        key = pending.once.key if pending.once else None
        if key is not None and key in self._seen:
            done.seen.append(pending)
        elif key not in self._keys:  # the same form twice at once: the second waits for the next sitting
            mark = done.batch.mark()
            try:
                act = self._add(afresh(pending.command), pending.series, done.batch)
            except Exception as error:
                done.batch.rewind(mark)
                if not self._doubt(pending):
                    done.refused.append((pending, error))
                return
            done.acts.append((pending, act))
            if pending.once is not None:
                self._keys.add(pending.once.key)
                done.batch.once.append((pending.once, act.first, act.position))

    def _add(self, command: Command, series: str | None, batch: Batch) -> Act:
        if series:
            command.reference = f"{series}-{self._numbers[series] + 1:04d}"
        names = command.reads()
        if series:  # its number was just drawn: it has no event yet
            self._streams.setdefault(names[0], Stream(names[0]))
        home, *others = [self._streams[name] for name in names]
        for stream in (home, *others):
            for event in stream.events():
                command.know(event)
        events = list(command.decide())
        version, first = home.version, len(batch.states) + 1
        recorded_at = max(batch.recorded_at, home.last)
        hashes = [batch.add(event, home.name, version + n, recorded_at) for n, event in enumerate(events, start=1)]
        if not hashes:
            raise ValueError(f"{type(command).__name__} decided nothing")
        home.add(batch.states[first - 1 :])
        for stream in others:  # the first one is guarded by the uniqueness of its versions
            batch.guards[stream_key(stream.name)] = stream.before
        if series:
            since = batch.series.get(series, (self._numbers[series], 0))[0]
            self._numbers[series] += 1
            batch.series[series] = (since, self._numbers[series])
        return Act(home.name, first, first + len(hashes) - 1, hashes[0])


async def sit(
    connection: Connection,
    waiting: list[Pending],
    open_batch: Callable[[], Batch],
    numbers: dict[str, int],
    memory: Memory,
    held: bool,
) -> Sitting:
    """Reads what these commands stand on. `numbers` are the last numbers of the series as this process knows them
    (read when missing). `held` says that the head is locked: what is read cannot move, and `memory` is empty."""
    keys = [pending.once.key for pending in waiting if pending.once is not None]
    seen = await store.seen(connection, keys) if held and keys else {}
    drawn = await _numbers(connection, waiting, numbers)
    wanted = {name for pending in waiting for name in pending.reads}
    homes = {pending.reads[0] for pending in waiting if not pending.series}
    memory.forget(homes)
    remembered = memory.recall(wanted)
    read = await store.read(connection, wanted - remembered.keys())
    streams = {name: Stream(name, [state for _, state in found]) for name, found in read.items()}
    memory.keep(streams[name] for name in streams.keys() - homes)

    def doubt(pending: Pending) -> bool:
        """Whether its refusal may stand on something out of date: it is then decided again, on a fresh read."""
        doubted = not remembered.keys().isdisjoint(pending.reads)
        if doubted:
            memory.forget(pending.reads)
        return doubted

    return Sitting(waiting, streams | remembered, drawn, seen, doubt, open_batch)


async def _numbers(connection: Connection, waiting: list[Pending], known: dict[str, int]) -> dict[str, int]:
    series = {pending.series for pending in waiting if pending.series}
    if missing := series - known.keys():
        known.update(await store.counters(connection, missing))
    return {s: known[s] for s in series}


async def answer(connection: Connection, done: Round, base: int) -> None:
    """Tells every command of the round what became of it; `base` is the size of the log before its batch.

    A form that was already filed gets its first answer again, even where the rules would refuse it now.
    """
    for pending, act in done.acts:
        _tell(pending, msgspec.structs.replace(act, first=base + act.first, position=base + act.position))
    maybe = [pending.once.key for pending in (*done.seen, *(p for p, _ in done.refused)) if pending.once]
    seen = await store.seen(connection, maybe) if maybe else {}
    states = await store.entries_at(connection, [first for _, first, _ in seen.values()]) if seen else {}
    for pending, error in (*((p, None) for p in done.seen), *done.refused):
        _tell(pending, _first_answer(pending.once, seen, states) or error)


def _first_answer(
    once: Once | None, seen: dict[bytes, tuple[bytes, int, int]], states: dict[int, bytes]
) -> Act | Exception | None:
    if once is None or once.key not in seen:
        return None
    fingerprint, first, last = seen[once.key]
    if once.fingerprint != fingerprint:
        return KeyReused("this key came with another content")
    return Act(decode_entry(states[first]).s, first, last, leaf_hash(states[first]), replayed=True)


def _tell(pending: Pending, told: Act | Exception | None) -> None:
    if pending.answer.done():  # its caller may have gone away
        return
    if isinstance(told, Act):
        pending.answer.set_result(told)
    elif told is not None:
        pending.answer.set_exception(told)
