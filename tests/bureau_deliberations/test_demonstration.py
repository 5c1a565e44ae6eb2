"""The demonstration's acts, loaded twice: the secretary finds one late and one to prepare."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.calendrier import PARIS
from tests.acces.office import HIDDEN, Office, open_office
from tests.demonstration.conftest import settings
from tests.quality import validate_html
from tests.seances_web.conftest import clair
from web.demonstration.loading import load, load_deliberations, load_money, writing
from web.embedded import Urls


@pytest.fixture
async def demo(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    today = datetime.now(PARIS).date()
    async with writing(settings(database, tmp_path / "registre"), database.app) as services:
        await load(services.ledger, today, services.secret)
        await load_money(services.ledger)
        for _ in range(2):
            await load_deliberations(services.ledger, today)
    async with open_office(database, tmp_path, demonstration=True) as office:
        [(last,)] = await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
        assert await office.services.watcher.wait_for(last, 30)
        yield office


async def test_la_secretaire_trouve_ce_qui_attend(demo: Office) -> None:
    hidden = dict(HIDDEN.findall((await demo.client.get("/connexion")).text))
    signed = await demo.client.post("/connexion/demonstration", data=hidden | {"personne": "secretariat-conseil"})
    assert signed.status_code == 303
    for path in ("/bureau", "/bureau/deliberations", "/bureau/deliberations?instance=conseil-demonstration"):
        answer = await demo.client.get(path)
        assert answer.status_code == 200 and not validate_html(answer.text), path
        text = clair(answer.text)
        assert text.index("À transmettre au préfet, en retard") < text.index("Rapport à adresser"), path
        assert "Un bac entre les deux rives" in text and "Des arbres dans les cours" in text
    assert "En retard" not in (await demo.client.get("/bureau/deliberations?instance=conseil")).text
    year = datetime.now(PARIS).year
    for numero in ("2021-9001", f"{year}-9002"):
        answer = await demo.client.get(f"/bureau/deliberations/{numero}")
        assert answer.status_code == 200 and not validate_html(answer.text), numero
