"""Délibération 2017-2275 printed back: the words of its extract (B:1 to B:311), the file, its twin page, its digest."""

import asyncio
import csv
import hashlib
import io
import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import httpx

from domain.deliberations.executer_acte import PublierActe
from tests.acces.office import Office, open_office
from tests.actes_pdf.lecture import defauts, roles, texte
from tests.actes_pdf.monde import load_real_office, seen
from tests.opendata.schema import fautes
from tests.quality import validate_html
from web.actes_pdf.noms import liste
from web.demonstration import argent, frame
from web.demonstration.actes_reels import FILE
from web.demonstration.acts import once, person
from web.embedded import Urls

PRESENTS = (
    "MM. Kimelfeld, Grivel, Mme Bouzerda, MM. Brumm, Da Passano, Mme Picot, MM. Le Faou, Abadie, Crimier, Philip, "
    "Galliano, Mme Dognin-Sauze, MM. Colin, Charles, Mmes Geoffroy, Laurent, Gandolfi, MM. Barral, Claisse, Mme "
    "Vessiller, MM. George, Képénékian, Mmes Frier, Cardona, MM. Vincent"
)
EXCUSES = (
    "MM. Bret (pouvoir à M. Devinaz), Kabalo (pouvoir à Mme Belaziz), Mmes Basdereff (pouvoir à Mme El Faloussi), "
    "Berra (pouvoir à M. Huguet), Burillon (pouvoir à M. Crimier), M. Collomb (pouvoir à M. Kimelfeld), Mmes Gailliout "
    "(pouvoir à M. Coulon), Guillemot (pouvoir à Mme Jannot), Iehl (pouvoir à Mme Perrin-Gilbert), Millet (pouvoir à "
    "Mme Bouzerda), M. Millet (pouvoir à Mme Picard), Mmes Nachury (pouvoir à Mme Crespy), Piantoni (pouvoir à Mme "
    "Hobert), Servien (pouvoir à M. Da Passano), Vullien (pouvoir à M. Vincent)."
)
DIT = (
    "Extrait du registre des délibérations",
    "Délibération n° 2017-2275",
    "Commission principale : développement solidaire et action sociale",
    "Objet : Projet métropolitain des solidarités 2017-2022",
    "Rapporteur : Madame la Vice-Présidente Laurent",
    "Président : M. Kimelfeld",
    "Nombre de conseillers en exercice au jour de la séance : 165",
    "Date de convocation : mardi 17 octobre 2017",
    "Secrétaire élu : Mme Michonneau",
    "Publié ou affiché le : mercredi 8 novembre 2017",
    "Absents non excusés : Mme Frih.",
    "Vu le rapport du 12 octobre 2017 ;",
    "Ouï l’avis de sa commission développement solidaire et action sociale ;",
    "Approuve les orientations et le programme d'actions proposés",
    "Et ont signé les membres présents, pour extrait conforme.",
    "Reçu au contrôle de légalité le : 8 novembre 2017",
)


