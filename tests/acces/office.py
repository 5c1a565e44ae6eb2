"""The application in this process, on its own database: forms as a browser fills them, mails as they were written."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from litestar import Litestar

from domain.fonctions.events import FonctionConfiee
from domain.ledger.command import Command
from domain.ledger.deciding import Act
from domain.ledger.event import Event
from tests.prepared import application
from tests.site import secret
from web.courrier.outbox import Mail, opened
from web.embedded import Urls
from web.services import Services
from web.settings import Settings

HTTP, HTTPS = "http://127.0.0.1:8000", "https://registre.example"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Write(Command):
    """Writes these events, whatever they are: the domain's rules have their own tests."""

    stream: str
    events: tuple[Event, ...]
    seen: int = field(default=0, init=False)

    def reads(self) -> list[str]:
        return [self.stream]

    def decide(self) -> Iterable[Event]:
        return self.events


class Office:
    """The site and a browser (`client`), which keeps its cookies and follows no redirection."""

    def __init__(self, app: Litestar, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.client = self.browser()

    @property
    def services(self) -> Services:
        found: Services = self.app.state.services
        return found

    def browser(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(address, 40_000))  # type: ignore[arg-type]  # its own scope
        return httpx.AsyncClient(transport=transport, base_url=self.settings.public_url)

    async def post(self, page: str, action: str = "", **fields: str) -> httpx.Response:
        """Opens the page, then posts its form to `action` (the page itself when empty)."""
        found = HIDDEN.findall((await self.client.get(page)).text)
        hidden = {name: unescape(value) for name, value in found}
        return await self.client.post(action or page.partition("?")[0], data=hidden | fields)

    async def write(self, stream: str, *events: Event) -> Act:
        """Appends, and waits for the projections."""
        act = await self.services.ledger.execute(Write(stream, events))
        assert await self.services.watcher.wait_for(act.position, 5)
        return act

    async def write_all(self, *told: tuple[str, Event]) -> None:
        """Appends each, and waits once for the projections."""
        acts = [await self.services.ledger.execute(Write(stream, (event,))) for stream, event in told]
        assert await self.services.watcher.wait_for(acts[-1].position, 5)

    async def appoint(
        self, courriel: str, fonction: str = "coordination", instance: str | None = None, **others: Any
    ) -> str:
        """A person with this function since the start of the year; returns her uuid."""
        person = str(uuid4())
        values: dict[str, Any] = {"du": date(2026, 1, 1), "par": "installation", "nom": "Camille D."} | others
        event = FonctionConfiee(personne=person, fonction=fonction, instance=instance, courriel=courriel, **values)
        await self.write(f"personnes/{person}", event)
        return person

    async def mails(self) -> list[Mail]:
        """What waits in the outbox, oldest first."""
        rows: list[tuple[UUID, bytes]] = await self.services.fetch(
            "SELECT id, sealed FROM web.outbox WHERE sealed IS NOT NULL ORDER BY created_at"
        )
        return [opened(self.settings, id_, sealed) for id_, sealed in rows]

    async def sign_in(self, courriel: str, suite: str = "") -> httpx.Response:
        """Asks for a link, reads the mail, opens the link, presses the button."""
        await self.post(f"/connexion?suite={suite}" if suite else "/connexion", courriel=courriel)
        return await self.post(path_of((await self.mails())[-1].url))


def path_of(url: str) -> str:
    """The path of an address of the site."""
    return httpx.URL(url).raw_path.decode()


@asynccontextmanager
async def open_office(
    database: Urls, directory: Path, demonstration: bool = False, public_url: str = HTTP, smtp_url: str | None = None
) -> AsyncIterator[Office]:
    """The application started, and stopped at the end."""
    settings = Settings(
        directory=directory,
        database_url=database.app,
        given_origin="essai.registre.example/2026",
        master_key_file=secret(directory / "cle-maitre"),
        secret_file=secret(directory / "secret"),
        public_url=public_url,
        smtp_url=smtp_url,
    )
    with pytest.MonkeyPatch.context() as patch:  # tests send and notify themselves, when they choose
        patch.setattr("web.app.background", lambda services, url, state: nullcontext())
        patch.setattr("projections.watcher.REST_TO_WORK", 0)  # nobody else files here: no need to gather acts
        patch.setattr("projections.watcher.REST_SECONDS", 0.002)
        with application(settings, database.app, demonstration) as app:
            async with _alive(app):
                office = Office(app, settings)
                async with office.client:
                    yield office


@asynccontextmanager
async def _alive(app: Litestar) -> AsyncIterator[None]:
    started, stopping = asyncio.Event(), asyncio.Event()

    async def live() -> None:  # entered and left by one task, which a fixture does not promise
        async with app.lifespan():
            started.set()
            await stopping.wait()

    life = asyncio.create_task(live())
    await asyncio.wait([life, starting := asyncio.create_task(started.wait())], return_when=asyncio.FIRST_COMPLETED)
    starting.cancel()
    try:
        yield
    finally:
        stopping.set()
        await life
