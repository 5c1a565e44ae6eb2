"""What the register says of a scrutin, read from its stream; and a command tried before something else is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from domain.ledger import store
from domain.ledger.command import Command
from domain.ledger.deciding import Act
from domain.ledger.entry import recorded
from domain.ledger.event import Event
from domain.ledger.store import Once
from domain.scrutins.etat import Scrutin, retenir
from domain.scrutins.events import ScrutinCree
from domain.scrutins.urne import UrneInconnue
from web.services import Services


class Registre(msgspec.Struct, frozen=True):
    """A scrutin as its stream tells it: its state, and every event."""

    scrutin: Scrutin
    events: tuple[Event, ...]

    @property
    def cree(self) -> ScrutinCree:
        """Its rules. Raises UrneInconnue for an election that was held elsewhere."""
        if self.scrutin.cree is None:
            raise UrneInconnue("Ce vote a eu lieu ailleurs : il n’a pas d’urne ici.")
        return self.scrutin.cree


def flux(reference: str) -> str:
    """The stream of a scrutin."""
    return f"scrutins/{reference}"


async def lire(services: Services, reference: str) -> Registre:
    """The scrutin as the register has it now. Raises UrneInconnue."""
    stream = flux(reference)
    async with services.pool.connection() as connection:
        rows = (await store.read(connection, [stream]))[stream]
    if not rows:
        raise UrneInconnue(f"Il n’y a pas de scrutin {reference}.")
    scrutin, events = Scrutin(), []
    for position, state in rows:
        event = recorded(position, state).event
        retenir(scrutin, event)
        events.append(event)
    return Registre(scrutin, tuple(events))


async def essayer(services: Services, command: Command) -> None:
    """Decides without writing: raises RegleViolee when the register would refuse, before anything else is touched."""
    command = replace(command)
    async with services.pool.connection() as connection:
        rows = await store.read(connection, command.reads())
    for stream in command.reads():
        for position, state in rows[stream]:
            command.know(recorded(position, state).event)
    list(command.decide())


async def deja_fait(services: Services, reference: str, once: Once | None) -> Act | None:
    """The act that this form wrote already on this scrutin, or None. Raises KeyReused."""
    if once is None:
        return None
    async with services.pool.connection() as connection:
        if not await store.seen(connection, [once.key]):
            return None
    return await services.ledger.execute(_Rejouer(reference), once)


@dataclass
class _Rejouer(Command):
    """Decides nothing: the ledger answers what its key wrote."""

    scrutin: str

    def reads(self) -> list[str]:
        return [flux(self.scrutin)]

    def know(self, event: Event) -> None:
        """Nothing."""

    def decide(self) -> Iterable[Event]:
        return ()


async def maintenant(services: Services) -> datetime:
    """The database's clock, in whole seconds: the one that the urn's window is checked with."""
    [(moment,)] = await services.fetch("SELECT date_trunc('second', clock_timestamp())")
    found: datetime = moment
    return found


def une_fois(*parts: str | int | bytes) -> Once:
    """An idempotency key made of what the act is: done again after a crash, it is the same act."""
    text = b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return Once(sha256(b"urne\0" + text).digest(), sha256(b"urne/contenu\0" + text).digest())
