"""The site in this process, the secretary of one body signed in: its meetings and its drafts over HTTP."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.quality import validate_html
from tests.seances_web.conftest import HIDDEN, Secretaire, clair
from tests.seances_web.conftest import secretaire as secretaire_de
from web.embedded import Urls

RACINE = "/bureau/deliberations"


class Greffe:
    """Who prepares the acts of a body; her meetings are those of `seances`."""

    def __init__(self, seances: Secretaire) -> None:
        self.seances, self.client = seances, seances.office.client

    async def planifie(self, le: datetime) -> None:
        """A meeting of her body, which lists show."""
        await self.seances.planifie(le)
        await self.page(f"/bureau/seances-assemblees?vu={await self.dernier()}")

    async def dernier(self) -> int:
        """The last act of the register."""
        [(last,)] = await self.seances.office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
        return int(last)

    async def page(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, clair(answer.text)[:2000])
        if status == 200:
            assert not validate_html(answer.text), (path, validate_html(answer.text))
        return clair(answer.text)

    async def formulaire(self, page: str, action: str) -> dict[str, str]:
        """The fields of this form, as a browser would send them back."""
        text = (await self.client.get(page)).text.replace("&#x2f;", "/")
        form = text.partition(f'method="post" action="{action}"')[2].partition("</form>")[0]
        assert form, (page, action, clair(text)[:3000])
        filled = dict(re.findall(r'<input id="[^"]+" name="([^"]+)" type="(?:date|text)" value="([^"]*)"', form))
        filled |= dict(re.findall(r'<select id="[^"]+" name="([^"]+)".*?<option value="([^"]*)" selected', form, re.S))
        filled |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)".*?>\n(.*?)</textarea>', form, re.S))
        filled |= dict(re.findall(r'type="radio"[^>]* name="([^"]+)" value="([^"]*)" checked', form))
        return {name: unescape(value) for name, value in (dict(HIDDEN.findall(form)) | filled).items()}

    async def depose(self, status: int = 303, **fields: str) -> str:
        """A draft; its number, or the page that refuses it."""
        form = await self.formulaire(f"{RACINE}/nouvelle", f"{RACINE}/nouvelle")
        answer = await self.client.post(f"{RACINE}/nouvelle", data=form | fields)
        assert answer.status_code == status, clair(answer.text)[:3000]
        if status != 303:
            return clair(answer.text)
        where = answer.headers["location"]
        await self.page(where)
        return where.removeprefix(f"{RACINE}/").partition("?")[0]

    async def envoie(self, numero: str, acte: str, **fields: str) -> httpx.Response:
        """The form of this act, filled as it comes, and these fields."""
        page = f"{RACINE}/{numero}"
        form = await self.formulaire(page, f"{page}/{acte}")
        return await self.client.post(f"{page}/{acte}", data=form | {f"{acte}-{k}": v for k, v in fields.items()})

    async def fait(self, numero: str, acte: str, status: int = 303, **fields: str) -> str:
        """One act; the page that follows."""
        answer = await self.envoie(numero, acte, **fields)
        assert answer.status_code == status, (acte, answer.status_code, clair(answer.text)[:3500])
        if status == 303:
            return await self.page(answer.headers["location"])
        assert not validate_html(answer.text), validate_html(answer.text)
        return clair(answer.text)


@pytest.fixture
async def greffe(database: Urls, tmp_path: Path) -> AsyncIterator[Greffe]:
    async with secretaire_de(database, tmp_path, 10, "conseil", "conseil") as found:
        yield Greffe(found)
