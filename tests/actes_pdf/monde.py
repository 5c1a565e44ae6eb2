"""An office with délibération 2017-2275 in its register."""

import asyncio

from tests.acces.office import Office
from web.demonstration import frame
from web.demonstration.acts import once
from web.demonstration.loading import load_real_acts


async def load_real_office(office: Office) -> None:
    """Loads the frame and the real acts, and waits until pages show them."""
    ledger = office.services.ledger
    await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in frame.commands()))
    await load_real_acts(ledger)
    await seen(office)


async def seen(office: Office) -> None:
    """Waits until pages show all that is written."""
    [(last,)] = await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
    assert await office.services.watcher.wait_for(last, 20)
