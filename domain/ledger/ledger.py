"""The ledger: commands in, acts out. The writer takes all that waits into one transaction (group commit)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg

from domain.ledger import store
from domain.ledger.command import Command
from domain.ledger.deciding import Act, Pending, Round, decide
from domain.ledger.store import Connection, Moved, Once
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
        pending, waiting = Pending(command, once, answer), self._writer.waiting  # a malformed one harms nobody else
        if waiting.qsize() >= MAX_WAITING:
            raise Unavailable("too many commands wait")
        waiting.put_nowait(pending)
        return await answer


class _Writer:
    """One connection, one task, one transaction at a time: two writers of a process would share what waits between
    them, commit twice for the same acts, and wait for each other on the head."""

    def __init__(
        self, url: str, origin: str, vault: Vault, clock: Callable[[], datetime], reconnect_seconds: float
    ) -> None:
        self.url, self.origin, self.vault, self.clock = url, origin, vault, clock
        self.reconnect_seconds = reconnect_seconds
        self.waiting: asyncio.Queue[Pending] = asyncio.Queue()
        self._counters: dict[str, int] = {}
        self._connection: Connection | None = None
        self._lost_at: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._connection = await self._connect()
        self._task = asyncio.create_task(self._write_forever(), name="ledger-writer")

    async def stop(self) -> None:
        await end(self._task)
        while not self.waiting.empty():
            self.waiting.get_nowait().answer.cancel()
        if self._connection is not None:
            await self._connection.close()

    async def _connect(self) -> Connection:
        return await psycopg.AsyncConnection.connect(self.url, autocommit=True, connect_timeout=5)

    async def _write_forever(self) -> None:
        while True:
            batch = [await self.waiting.get()]
            await asyncio.sleep(0)  # those who were just answered may have their next command ready
            while len(batch) < MAX_COMMANDS and not self.waiting.empty():
                batch.append(self.waiting.get_nowait())
            try:
                await self._write(batch)
            except asyncio.CancelledError:
                for pending in batch:
                    pending.answer.cancel()
                raise

    async def _write(self, waiting: list[Pending]) -> None:
        """Answers every command of the batch, whatever happens."""
        while waiting:
            try:
                waiting = await self._try_write(waiting)
            except Exception as error:
                left = [pending for pending in waiting if not pending.answer.done()]
                if len(left) > 1 and not isinstance(error, Unavailable):
                    for pending in left:  # one bad command must not take the others down
                        await self._write([pending])
                else:
                    for pending in left:
                        pending.answer.set_exception(error)
                return

    async def _try_write(self, waiting: list[Pending]) -> list[Pending]:
        """Writes and answers; returns what did not fit in the batch. First without a lock, then under it."""
        attempt, unsure = 0, None
        while attempt < ATTEMPTS:
            connection = await self._connected()
            try:
                if unsure is not None and (base := await store.written(connection, unsure.batch)) is not None:
                    return self._settle(unsure, base)
                unsure = None
                if attempt == 0:
                    done = await self._decide(connection, waiting, held=False)
                    unsure = done if done.batch.states else None
                    base = await store.append(connection, done.batch) if done.batch.states else 0
                else:
                    async with connection.transaction():
                        await store.hold(connection)
                        done = await self._decide(connection, waiting, held=True)
                        unsure = done if done.batch.states else None
                        base = await store.append(connection, done.batch) if done.batch.states else 0
                return self._settle(done, base)
            except Moved:
                attempt, unsure = attempt + 1, None
            except psycopg.OperationalError:
                if not connection.broken:
                    raise
        raise Busy("the streams kept moving")

    async def _decide(self, connection: Connection, waiting: list[Pending], held: bool) -> Round:
        if held:
            self._counters.clear()
        return await decide(connection, waiting, self.origin, self.vault, self.clock(), self._counters, held)

    def _settle(self, done: Round, base: int) -> list[Pending]:
        self._counters.update({series: last for series, (_, last) in done.batch.series.items()})
        done.answer(base)
        return done.left

    async def _connected(self) -> Connection:
        """A live connection; after a loss, tries for `reconnect_seconds`, then once a batch. Raises Unavailable."""
        now = asyncio.get_running_loop().time
        while self._connection is None or self._connection.broken or self._connection.closed:
            self._counters.clear()
            self._lost_at = now() if self._lost_at is None else self._lost_at
            try:
                self._connection = await self._connect()
            except psycopg.OperationalError as error:
                if now() > self._lost_at + self.reconnect_seconds:
                    raise Unavailable("no database") from error
                await asyncio.sleep(0.1)
        self._lost_at = None
        return self._connection
