"""The demonstration's meetings, over HTTP: who holds them finds what to do; everybody reads what was decided."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx
import psycopg
import pytest

from domain.calendrier import PARIS
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.charge import ORIGIN, SECRET
from tests.conftest import Server, _temporary
from tests.parcours.visitor import Visitor, hidden
from tests.quality import validate_html
from tests.seances_web.conftest import RACINE, clair
from tests.site import Site, running_site
from web.demonstration import frame
from web.demonstration.acts import once
from web.demonstration.loading import load_meetings, load_real_acts
from web.demonstration.seances import CTM, SECRETARIAT
from web.embedded import Urls


async def fill(urls: Urls) -> None:
    """The frame, délibération 2017-2275, the two meetings of the conférence; each once."""
    ledger, today = Ledger(urls.app, ORIGIN, Vault(SECRET)), datetime.now(PARIS).date()
    await ledger.start()
    try:
        await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in frame.commands()))
        await load_real_acts(ledger)
        await load_meetings(ledger, today)
        await load_meetings(ledger, today)
    finally:
        await ledger.stop()


@pytest.fixture(scope="module")
def site(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration's site."""
    with _temporary(server, template) as (_, urls):
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, fill(urls)).result()
        with running_site(urls, tmp_path_factory.mktemp("seances")) as running:
            with Visitor(running) as visitor:
                visitor.wait_until_ready()
            yield running


@pytest.fixture
def web(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=20, verify=False) as client:
        yield client


def references(site: Site) -> list[str]:
    """Of the conférence's two meetings, the one held first."""
    with psycopg.connect(site.database.app) as connection:
        query = "SELECT reference FROM projections.seances WHERE instance = %s ORDER BY prevue_le"
        return [reference for (reference,) in connection.execute(query, (CTM,)).fetchall()]


def test_la_secretaire_trouve_ce_qui_l_attend(site: Site) -> None:
    held, coming = references(site)
    with Visitor(site) as secretary:
        secretary.sign_in(SECRETARIAT)
        week = clair(secretary.read("/bureau"))
        for words in ("À tenir", "Procès-verbal à arrêter à la prochaine séance", f"{RACINE}/{coming}"):
            assert words in week, words
        assert not validate_html(secretary.read(f"{RACINE}/{coming}"))
        page = clair(secretary.read(f"{RACINE}/{held}"))
        assert "Procès-verbal : rédigé" in page


def test_chacun_lit_la_seance_tenue(site: Site, web: httpx.Client) -> None:
    held, coming = references(site)
    answer = web.get(f"/seances/{held}")
    assert answer.status_code == 200 and not validate_html(answer.text)
    text = clair(answer.text).replace("'", "’")
    for words in (
        "2 pour, 2 contre, 1 abstention : 4 suffrages exprimés, égalité. La voix de la présidence, pour, l’emporte.",
        "Sortis pour ce point, sans voter : Maire de Sainte-Foy-lès-Lyon",
        "Maire de Saint-Genis-les-Ollières (pouvoir à Maire de Craponne)",
        "Excusés : 1",
        "Renvoyé",
    ):
        assert words in text, words
    assert "vingt vélos" not in text  # the debates are public once the minutes are adopted
    listed = clair(web.get("/seances").text)
    assert f"/seances/{coming}" in listed and f"/seances/{held}" in listed and listed.index(coming) < listed.index(held)
    only = web.get("/seances", params={"instance": "conseil"}).text
    assert "SEA-2017-0001" in only and held not in only and not validate_html(only)


def test_une_autre_date_et_un_numero(site: Site, web: httpx.Client) -> None:
    held, _ = references(site)
    with psycopg.connect(site.database.app) as connection:
        query = "SELECT depot FROM projections.seances WHERE reference = %s"
        [(first,)] = connection.execute(query, (held,)).fetchall()
    assert "est prévue le" in web.get(f"/seances/{held}", params={"au": str(first)}).text
    assert web.get(f"/seances/{held}", params={"au": str(first - 1)}).status_code == 404
    assert web.get(f"/seances/{held}", params={"au": "hier"}).status_code == 400
    jump = web.get("/recherche", params={"q": held.lower().replace("-", " ")})
    assert (jump.status_code, jump.headers["location"]) == (303, f"/seances/{held}")
    for path in ("/seances/SEA-2026-9999", "/seances/SEA-0", "/seances/autre", "/seances/SEA-2026-9999.ics"):
        assert web.get(path).status_code == 404, path


def test_l_agenda_et_les_membres(site: Site, web: httpx.Client) -> None:
    _, coming = references(site)
    agenda = web.get(f"/seances/{coming}.ics")
    assert agenda.headers["content-type"].startswith("text/calendar")
    assert f"UID:{coming}@" in agenda.text and "LOCATION:Salle des séances" in agenda.text
    body = web.get(f"/instances/{CTM}")
    text = clair(body.text)
    assert not validate_html(body.text)
    for words in ("Présidence : Maire de Charbonnières-les-Bains", "7 membres aujourd’hui, pour 7 sièges", coming):
        assert words in text, words
    comet = clair(web.get("/instances/comet").text)
    assert "Une élue du collège" in comet and "elue-" not in comet


def test_la_seance_reelle_n_invente_pas_d_heure(web: httpx.Client) -> None:
    text = re.sub(r"\(enregistré [^)]*\)", "", clair(web.get("/seances/SEA-2017-0001").text))  # perhaps at midnight
    assert "149" in text and "Mme Cochet" in text and not re.search(r"\b0 h", text)
    assert web.get("/seances/SEA-2017-0001?au=2017-10-20").status_code == 404  # it was entered later
    assert web.get("/seances/SEA-2017-0001?au=2026-06-01").status_code == 200
    assert "Le détail du vote n’est pas porté" in text
    assert "Quorum atteint : 149 présents sur 165, 83 exigés." in text


JUNK = ("", "x" * 300, "%00", "²", "-1", "9" * 30, "SEA-2026-0001%2F..", "<b>", "' OR 1=1")
ACTES = ("point", "ordre", "convoquer", "ouvrir", "presences", "vote", "noms", "rectifier", "pouvoir", "reporter")
CHAMPS = ("rang", "monter", "version", "heure", "jour", "elu", "cherche", "pour", "envoyee_le", "mandant", "objet")


def test_rien_ne_fait_tomber_ces_pages(site: Site) -> None:
    _, coming = references(site)
    here = f"{RACINE}/{coming}"
    with Visitor(site) as secretary:
        secretary.sign_in(SECRETARIAT)
        csrf = hidden(secretary.read(RACINE))["csrf"]
        for junk in JUNK:
            public = (f"/seances/{junk}", f"/seances?p={junk}", f"/seances?instance={junk}", f"/seances/{junk}.ics")
            office = (
                f"{RACINE}/{junk}",
                f"{here}?corriger={junk}",
                f"{here}/points/{junk}",
                f"{RACINE}?instance={junk}",
            )
            for path in (*public, f"/seances/{coming}?au={junk}", *office):
                assert secretary.get(path).status_code < 500, path
            for act in ACTES:
                sent = {"csrf": csrf, "idempotence": f"{act}-{junk}"} | {f"{act}-{name}": junk for name in CHAMPS}
                assert secretary.post(f"{here}/{act}", data=sent | {"voix-x": junk}).status_code < 500, (act, junk)
        for day in ("0001-01-01", "9999-12-31"):
            sent = {"csrf": csrf, "instance": CTM, "jour": day, "heure": "0:30", "lieu": "Salle"}
            assert secretary.post(RACINE, data=sent).status_code == 422
