"""The notifier: reads what was written since its position and fills the outbox, in one transaction.

A crash loses no announcement and doubles none: the mails and the position are committed together.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Any

import psycopg

from domain.calendrier import PARIS
from domain.ledger.entry import recorded
from domain.ledger.event import UnknownEvent
from domain.ledger.tasks import end
from web.courrier.outbox import Connection, enqueue
from web.courrier.purge import purge
from web.propositions.instances import Annuaire, annuaire
from web.services import Services
from web.suivre.annonces import TOPICS, Annonce, annonce
from web.suivre.mails import announcement, summary
from web.suivre.subscriptions import ONE, Subscription, subscription

POLL_SECONDS = 1.0
PURGE_SECONDS = 3600.0
BATCH = 2000
MONDAY_AT = time(8, tzinfo=PARIS)

STATE = "SELECT n.position, n.summed_on, h.size FROM web.notifier n, ledger.head h"
READ = """SELECT e.notification_id, e.state, f.state FROM ledger.stored_events e
    JOIN ledger.stored_events f ON f.originator_id = e.originator_id AND f.originator_version = 1
    WHERE e.notification_id > %s AND e.notification_id <= %s AND e.topic = ANY(%s) ORDER BY 1"""
AT = """SELECT e.notification_id, e.state, f.state FROM ledger.stored_events e
    JOIN ledger.stored_events f ON f.originator_id = e.originator_id AND f.originator_version = 1
    WHERE e.notification_id = ANY(%s)"""
WAITING = """SELECT w.position, s.id, s.subject, s.email_digest, s.email_sealed, s.pace, true
    FROM web.summary w JOIN web.subscriptions s ON s.id = w.subscription ORDER BY w.position, s.created_at"""

log = logging.getLogger("registre.suivre")


class Notifier:
    """`start` and `stop` beside the services. Any number of processes may run one: the position's row is the lock."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Tells followers until `stop`, through losses of the database."""
        self._task = asyncio.create_task(self._notify_forever(), name="suivre")

    async def stop(self) -> None:
        await end(self._task)

    async def notify(self, now: datetime) -> bool:
        """One step: the next events, then Monday's summary when it is due. True when events are left."""
        [(position, summed_on, size)] = await self.services.fetch(STATE)
        if position == size and summed_on == monday_of(now):
            return False
        names = await annuaire(self.services)
        async with self.services.pool.connection() as connection, connection.transaction():
            cursor = await connection.execute(STATE + " FOR UPDATE OF n SKIP LOCKED")
            for position, summed_on, size in await cursor.fetchall():
                upto = min(size, position + BATCH)
                if upto > position:
                    await self._tell(connection, names, position, upto)
                    await connection.execute("UPDATE web.notifier SET position = %s", (upto,))
                monday = monday_of(now)
                if upto == size and monday > summed_on:
                    await self._sum_up(connection, names, monday)
                    await connection.execute("UPDATE web.notifier SET summed_on = %s", (monday,))
                return bool(upto < size)
        return False

    async def _tell(self, connection: Connection, names: Annuaire, position: int, upto: int) -> None:
        if await (await connection.execute("SELECT FROM web.subscriptions LIMIT 1")).fetchone() is None:
            return
        told = _news(await (await connection.execute(READ, (position, upto, TOPICS))).fetchall(), names)
        followers = await _followers(connection, {subject for news in told for subject in news.subjects})
        for news in told:
            for one in (one for subject in news.subjects for one in followers.get(subject, ())):
                if one.pace == "lundi":
                    await connection.execute("INSERT INTO web.summary VALUES (%s, %s)", (one.id, news.position))
                elif one.pace == "tout_de_suite" or news.final:
                    mail = announcement(self.services, names, one, news)
                    key = f"annonce/{news.position}/{one.email_digest.hex()}"  # who follows twice is told once
                    await enqueue(connection, self.services.settings, key, "annonce", mail)

    async def _sum_up(self, connection: Connection, names: Annuaire, monday: date) -> None:
        rows = await (await connection.execute(WAITING)).fetchall()
        entries = await (await connection.execute(AT, ([row[0] for row in rows],))).fetchall()
        told = {news.position: news for news in _news(entries, names)}
        by_address: dict[bytes, tuple[Subscription, dict[int, Annonce]]] = {}
        for position, *values in rows:
            one = subscription(values)
            theirs = by_address.setdefault(one.email_digest, (one, {}))[1]
            if position in told:
                theirs[position] = told[position]
        for digest, (one, theirs) in by_address.items():
            if theirs:
                mail = summary(self.services, monday, one, list(theirs.values()))
                await enqueue(connection, self.services.settings, f"lundi/{monday}/{digest.hex()}", "resume", mail)
        await connection.execute("DELETE FROM web.summary")

    async def _notify_forever(self) -> None:
        purged_at = 0.0
        while True:
            try:
                while await self.notify(datetime.now(UTC)):
                    pass
                if monotonic() - purged_at > PURGE_SECONDS or not purged_at:
                    purged_at = monotonic()
                    async with self.services.pool.connection() as connection:
                        await purge(connection)
            except psycopg.Error as error:
                log.warning("followers: %s", error)
            except Exception:
                log.exception("followers")
            await asyncio.sleep(POLL_SECONDS)


def monday_of(now: datetime) -> date:
    """The last Monday whose eight o'clock in Paris has passed."""
    local = now.astimezone(PARIS)
    monday = local.date() - timedelta(days=local.weekday())
    return monday if local >= datetime.combine(monday, MONDAY_AT) else monday - timedelta(days=7)


async def _followers(connection: Connection, subjects: set[str]) -> dict[str, list[Subscription]]:
    """Who follows each of these, confirmed, in the order in which they came."""
    found: dict[str, list[Subscription]] = {}
    query = ONE + " WHERE subject = ANY(%s) AND confirmed_at IS NOT NULL ORDER BY created_at, id"
    for row in await (await connection.execute(query, (list(subjects),))).fetchall():
        one = subscription(row)
        found.setdefault(one.subject, []).append(one)
    return found


def _news(rows: Iterable[tuple[Any, ...]], names: Annuaire) -> list[Annonce]:
    """What these events tell. A dossier that a newer program began is left to that program; the others are told."""
    found = []
    for at, state, first in rows:
        with suppress(UnknownEvent):
            found.append(annonce(recorded(at, state), recorded(0, first).event, names))
    return [news for news in found if news is not None]
