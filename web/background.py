"""What runs beside the handlers in every process: mails, reminders, erasures, urns, the root at the foot of pages."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from litestar.datastructures import State
from psycopg_pool import PoolTimeout

from domain.ledger.tasks import end
from web.avis.rappels import Rappels
from web.bureau.effacer import finish_erasures
from web.courrier.sender import Sender
from web.journal.reading import published
from web.services import Services
from web.suivre.notifier import Notifier
from web.urne.tasks import Urnes

FINGERPRINT_SECONDS = 5.0
ERASURES_SECONDS = 30.0

log = logging.getLogger("registre.web")


@asynccontextmanager
async def background(services: Services, url: str, state: State) -> AsyncIterator[None]:
    """Starts the tasks, stops them in the reverse order."""
    sender, notifier, urns = Sender(url, services.settings), Notifier(services), Urnes(services)
    await sender.start()
    await notifier.start()
    await urns.start()
    reminders = Rappels(services)
    await reminders.start()
    tasks = (
        asyncio.create_task(_follow_fingerprint(services, state), name="fingerprint"),
        asyncio.create_task(_finish_erasures(services), name="erasures"),
    )
    try:
        yield
    finally:
        for task in tasks:
            await end(task)
        await reminders.stop()
        await urns.stop()
        await notifier.stop()
        await sender.stop()


async def _follow_fingerprint(services: Services, state: State) -> None:
    """Size and root of the last checkpoint, shown at the foot of every page."""
    while True:
        with suppress(psycopg.Error, PoolTimeout):
            if (last := await published(services)) is not None:
                state.empreinte = {"taille": last.size, "racine": last.root_hex}
        await asyncio.sleep(FINGERPRINT_SECONDS)


async def _finish_erasures(services: Services) -> None:
    """What a crash left half-done, or a database that was lost meanwhile: at start, then now and then."""
    while True:
        try:
            await finish_erasures(services)
        except Exception as error:
            log.warning("an erasure is not finished yet: %s", type(error).__name__)
        await asyncio.sleep(ERASURES_SECONDS)
