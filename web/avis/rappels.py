"""Reminders by mail of the terms of saisines: a week before, the day after, then each week of lateness; each once."""

import asyncio
import logging
from datetime import date

from domain.ledger.tasks import end
from projections.avis import SaisineRow
from web.acces.persons import Person, persons, today
from web.avis.frise import attente
from web.avis.listes import ATTENDUE
from web.colleges.lecture import read
from web.courrier.outbox import Mail, compose, enqueue
from web.services import Services

SECONDS = 3600.0
AVANT = 7
# Never more than a hundred days ahead or behind: an old saisine is on the page of what is late, not in mails for ever.
PROCHES = ATTENDUE + " AND terme BETWEEN %s::date - 100 AND %s::date + 7 ORDER BY terme, depot LIMIT 500"

log = logging.getLogger("registre.avis")


def etape(terme: date, le: date) -> str:
    """Which reminder is due on that day: `avant`, then `retard-0`, `retard-1`… one a week; nothing before."""
    left = (terme - le).days
    if left > AVANT:
        return ""
    return "avant" if left >= 0 else f"retard-{(-left - 1) // 7}"


async def rappeler(services: Services, le: date) -> int:
    """Fills the outbox with the reminders of that day; returns how many are new. Run again, it adds nothing."""
    rows = await read(services, SaisineRow, PROCHES, (le, le))
    people = [person for person in await persons(services) if person.courriel] if rows else []
    made = 0
    async with services.pool.connection() as connection, connection.transaction():
        for row in rows:
            assert row.terme is not None  # PROCHES asks for one
            for person in people:
                if _concerne(person, row):
                    key = f"rappel/{row.reference}/{row.terme}/{etape(row.terme, le)}/{person.id}"
                    mail = _mail(services, row, person, le)
                    made += await enqueue(connection, services.settings, key, "rappel", mail)
    return made


def _concerne(person: Person, row: SaisineRow) -> bool:
    """She follows this saisine, or gives the avis of the body that is asked."""
    return person.peut("suivre_saisine", row.a) or person.peut("rendre_avis", row.a)


def _mail(services: Services, row: SaisineRow, person: Person, le: date) -> Mail:
    said, late = attente(row, le, "l’instance")
    state = "En retard" if late else "Échéance proche"
    link = ("Ouvrir le dossier", f"{services.settings.public_url}/bureau/saisines/{row.reference}")
    words = ("Bonjour,", f"Dossier {row.reference}\u00a0: {row.objet}.", said)
    return compose(services.settings, person.courriel, f"[{row.reference}] {state}", words, lien=link)


class Rappels:
    """`start` and `stop` beside the services; any number of processes may run it: each mail has its key."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Reminds every hour until `stop`."""
        self._task = asyncio.create_task(self._forever(), name="rappels")

    async def stop(self) -> None:
        await end(self._task)

    async def _forever(self) -> None:
        while True:
            try:
                await rappeler(self.services, today())
            except Exception as error:
                log.warning("reminders wait: %s", type(error).__name__)
            await asyncio.sleep(SECONDS)