async def test_its_extract_its_list_and_its_missing_minutes(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        client = office.client
        await load_real_office(office)

        answer = await client.get("/deliberations/2017-2275/extrait.pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        digest = hashlib.sha256(answer.content).hexdigest()
        assert answer.headers["etag"] == f'"{digest}"'
        assert not defauts(answer.content)
        said = texte(answer.content)
        page = await client.get("/deliberations/2017-2275/extrait")
        assert page.status_code == 200 and not validate_html(page.text)
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in page.text
        plain = " ".join(page.text.replace("&#x27;", "'").replace("&nbsp;", " ").split())
        for words in (f"Présents : {PRESENTS}", f"Absents excusés : {EXCUSES}", *DIT):
            assert words in said, words
        for words in (PRESENTS, EXCUSES, "Mme Frih", "Madame la Vice-Présidente Laurent"):
            assert words in plain, words
        told = json.loads(FILE.read_text(encoding="utf-8"))
        assert said.partition("Présents :")[2].partition("Absents excusés")[0].count(",") == len(told["presents"]) - 1
        assert "unanimité" not in said and "ne porte pas le détail de ce vote" in said

        before = await client.get("/deliberations/2017-2275/extrait.pdf?au=2017-11-06")
        assert "Reçu au contrôle" not in texte(before.content)
        for lost in ("2017-2275/extrait.pdf?au=2017-10-13", "2017-9999/extrait", "../extrait.pdf", "x/extrait.pdf"):
            assert (await client.get(f"/deliberations/{lost}")).status_code == 404
        assert (await client.get("/deliberations/2017-2275/extrait?au=demain")).status_code == 400

        seance = (await client.get("/api/deliberations/2017-2275")).json()["seance"]
        posted = await client.get(f"/seances/{seance}/liste-des-deliberations.pdf")
        assert not defauts(posted.content) and "/Table" in roles(posted.content)
        assert "au plus tard le lundi 13 novembre 2017" in texte(posted.content)
        twin = await client.get(f"/seances/{seance}/liste-des-deliberations")
        assert "2017-2275" in twin.text and not validate_html(twin.text)
        for lost in (f"{seance}/proces-verbal", "SEA-2026-9999/proces-verbal.pdf", "x/proces-verbal", f"{seance}.pdf"):
            assert (await client.get(f"/seances/{lost}")).status_code == 404, lost
        await refuse_junk(client)


async def refuse_junk(client: httpx.AsyncClient) -> None:
    """No odd address is a failure."""
    statuses = set()
    for junk in ("%00", "%FF%FE", "-1", "9" * 30, "%D9%A3", "..%2F..%2Fetc", "a" * 3000, "SEA-2017-0000", "😀"):
        for path in (
            f"/deliberations/{junk}/extrait", f"/deliberations/{junk}/extrait.pdf",
            f"/deliberations/2017-2275/extrait?au={junk}", f"/deliberations/2017-2275/extrait.pdf?au={junk}",
            f"/seances/{junk}/liste-des-deliberations", f"/seances/{junk}/liste-des-deliberations.pdf",
            f"/seances/{junk}/proces-verbal", f"/seances/{junk}/proces-verbal.pdf",
            f"/deliberations/autres?siret={junk}", f"/deliberations/autres?p={junk}", f"/deliberations/{junk}",
        ):  # fmt: skip
            answer = await client.get(path)
            statuses.add(answer.status_code)
            assert answer.status_code in (200, 400, 404), (path, answer.status_code)
    assert statuses == {200, 400, 404}


async def test_what_is_put_online_is_found_again_byte_for_byte(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        ledger, client, day = office.services.ledger, office.client, date(2024, 2, 5)
        await council(office, day)
        before = (await client.get("/deliberations/2024-0001/extrait.pdf")).content
        digest = hashlib.sha256(before).hexdigest()
        here = (person("secretariat-demonstration"), date(2024, 2, 9), "2024-0001", argent.CONSEIL, date(2024, 2, 8))
        await ledger.execute(PublierActe(*here, "en_ligne", digest), once("publie"))
        await seen(office)
        after = (await client.get("/deliberations/2024-0001/extrait.pdf")).content
        page = unescape((await client.get("/deliberations/2024-0001/extrait")).text)
        assert after != before and "Publié ou affiché le" in texte(after)
        [link] = re.findall(r'href="([^"]+\?au=[0-9]+)"', page)
        again = await client.get(link)
        assert again.status_code == 200, (link, again.text)
        assert again.content == before and "modèle du document a changé" not in page
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in page

        table = await client.get("/opendata/deliberations.csv")
        assert not fautes(table.content)
        [line] = csv.DictReader(io.StringIO(table.text, newline=""))
        assert [line[f"VOTE_{name}"] for name in ("EFFECTIF", "REEL", "POUR", "CONTRE", "ABSTENTION")] == [
            "5", "5", "4", "0", "1",
        ]  # fmt: skip


async def test_a_file_that_cannot_be_made_again_is_said(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        ledger, day = office.services.ledger, date(2024, 2, 5)
        await council(office, day)
        here = (person("secretariat-demonstration"), date(2024, 2, 9), "2024-0001", argent.CONSEIL, date(2024, 2, 8))
        await ledger.execute(PublierActe(*here, "en_ligne", "ab" * 32), once("publie"))
        await seen(office)
        page = await office.client.get("/deliberations/2024-0001/extrait")
        assert "Le modèle du document a changé depuis." in page.text and not validate_html(page.text)


async def council(office: Office, day: date) -> None:
    """A demonstration council, and its deliberation 2024-0001."""
    ledger = office.services.ledger
    for made in (frame.commands(), argent.cadre()):
        await asyncio.gather(*(ledger.execute(command, once(key)) for key, command in made))
    meeting = await ledger.execute(argent.planifier(day), once("seance"))
    made = argent.seance(day, (("2024-0001", "Un objet"),), meeting.reference)
    await asyncio.gather(*(ledger.execute(command, once(key)) for key, command in made))
    await seen(office)


def test_names_are_grouped_by_title() -> None:
    assert liste([]) == ""
    assert liste(["M.\u00a0Bret"]) == "M.\u00a0Bret"
    said = liste(["Mme\u00a0Cochet", "M.\u00a0Cochet", "M.\u00a0Cohen", "Une élue du collège A", "Mme\u00a0Corsale"])
    assert said == "Mme\u00a0Cochet, MM.\u00a0Cochet, Cohen, Une élue du collège A, Mme\u00a0Corsale"
