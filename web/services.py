"""What handlers work with: the ledger, the reading pool, the projections; opened and closed together."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout, TooManyRequests

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from projections.catalogue import PROJECTIONS
from projections.live import Live
from projections.watcher import Watcher
from web.settings import Settings

if TYPE_CHECKING:  # commands that serve nothing do not load the framework
    from litestar import Request

POOL_SIZE = 6
POOL_SECONDS = 4.0  # a reader waits so long for a connection, then is told to come back
POOL_WAITING = 2000


@dataclass
class Services:
    """Everything a handler may need. `pool` reads the projections (and the ledger); `ledger` alone writes acts."""

    settings: Settings
    vault: Vault
    secret: bytes
    ledger: Ledger
    pool: AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]]
    live: Live
    watcher: Watcher
    demonstration: bool

    async def fetch(self, query: LiteralString, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a reading query; once more when the connection was lost since its last use.

        A NUL in a text is left out: PostgreSQL stores none, so it could only come from an address made by hand.
        """
        asked = [_without_nul(value) for value in parameters]
        try:
            async with self.pool.connection() as connection:
                return await (await connection.execute(query, asked)).fetchall()
        except (PoolTimeout, TooManyRequests):
            raise  # it has waited long enough
        except psycopg.OperationalError:
            await self.pool.check()
            async with self.pool.connection() as connection:
                return await (await connection.execute(query, asked)).fetchall()


def _without_nul(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return value.replace("\0", "") if isinstance(value, str) else value


@asynccontextmanager
async def open_services(settings: Settings, url: str, demonstration: bool = False) -> AsyncIterator[Services]:
    """Opens the ledger, the pool and the projections on this database; closes them in the reverse order."""
    vault = Vault(settings.master_key())
    ledger = Ledger(url, settings.origin(demonstration), vault)
    pool: AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]] = AsyncConnectionPool(
        url,
        min_size=2,
        max_size=POOL_SIZE,
        timeout=POOL_SECONDS,
        max_waiting=POOL_WAITING,
        reconnect_timeout=1.0,  # then each request tries: no delay that doubles after a long loss
        open=False,
        kwargs={"autocommit": True, "options": "-c search_path=projections"},
    )
    live = Live(url, vault, PROJECTIONS)
    watcher = Watcher(url, live.catch_up)
    await live.prepare()
    await ledger.start()
    await pool.open()
    await watcher.start()
    try:
        yield Services(settings, vault, settings.secret(), ledger, pool, live, watcher, demonstration)
    finally:
        await watcher.stop()
        await live.close()
        await pool.close()
        await ledger.stop()


def services(request: "Request[Any, Any, Any]") -> Services:
    """The services of the application that serves this request."""
    scope = cast(dict[str, Any], request.scope)  # asked for many times a request; the state's lock is not free
    found: Services | None = scope.get("services")
    if found is None:
        found = scope["services"] = request.app.state.services
    return found
