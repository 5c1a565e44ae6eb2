"""Deposits that arrive together go in one transaction: as many answers with fewer commits, and each still its own.

One ballot's transaction would also say when it came, among those of the ledger; a shared one says less.
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

from web.services import Services

MOST: Final = 100
AT_ONCE: Final = 2  # one is decided while the other is flushed
# In the order given, which is sorted: two transactions never wait for each other's slips in a circle.
DEPOSIT = "SELECT urne.deposer(r, b, s) FROM unnest(%s::text[], %s::bytea[], %s::bytea[]) AS t (r, b, s)"

Ballot = tuple[str, bytes, bytes]


class Deposits:
    """Those that wait, on one pool of connections."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Ballot, asyncio.Future[str]]] = []
        self.tasks: set[asyncio.Task[None]] = set()

    async def drop(self, services: Services, ballot: Ballot) -> str:
        """The urn's answer for (reference, credential, sealed ballot)."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting.append((ballot, answer))
        if len(self.tasks) < AT_ONCE:
            task = asyncio.create_task(self._work(services), name="deposits")
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return await answer

    async def _work(self, services: Services) -> None:
        await asyncio.sleep(0)  # those that arrive at this very moment come along
        while self.waiting:
            batch, self.waiting = sorted(self.waiting[:MOST], key=lambda one: one[0]), self.waiting[MOST:]
            columns = [list(column) for column in zip(*(ballot for ballot, _ in batch), strict=True)]
            try:
                rows = await services.fetch(DEPOSIT, columns)
            except asyncio.CancelledError as error:
                _fail(batch + self.waiting, error)
                raise
            except Exception as error:  # each is told; who sends again is answered as if nothing had happened
                _fail(batch, error)
                continue
            for (_, answer), (said,) in zip(batch, rows, strict=True):
                if not answer.done():  # who asked may have gone away
                    answer.set_result(said)


def _fail(batch: Iterable[tuple[Ballot, asyncio.Future[str]]], error: BaseException) -> None:
    for _, answer in batch:
        if answer.done():
            continue
        if isinstance(error, asyncio.CancelledError):
            answer.cancel()
        else:
            answer.set_exception(error)


_deposits: WeakKeyDictionary[Any, Deposits] = WeakKeyDictionary()


def deposits(services: Services) -> Deposits:
    """Those of these services."""
    return _deposits.setdefault(services.pool, Deposits())
