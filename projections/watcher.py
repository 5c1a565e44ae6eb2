"""The watcher: one LISTEN connection a process, so that people read what they wrote."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import psycopg

from domain.ledger.tasks import end
from projections.database import LIVE, use_schema
from projections.runner import tracked

POLL_SECONDS = 1.0
# Between two calls: under load, fewer and larger batches leave the processor to the acts; alone, nobody waits for it.
REST_SECONDS, LONGEST_REST = 0.05, 0.25
REST_TO_WORK = 3


class Watcher:
    """Knows the latest projected position; calls `on_ledger` when the ledger has grown (or every second)."""

    def __init__(self, url: str, on_ledger: Callable[[], Awaitable[None]]) -> None:
        self.url, self.on_ledger = url, on_ledger
        self.projected = 0
        self._moved = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._grown = asyncio.Event()

    async def start(self) -> None:
        """Listens until `stop`, through losses of the database."""
        self._tasks = [
            asyncio.create_task(self._listen_forever(), name="listen"),
            asyncio.create_task(self._call_forever(), name="projections"),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            await end(task)

    async def wait_for(self, position: int, seconds: float = 1.0) -> bool:
        """Waits until the projections have reached this position; False when they have not in time."""
        if self.projected >= position:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: self.projected >= position)
        return self.projected >= position

    async def _listen_forever(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
                    await connection.execute("LISTEN ledger")
                    await connection.execute("LISTEN projected")
                    await use_schema(connection, LIVE)
                    await self._reached(await tracked(connection))  # by others, or while nobody listened here
                    self._grown.set()
                    async for notice in connection.notifies():
                        if notice.channel == "ledger":
                            self._grown.set()
                        else:
                            await self._reached(int(notice.payload))
            except psycopg.Error:
                await asyncio.sleep(POLL_SECONDS / 4)

    async def _reached(self, position: int) -> None:
        async with self._moved:
            self.projected = max(self.projected, position)
            self._moved.notify_all()

    async def _call_forever(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._grown.wait()
            self._grown.clear()
            start = asyncio.get_running_loop().time()
            await self.on_ledger()
            spent = asyncio.get_running_loop().time() - start
            await asyncio.sleep(min(max(REST_SECONDS, REST_TO_WORK * spent), LONGEST_REST))
