"""What runs beside the handlers in every process: mails out, followers told, the fingerprint of the footer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from litestar.datastructures import State
from psycopg_pool import PoolTimeout

from web.courrier.sender import Sender
from web.journal.reading import published
from web.services import Services
from web.suivre.notifier import Notifier

FINGERPRINT_SECONDS = 5.0


@asynccontextmanager
async def background(services: Services, url: str, state: State) -> AsyncIterator[None]:
    """Starts the tasks, stops them in the reverse order."""
    sender, notifier = Sender(url, services.settings), Notifier(services)
    await sender.start()
    await notifier.start()
    fingerprint = asyncio.create_task(_follow_fingerprint(services, state), name="fingerprint")
    try:
        yield
    finally:
        fingerprint.cancel()
        with suppress(asyncio.CancelledError):
            await fingerprint
        await notifier.stop()
        await sender.stop()


async def _follow_fingerprint(services: Services, state: State) -> None:
    """Size and root of the last checkpoint, shown at the foot of every page."""
    while True:
        with suppress(psycopg.Error, PoolTimeout):
            if (last := await published(services)) is not None:
                state.empreinte = {"taille": last.size, "racine": last.root_hex}
        await asyncio.sleep(FINGERPRINT_SECONDS)
