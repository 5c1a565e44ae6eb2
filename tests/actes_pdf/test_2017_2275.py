"""Délibération 2017-2275 printed back: the words of its extract (B:1 to B:311), the file, its twin page, its digest."""

import hashlib
import json
from pathlib import Path

from tests.acces.office import open_office
from tests.actes_pdf.lecture import defauts, roles, texte
from tests.actes_pdf.monde import load_real_office
from tests.quality import validate_html
from web.actes_pdf.noms import liste
from web.demonstration.actes_reels import FILE
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


def test_names_are_grouped_by_title() -> None:
    assert liste([]) == ""
    assert liste(["M.\u00a0Bret"]) == "M.\u00a0Bret"
    said = liste(["Mme\u00a0Cochet", "M.\u00a0Cochet", "M.\u00a0Cohen", "Une élue du collège A", "Mme\u00a0Corsale"])
    assert said == "Mme\u00a0Cochet, MM.\u00a0Cochet, Cohen, Une élue du collège A, Mme\u00a0Corsale"
