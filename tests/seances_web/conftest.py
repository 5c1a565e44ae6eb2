"""The site in this process with one assembly, its secretary signed in; a meeting at the stage that a test wants."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.calendrier import PARIS
from domain.ledger.event import Event
from tests.acces.office import Office, open_office
from tests.monde import instance
from tests.seances.monde import elus, membres
from web.embedded import Urls

RACINE = "/bureau/seances-assemblees"
COURRIEL = "secretariat@essai.example"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
HIER = datetime.now(PARIS).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)


class Secretaire:
    """Somebody who holds the meetings of `slug`, over HTTP."""

    def __init__(self, office: Office, slug: str) -> None:
        self.office, self.slug, self.reference = office, slug, ""
        self.tokens: dict[httpx.AsyncClient, str] = {}

    @property
    def racine(self) -> str:
        return f"{RACINE}/{self.reference}"

    async def page(self, suite: str = "", **query: Any) -> str:
        """A page of the meeting, as read."""
        answer = await self.office.client.get(f"{self.racine}{suite}", params=query)
        assert answer.status_code == 200, answer.text
        return clair(answer.text)

    async def fait(
        self,
        nom: str,
        status: int = 303,
        *,
        client: httpx.AsyncClient | None = None,
        avec: Mapping[str, str] | None = None,
        **fields: str,
    ) -> str:
        """Sends the form of an act; the page that answers, where the meeting then stands."""
        who = client or self.office.client
        if who not in self.tokens:  # a session keeps its token
            self.tokens[who] = (await jetons(who, self.racine))["csrf"]
        sent = {f"{nom}-{key}" if key in PREFIXED else key: value for key, value in fields.items()}
        sent |= avec or {}
        answer = await who.post(f"{self.racine}/{nom}", data={"csrf": self.tokens[who], **sent})
        assert answer.status_code == status, (answer.status_code, clair(answer.text)[:2500])
        if status == 303:
            answer = await who.get(answer.headers["location"])
        return clair(answer.text)

    async def planifie(self, le: datetime) -> None:
        """A meeting to come."""
        hidden = await jetons(self.office.client, RACINE)
        sent = {"jour": le.date().isoformat(), "heure": f"{le:%H:%M}", "lieu": "Salle A", "publique": "oui"}
        answer = await self.office.client.post(RACINE, data=hidden | sent)
        assert answer.status_code == 303, clair(answer.text)
        self.reference = answer.headers["location"].removeprefix(f"{RACINE}/").partition("?")[0]

    async def ouvre(self, le: datetime = HIER, present: int = 5, points: int = 1, dossier: str = "") -> None:
        """A meeting that is open, its items not yet called, `m1`…`m{present}` there."""
        await self.planifie(le)
        for rang in range(1, points + 1):
            await self.fait("point", objet=f"Objet {rang}", origine="presidence", dossier=dossier)
        await self.fait("convoquer", envoyee_le=(le - timedelta(days=20)).date().isoformat())
        await self.fait("ouvrir", president="m1")
        await self.fait("presences", avec=coche(present), avaient="")

    async def appelle(self, rang: int = 1) -> None:
        await self.fait("appeler", rang=str(rang))

    async def faits(self) -> list[str]:
        """The events of the meeting, in order."""
        sent = await self.office.services.fetch(
            "SELECT convert_from(state, 'UTF8')::json ->> 'e' FROM ledger.stored_events"
            " WHERE convert_from(state, 'UTF8')::json ->> 's' = %s ORDER BY notification_id",
            (f"seances/{self.reference}",),
        )
        return [topic.split("/")[1] for (topic,) in sent]


PREFIXED = {
    *("objet", "dossier", "origine", "envoyee_le", "urgence", "motif", "heure", "president", "elu", "mandant"),
    *("mandataire", "qualite", "pour", "contre", "abstentions", "nuls", "npppv", "cherche", "version", "debats"),
    *("a_la_seance", "admise", "jour"),
}


def coche(n: int) -> dict[str, str]:
    """The boxes of `m1`…`m{n}`, ticked."""
    return {f"present-{elu}": "oui" for elu in elus(1, n)}


async def jetons(client: httpx.AsyncClient, where: str) -> dict[str, str]:
    """The hidden fields of a page's last form of ours: its token, the instance."""
    found = {name: unescape(value) for name, value in HIDDEN.findall((await client.get(where)).text)}
    return {name: found[name] for name in ("csrf", "instance") if name in found}


def clair(text: str) -> str:
    """A page with plain spaces and signs."""
    return unescape(text).replace("\u00a0", " ")


@asynccontextmanager
async def secretaire(database: Urls, directory: Path, n: int, slug: str, sorte: Any) -> AsyncIterator[Secretaire]:
    """The body of `n` members, `m1` in the chair, and its secretary."""
    async with open_office(database, directory) as office:
        facts: list[Event] = membres(n)
        await office.write(f"instances/{slug}", instance(slug, sorte, serie=None))
        await office.write(f"assemblees/{slug}", *facts)
        await office.appoint(COURRIEL, "secretariat", slug)
        await office.sign_in(COURRIEL)
        yield Secretaire(office, slug)


@pytest.fixture
async def ctm(database: Urls, tmp_path: Path) -> AsyncIterator[Secretaire]:
    async with secretaire(database, tmp_path, 8, "ctm-x", "ctm") as found:
        yield found


@pytest.fixture
async def conseil(database: Urls, tmp_path: Path) -> AsyncIterator[Secretaire]:
    async with secretaire(database, tmp_path, 10, "conseil", "conseil") as found:
        yield found
