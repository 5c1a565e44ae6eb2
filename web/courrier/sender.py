"""The sender: one a database, whichever process holds the lock. Tries again, later and later, for three days."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import aiosmtplib
import psycopg

from domain.ledger.tasks import end
from web.courrier.outbox import Connection, message_id, opened
from web.courrier.smtp import client, message
from web.settings import Settings

LOCK = 0x7265_6D61
POLL_SECONDS = 1.0
BATCH = 20

log = logging.getLogger("registre.courrier")

DUE = """UPDATE web.outbox SET attempts = attempts + 1,
        next_attempt_at = now() + least(%s::interval * 2 ^ attempts, interval '6 hours')
    WHERE id IN (SELECT id FROM web.outbox WHERE state = 'attente' AND next_attempt_at <= now()
                 ORDER BY next_attempt_at LIMIT %s)
    RETURNING id, sealed, created_at"""

Row = tuple[UUID, bytes, datetime]


class Sender:
    """`start` and `stop` beside the services. Without SMTP_URL nothing leaves and the mails stay in the outbox.

    A mail is marked as tried before it is sent and as gone after: a crash in between sends it a second time, under
    the same Message-ID, rather than never.
    """

    def __init__(self, url: str, settings: Settings, first_delay: timedelta = timedelta(seconds=30)) -> None:
        self.url, self.settings, self.first_delay = url, settings, first_delay
        self._connection: Connection | None = None
        self._leads = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Sends until `stop`, through losses of the database and of the mail server."""
        if self.settings.smtp_url is not None:
            self._task = asyncio.create_task(self._send_forever(), name="courrier")

    async def stop(self) -> None:
        """Stops, and gives the lock back."""
        await end(self._task)
        await self._leave()

    async def send_due(self) -> int:
        """Tries what is due, if this process is the one that sends; returns how many mails left."""
        connection = await self._leading()
        if connection is None or self.settings.smtp_url is None:
            return 0
        await connection.execute(
            "UPDATE web.outbox SET state = 'abandonne' WHERE state = 'attente' AND expires_at <= now()"
        )
        rows: list[Row] = await (await connection.execute(DUE, (self.first_delay, BATCH))).fetchall()
        rows.sort(key=lambda row: row[2])
        return await self._send(connection, self.settings.smtp_url, rows) if rows else 0

    async def _send(self, connection: Connection, smtp_url: str, rows: Sequence[Row]) -> int:
        sent = 0
        try:
            async with client(smtp_url) as server:
                for row in rows:
                    sent += await self._send_one(connection, server, row)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail server: %s", type(error).__name__)
            await connection.execute(
                "UPDATE web.outbox SET fault = %s WHERE id = ANY(%s) AND state = 'attente'",
                (_fault(error), [id_ for id_, _, _ in rows]),
            )
        return sent

    async def _send_one(self, connection: Connection, server: aiosmtplib.SMTP, row: Row) -> int:
        id_, sealed, created_at = row
        try:
            mail = opened(self.settings, id_, sealed)
            written = message(mail, self.settings.mail_sender, message_id(self.settings, id_), created_at)
            await server.send_message(written)
        except OSError:
            raise  # the server is gone: the rest of the batch waits too
        except Exception as error:
            await _refused(connection, id_, error)
            return 0
        await connection.execute(
            "UPDATE web.outbox SET state = 'parti', sealed = NULL, fault = NULL, sent_at = now() WHERE id = %s", (id_,)
        )
        return 1

    async def _send_forever(self) -> None:
        while True:
            try:
                while await self.send_due() == BATCH:
                    pass
            except psycopg.Error as error:
                log.warning("outbox: %s", error)
                await self._leave()
            except Exception:
                log.exception("outbox")
            await asyncio.sleep(POLL_SECONDS)

    async def _leading(self) -> Connection | None:
        """The connection that holds the lock, or None when another process holds it."""
        if self._connection is None:
            self._connection, self._leads = await psycopg.AsyncConnection.connect(self.url, autocommit=True), False
        if not self._leads:
            row = await (await self._connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
            self._leads = row == (True,)
        return self._connection if self._leads else None

    async def _leave(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


async def _refused(connection: Connection, id_: UUID, error: Exception) -> None:
    """Gives up when the recipient is refused for good (5xx; RFC 5321, 4.2.1) or the mail cannot be written.

    What the server answered may hold the address: only its code is kept.
    """
    tried_again = isinstance(error, aiosmtplib.SMTPResponseException) or 400 <= _code(error) < 500
    await connection.execute(
        "UPDATE web.outbox SET fault = %s, state = %s WHERE id = %s",
        (_fault(error), "attente" if tried_again else "abandonne", id_),
    )


def _code(error: BaseException) -> int:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return min((refused.code for refused in error.recipients), default=0)
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0


def _fault(error: BaseException) -> str:
    return f"{type(error).__name__} {_code(error) or ''}".strip()
