"""The chain of délibération 2017-2275: from the concertation of 2016 to the prefecture, its delays, its holes."""

import csv
import io
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

from tests.acces.office import Office
from tests.quality import validate_html

CHAINE = "/chaines/2017-2275"


async def text(office: Office, path: str, status: int = 200) -> str:
    """The page's words, its HTML checked."""
    answer = await office.browser().get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
    assert validate_html(answer.text) == [], path
    main = answer.text[answer.text.index("<main") : answer.text.index("</main")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).replace("\u00a0", " ")


async def nodes(office: Office, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await office.browser().get(f"{CHAINE}.json{query}")).json()["noeuds"]
    return found


async def test_two_lines_join_at_the_vote(reel: Office) -> None:
    found = await nodes(reel)
    assert [(node["voie"], node["titre"]) for node in found] == [
        ("saone", "État des lieux"),
        ("saone", "Co-construction des actions"),
        ("rhone", "Passage en conférences territoriales des maires"),
        ("rhone", "Consolidation et formalisation"),
        ("rhone", "Projet déposé"),
        ("rhone", "Rapport adressé aux membres"),
        ("rhone", "Convocation"),
        ("rhone", "Inscrite à l’ordre du jour"),
        ("rhone", "Commission consultée"),
        ("confluence", "Vote\u00a0: adoptée"),
        ("suite", "Signature"),
        ("suite", "Publication ou affichage"),
        ("suite", "Transmission au préfet"),
        ("suite", "Réception par le préfet"),
        ("suite", "Procès-verbal publié"),
        ("suite", "Avis écrit de la commission"),
    ]
    assert [node["etat"] for node in found] == ["fait"] * 14 + ["absente"] * 2
    assert all(node["index"] == node["acte"] - 1 and node["enregistre_le"] for node in found)
    assert [node["source"] for node in found[:4]] == ["B:111 à B:114", "B:115 à B:117", "B:117 et B:118",
                                                      "B:120 à B:122"]  # fmt: skip


async def test_each_node_says_its_delay_beside_the_legal_one(reel: Office) -> None:
    said = await text(reel, CHAINE)
    for words in (
        "14 actes, du 1er janvier 2016 au 8 novembre 2017. 2 pièces absentes du journal.",
        "de janvier à mai 2016",
        "Plus de 770 personnes",
        "ce n'est pas un avis voté",
        "25 jours avant la séance, 12 exigés : respecté",
        "20 jours avant la séance, 12 exigés : respecté",
        "149 présents, 15 pouvoirs. Quorum : 83 présents exigés, 149 comptés.",
        "2 jours après le vote",
        "Exécutoire ce jour-là.",
        "Pièce absente du journal",
        "Absence signalée : Coordination",
        "Conseil de la Métropole, séance du 6 novembre 2017",
        "Convoquer le Conseil",
    ):
        assert words in said, words
    assert "unanimité" not in said and said.count("Exécutoire ce jour-là.") == 1


async def test_the_page_of_the_act_shows_the_same_chain(reel: Office) -> None:
    found = (await reel.browser().get("/api/deliberations/2017-2275")).json()
    assert found["chaine"] == await nodes(reel) == (await reel.browser().get("/api/chaines/2017-2275")).json()["noeuds"]
    page = (await reel.browser().get("/deliberations/2017-2275")).text
    assert f'href="{CHAINE}"' in page and "Pièce absente du journal" in page


async def test_any_past_date_and_any_past_act(reel: Office) -> None:
    before = await nodes(reel, "?au=2017-10-20")
    assert [node["titre"] for node in before][-1] == "Inscrite à l’ordre du jour"
    assert {node["etat"] for node in before} == {"fait"}, "nothing is missing before the vote"
    posted = {node["titre"]: node["etat"] for node in await nodes(reel, "?au=2017-11-07")}
    assert posted["Signature"] == "fait" and posted["Publication ou affichage"] == "a-venir"
    filed = next(node["acte"] for node in before if node["titre"] == "Projet déposé")
    assert [node["titre"] for node in await nodes(reel, f"?au={filed}")] == ["Projet déposé", "Convocation"]
    assert "telle qu’elle était le 20 octobre 2017" in await text(reel, f"{CHAINE}?au=2017-10-20")
    assert "État des lieux" in await text(reel, f"{CHAINE}?au=2016-02-01")
    for query, status in (("au=2015-12-31", 404), ("au=1", 404), ("au=hier", 400), ("et=hier", 400)):
        await text(reel, f"{CHAINE}?{query}", status)


async def test_two_dates_are_compared_in_words(reel: Office) -> None:
    said = await text(reel, f"{CHAINE}?au=2017-10-20&et=2017-11-07")
    assert "ajouté : Vote : adoptée" in said and "ajouté : Signature" in said and "retiré" not in said
    later = await text(reel, f"{CHAINE}?au=2017-11-07&et=2017-11-09")
    assert "retiré : Publication ou affichage" in later and "ajouté : Publication ou affichage" in later
    born = await text(reel, f"{CHAINE}?au=2015-01-01&et=2017-10-20")
    assert "0 en moins, 0 pareil" in born


async def test_the_chain_leaves_as_a_table_a_feed_a_calendar(reel: Office) -> None:
    client = reel.browser()
    table = list(csv.DictReader(io.StringIO((await client.get(f"{CHAINE}.csv")).text)))
    assert len(table) == 16 and table[5]["delai_tenu"] == "oui" and table[-1]["etat"] == "absente"
    feed = ET.fromstring((await client.get(f"{CHAINE}.atom")).text)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 16
    agenda = (await client.get(f"{CHAINE}.ics")).text
    assert "DTSTART;VALUE=DATE:20171106" in agenda and "DTSTART;VALUE=DATE:20180109" in agenda
    assert max(len(line.encode()) for line in agenda.split("\r\n")) <= 75
    for form in ("json", "csv", "atom", "ics"):
        assert (await client.get(f"/chaines/2017-9999.{form}")).status_code == 404
        assert (await client.get(f"{CHAINE}.{form}?au=hier")).status_code == 400


async def test_a_number_pasted_in_the_search_reaches_the_whole_chain(reel: Office) -> None:
    client = reel.browser()
    for typed, page in (("2017-2275", "/deliberations/2017-2275"), ("sea 2017 1", "/seances/SEA-2017-0001")):
        jump = await client.get("/recherche", params={"q": typed})
        assert (jump.status_code, jump.headers["location"]) == (303, page)
        found = await client.get(page)
        link = re.search(r'href="(/chaines/[^"]+)"', found.text)
        assert link is not None and (await client.get(link[1])).status_code == 200
    meeting = await text(reel, "/chaines/SEA-2017-0001")
    assert "Quorum constaté" in meeting and "Projet métropolitain des solidarités 2017-2022" in meeting
    for path, status in (("/chaines/rien", 404), ("/chaines/GEPI-2026-9999", 404)):
        assert (await client.get(path)).status_code == status
    typed_freely = await client.get("/chaines/sea 2017 1")
    assert (typed_freely.status_code, typed_freely.headers["location"]) == (303, "/chaines/SEA-2017-0001")
