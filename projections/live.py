"""The live projections: kept up to date by whichever process holds the lock, supervised."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

import psycopg

from domain.ledger.vault import Vault
from projections.database import LIVE, Connection, create_schema, fingerprint, schema_exists, use_schema
from projections.rebuild import rebuild
from projections.rows import Projection
from projections.runner import advance, tracked

LOCK = 0x7265_6769  # one runner for all processes of a database
PREPARE_LOCK = 0x7265_7072
ASK_SECONDS = 0.5  # who does not lead asks for the lock at most so often: the acts come much faster

log = logging.getLogger("registre.projections")


class Live:
    """`catch_up` brings the live tables to the head of the ledger. `halted` says why it cannot go on, if so.

    A process that cannot go on gives its place to the others, so that each one knows why.
    """

    def __init__(self, url: str, vault: Vault, projections: Sequence[Projection]) -> None:
        self.url, self.vault, self.projections = url, vault, projections
        self.position = 0
        self.halted: str | None = None
        self._connection: Connection | None = None
        self._leading = False
        self._ask_at = 0.0

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
        """Handles all that is there; raises nothing. A lost database is tried again at the next call. Anything else
        (a topic of a newer program, a hole, bytes that are no entry) halts: the events before it are handled, it is
        never skipped, and the next call tries again."""
        try:
            connection = await self._connected()
            if self._leading or await self._asks(connection):
                await self._advance(connection)
                self.halted = None
            elif self.halted is not None and await tracked(connection) > self.position:
                self.halted = None  # the process that leads has passed what stopped us
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            log.warning("projections: %s", error)
            await self.close()
        except Exception as error:
            self._halt(error)
            await self.close()

    async def _advance(self, connection: Connection) -> None:
        self.position = await tracked(connection)
        try:
            while done := await advance(connection, self.projections, self.vault):
                self.position += done
        except psycopg.OperationalError:
            raise
        except Exception:
            while done := await advance(connection, self.projections, self.vault, limit=1):  # up to the one that fails
                self.position += done

    def _halt(self, error: Exception) -> None:
        reason = f"acte n° {self.position + 1} : {type(error).__name__}"
        if not isinstance(error, psycopg.Error):  # what a database says may hold values
            reason += f" ({error})"
        if self.halted != reason:
            log.error("projections halted: %s", reason)
        self.halted = reason

    async def _asks(self, connection: Connection) -> bool:
        """Whether this connection holds the lock from now on; another process may hold it."""
        now = asyncio.get_running_loop().time()
        if now >= self._ask_at:
            self._ask_at = now + ASK_SECONDS
            row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
            self._leading = row == (True,)
        return self._leading

    async def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
            await use_schema(self._connection, LIVE)
            # What a crash loses is handled again: the position is in the same transaction. The acts' own commits wait.
            await self._connection.execute("SET synchronous_commit = off")
        return self._connection

    async def close(self) -> None:
        """Gives the lock back, at once: the server sees a closed connection a little later."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                await self._connection.execute("SELECT pg_advisory_unlock_all()")
            await self._connection.close()
            self._connection, self._leading, self._ask_at = None, False, 0.0
