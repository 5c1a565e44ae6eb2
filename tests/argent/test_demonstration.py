"""The demonstration's money: six years, real communes; every page holds with it."""

import re
import time
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from domain.enveloppes.masses import MASSES
from projections.argent import ETATS
from tests.acces.office import Office, open_office
from tests.charge import SECRET, TODAY
from tests.parcours.language import acronym_faults, sentence_faults, typography_faults
from tests.quality import validate_html
from web.demonstration.argent_fin import load_money_end
from web.demonstration.loading import load, load_money
from web.embedded import Urls

PATHS = (
    "/argent",
    "/argent/suivi",
    "/argent/bron",
    "/argent/oullins-pierre-benite",
    "/argent/ctm-porte-des-alpes",
    "/argent/fic/2023/bron",
    "/argent/fic/2023/bron?au=2023-04-10",
    "/argent/fic/2023/pierre-benite",
    "/argent/prox/2022/ctm-porte-des-alpes",
    "/argent/repartition/EN-2021-0001",
    "/argent/repartition/EN-2021-0001?partage=1",
    "/argent/repartition/EN-2021-0002?alpha=1",
    "/operations",
    "/operations?seuil=oui",
    "/operations/OP-2021-0001",
    "/operations/OP-2023-0002",
    "/argent/colleges/2025/college-des-deux-rives",
    "/communes/bron",
)


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path, demonstration=True) as found:
        await load(found.services.ledger, TODAY, SECRET)
        yield found


async def test_six_years_on_the_real_communes(office: Office) -> None:
    start = time.perf_counter()
    works = await load_money(office.services.ledger)
    await load_money_end(office.services, TODAY, works)
    spent = time.perf_counter() - start
    [(end,)] = await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
    await load_money_end(office.services, TODAY, await load_money(office.services.ledger))  # once only
    assert [(end,)] == await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
    assert await office.services.watcher.wait_for(end, 20)
    assert spent < 30, spent
    sums = dict(await office.services.fetch("SELECT nom, sum(dotation_cents)::bigint FROM comptes GROUP BY nom"))
    assert {nom: sums[nom] for nom in MASSES} == MASSES  # the merger of 2024 too: exact to the cent
    years = dict(await office.services.fetch("SELECT annee, count(*) FROM comptes WHERE nom = 'fic' GROUP BY 1"))
    assert years == {2021: 59, 2022: 59, 2023: 59, 2024: 58, 2025: 58, 2026: 58}
    states = dict(await office.services.fetch("SELECT etat, count(*) FROM operations GROUP BY etat"))
    assert set(states) == {*ETATS, "abandonnee"} - {"receptionnee"} and sum(states.values()) == len(works) + 1 == 40
    faults: dict[str, list[str]] = {}
    for path in PATHS:
        answer = await office.browser().get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        assert validate_html(answer.text) == [], path
        faults[path] = [*typography_faults(answer.text), *sentence_faults(answer.text), *acronym_faults(answer.text)]
    assert [f"{path}: {one}" for path, found in faults.items() for one in found] == []
    await the_rest(office)
    said = unescape(re.sub(r"<[^>]+>", "", (await office.browser().get("/argent")).text)).replace("\u00a0", " ")
    for words in ("58,3 millions d’euros", "59,7 millions d’euros", "82 millions d’euros", "Modes actifs"):
        assert words in said, words


async def the_rest(office: Office) -> None:
    """Frozen figures are those computed again, pictures are served, the vote leads to the benches."""
    followed = (await office.browser().get("/argent/suivi")).text
    assert followed.count("Les deux sont égales") == 2 and "Elles diffèrent" not in followed
    [(photos,)] = await office.services.fetch("SELECT photos FROM operations WHERE titre LIKE 'Une allée%%'")
    assert [photo["moment"] for photo in photos] == ["avant", "apres"]
    for photo in photos:
        answer = await office.browser().get(f"/pj/{photo['empreinte']}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    rows = await office.services.fetch("SELECT origine, etat, mandate_cents FROM operations WHERE nom = 'colleges'")
    assert rows == [("BPC-2024-0001", "soldee", 5_872_00)]
