"""The ledger: commands in, acts out. The writer takes many that wait into one transaction (group commit)."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import psycopg

from domain.ledger import store
from domain.ledger.command import Command
from domain.ledger.deciding import Act, Pending, Round, Sitting, answer, sit
from domain.ledger.entry import timestamp
from domain.ledger.store import Batch, Connection, Moved, Once
from domain.ledger.streams import Memory
from domain.ledger.tasks import end
from domain.ledger.vault import Vault

MAX_COMMANDS = 500
ATTEMPTS = 4
MAX_WAITING = 20_000  # about a second of work: past that, better to say so than to keep people waiting


class Busy(Exception):
    """The act could not be written after several tries: nothing was written, try again (HTTP 409)."""


class Unavailable(Exception):
    """The database did not answer in time, or too many wait: the same command, with its key, may be sent again."""


class Ledger:
    """`await execute(command)` is the only way in. `start` before, `stop` after; one per process.

    `clock` gives the recording time (UTC); `reconnect_seconds` is how long a lost database is waited for.
    """

    def __init__(
        self,
        url: str,
        origin: str,
        vault: Vault,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        reconnect_seconds: float = 20.0,
    ) -> None:
        self.origin = origin
        self._writer = _Writer(url, origin, vault, clock, reconnect_seconds)

    async def start(self) -> None:
        """Opens the writer's connection and starts its task."""
        await self._writer.start()

    async def stop(self) -> None:
        """Stops the writer; commands that were not answered are cancelled."""
        await self._writer.stop()

    async def execute(self, command: Command, once: Once | None = None) -> Act:
        """Reads the command's streams, decides, appends. Raises RegleViolee, KeyReused, Busy, Unavailable."""
        answer: asyncio.Future[Act] = asyncio.get_running_loop().create_future()
        self._writer.take(Pending(command, once, answer))  # a malformed one harms nobody else
        return await answer


class _Writer:
    """One connection, one task, one transaction at a time: two writers of a process would share what waits between
    them, commit twice for the same acts, and wait for each other on the head."""

    def __init__(
        self, url: str, origin: str, vault: Vault, clock: Callable[[], datetime], reconnect_seconds: float
    ) -> None:
        self.url, self.origin, self.vault, self.clock = url, origin, vault, clock
        self.reconnect_seconds = reconnect_seconds
        self._waiting: deque[Pending] = deque()
        self._some = asyncio.Event()
        self._counters: dict[str, int] = {}
        self._memory = Memory()
        self._unsure: Round | None = None  # sent, and not known to be committed
        self._connection: Connection | None = None
        self._lost_at: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._connection = await self._connect()
        self._task = asyncio.create_task(self._write_forever(), name="ledger-writer")

    async def stop(self) -> None:
        await end(self._task)
        for pending in self._waiting:
            pending.answer.cancel()
        if self._connection is not None:
            await self._connection.close()

    def take(self, pending: Pending) -> None:
        """One more command. Raises Unavailable when too many wait already."""
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable("too many commands wait")
        self._waiting.append(pending)
        self._some.set()

    async def _connect(self) -> Connection:
        return await psycopg.AsyncConnection.connect(self.url, autocommit=True, connect_timeout=5)

    async def _write_forever(self) -> None:
        """Two groups that take turns: the acts of one are read and answered while the database writes the other."""
        last = 0
        while True:
            await self._some.wait()
            await asyncio.sleep(0)  # those who were just answered may have their next command ready
            last = min(MAX_COMMANDS, (last + len(self._waiting) + 1) // 2)  # halves: the turns last as long
            batch = [self._waiting.popleft() for _ in range(min(last, len(self._waiting)))]
            if not self._waiting:
                self._some.clear()
            try:
                await self._write(batch)
            except asyncio.CancelledError:
                for pending in batch:
                    pending.answer.cancel()
                raise

    async def _write(self, waiting: list[Pending]) -> None:
        """Answers every command of the batch, whatever happens."""
        try:
            await self._try_write(waiting)
        except Exception as error:
            left = _unanswered(waiting)
            if len(left) > 1 and not isinstance(error, Unavailable):
                for pending in left:  # one bad command must not take the others down
                    await self._write([pending])
            else:
                for pending in left:
                    pending.answer.set_exception(error)

    async def _try_write(self, waiting: list[Pending]) -> None:
        """Writes and answers. First without a lock, then under it. Raises Busy, Unavailable."""
        attempt = 0
        while waiting := _unanswered(waiting):
            connection = await self._connected()
            try:
                if (unsure := self._unsure) is not None:
                    self._unsure = None
                    if (base := await store.written(connection, unsure.batch)) is not None:
                        await self._settle(connection, unsure, base)
                        continue
                if attempt == 0:
                    sitting = await self._sit(connection, waiting, held=False)
                    while sitting.waiting:
                        done = sitting.decide()
                        await self._settle(connection, done, await self._append(connection, done))
                else:
                    await self._write_held(connection, waiting)
            except Moved as moved:
                attempt, self._unsure = attempt + 1, None
                if attempt == ATTEMPTS:
                    raise Busy("the streams kept moving") from moved
            except psycopg.OperationalError:
                if not connection.broken:
                    raise

    async def _write_held(self, connection: Connection, waiting: list[Pending]) -> None:
        async with connection.transaction():
            await store.hold(connection)
            done = (await self._sit(connection, waiting, held=True)).decide()
            base = await self._append(connection, done)
        await self._settle(connection, done, base)

    async def _sit(self, connection: Connection, waiting: list[Pending], held: bool) -> Sitting:
        if held:
            self._forget()
        open_batch = partial(Batch, self.origin, self.vault, timestamp(self.clock()))
        return await sit(connection, waiting, open_batch, self._counters, self._memory, held)

    async def _append(self, connection: Connection, done: Round) -> int:
        if not done.batch.states:
            return 0
        self._unsure = done
        return await store.append(connection, done.batch)

    async def _settle(self, connection: Connection, done: Round, base: int) -> None:
        self._counters.update({series: last for series, (_, last) in done.batch.series.items()})
        await answer(connection, done, base)
        self._unsure = None

    def _forget(self) -> None:
        self._counters.clear()
        self._memory.clear()

    async def _connected(self) -> Connection:
        """A live connection; after a loss, tries for `reconnect_seconds`, then once a batch. Raises Unavailable."""
        now = asyncio.get_running_loop().time
        while self._connection is None or self._connection.broken or self._connection.closed:
            self._forget()
            self._lost_at = now() if self._lost_at is None else self._lost_at
            try:
                self._connection = await self._connect()
            except psycopg.OperationalError as error:
                if now() > self._lost_at + self.reconnect_seconds:
                    raise Unavailable("no database") from error
                await asyncio.sleep(0.1)
        self._lost_at = None
        return self._connection


def _unanswered(waiting: list[Pending]) -> list[Pending]:
    return [pending for pending in waiting if not pending.answer.done()]
