"""What runs beside the requests for the urns: the hourly reading, and what a crash left half-done."""

import asyncio
import logging

from domain.ledger.tasks import end
from web.services import Services
from web.urne.closing import accorder
from web.urne.erasing import reprendre_effacement
from web.urne.reading import relever
from web.urne.slips import reprendre_billets

SECONDS = 20.0
LIVING = "SELECT reference FROM urne.scrutins WHERE etat <> 'effacee' ORDER BY 1"
UNSAID = "SELECT DISTINCT reference FROM urne.gestes ORDER BY 1"

log = logging.getLogger("registre.urne")


class Urnes:
    """`start` and `stop` beside the services; any number of processes may run it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Looks after the urns until `stop`."""
        self._task = asyncio.create_task(self._forever(), name="urnes")

    async def stop(self) -> None:
        """Whatever it was doing is done again at the next start."""
        await end(self._task)

    async def _forever(self) -> None:
        while True:
            await veiller(self.services)
            await asyncio.sleep(SECONDS)


async def veiller(services: Services) -> None:
    """One round. An urn that fails does not keep the others waiting, and no log says more than which kind of fault."""
    try:
        for (reference,) in await services.fetch(UNSAID):
            await reprendre_effacement(services, reference)
        urns = [reference for (reference,) in await services.fetch(LIVING)]
    except Exception as error:
        log.warning("the urns wait: %s", type(error).__name__)
        return
    for reference in urns:
        try:
            await accorder(services, reference)
            await reprendre_billets(services, reference)
            await relever(services, reference)
        except Exception as error:
            log.warning("the urn of %s waits: %s", reference, type(error).__name__)
