"""The live projections: kept up to date by whichever process holds the lock, supervised."""

import logging
from collections.abc import Sequence

import psycopg

from domain.ledger.event import UnknownEvent
from domain.ledger.vault import Vault
from projections.database import LIVE, Connection, create_schema, fingerprint, schema_exists, use_schema
from projections.rebuild import rebuild
from projections.rows import Projection
from projections.runner import Gap, advance, tracked

LOCK = 0x7265_6769  # one runner for all processes of a database
PREPARE_LOCK = 0x7265_7072

log = logging.getLogger("registre.projections")


class Live:
    """`catch_up` brings the live tables to the head of the ledger. `halted` says why it cannot go on, if so."""

    def __init__(self, url: str, vault: Vault, projections: Sequence[Projection]) -> None:
        self.url, self.vault, self.projections = url, vault, projections
        self.position = 0
        self.halted: str | None = None
        self._connection: Connection | None = None

    async def prepare(self) -> None:
        """Creates the live tables when there are none; rebuilds them when another version of the program made them."""
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            await connection.execute("SELECT pg_advisory_lock(%s)", (PREPARE_LOCK,))
            if not await schema_exists(connection, LIVE):
                async with connection.transaction():
                    await create_schema(connection, LIVE, self.projections)
            await use_schema(connection, LIVE)
            names = await (await connection.execute("SELECT fingerprint FROM tracking")).fetchone()
            if names != (fingerprint(self.projections),):
                log.warning("the projections were made by another version: rebuilding them")
                await rebuild(self.url, self.vault, self.projections, accept=True)

    async def catch_up(self) -> None:
        """Handles all that is there. Errors are logged and tried again at the next call; a damaged ledger halts."""
        try:
            connection = await self._leading()
            if connection is None:
                return
            while await advance(connection, self.projections, self.vault):
                self.position = await tracked(connection)
            self.halted = None
        except (Gap, UnknownEvent) as error:
            if self.halted is None:
                log.error("projections halted: %r", error)
            self.halted = repr(error)
        except psycopg.Error as error:
            log.warning("projections: %s", error)
            await self.close()

    async def _leading(self) -> Connection | None:
        """The connection that holds the lock, or None when another process holds it."""
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        row = await (await self._connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
        if row != (True,):
            return None
        await use_schema(self._connection, LIVE)
        return self._connection

    async def close(self) -> None:
        """Gives the lock back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
