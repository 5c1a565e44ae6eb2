"""The register of a year: numbered sheets without a gap, tables that lead to them, digests, what is asked wrongly."""

import asyncio
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.actes_pdf.lecture import defauts, texte
from tests.charge import ORIGIN, SECRET
from tests.site import secret
from web import cli
from web.actes_pdf import registre_annuel
from web.demonstration import argent, frame
from web.demonstration.acts import once
from web.demonstration.loading import load_real_acts
from web.embedded import Urls

JOURS = (date(2024, 2, 5), date(2024, 6, 3))


async def fill(urls: Urls) -> None:
    """2017-2275; and five deliberations of a demonstration council in 2024, in two meetings."""
    ledger = Ledger(urls.app, ORIGIN, Vault(SECRET))
    await ledger.start()
    await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in frame.commands()))
    await load_real_acts(ledger)
    await asyncio.gather(*(ledger.execute(command, once(f"argent/{key}")) for key, command in argent.cadre()))
    for rank, day in enumerate(JOURS):
        meeting = await ledger.execute(argent.planifier(day), once(f"essai/{day}"))
        items = tuple((f"2024-{rank}{n:03d}", f"Objet {rank}{n}") for n in range(1, 4 - rank))
        made = argent.seance(day, items, meeting.reference)
        await asyncio.gather(*(ledger.execute(command, once(f"essai/{key}")) for key, command in made))
    await ledger.stop()


@pytest.fixture
def registre(database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    values = {"DATABASE_URL": database.app, "DATABASE_URL_MIGRATIONS": database.migrations, "REGISTRE_ORIGINE": ORIGIN,
              "REGISTRE_DIR": str(tmp_path)}  # fmt: skip
    for name in ("cle-maitre", "secret"):
        values[f"REGISTRE_{name.replace('-', '_').upper()}_FICHIER"] = str(secret(tmp_path / name))
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    asyncio.run(fill(database))
    return tmp_path


def test_the_sheets_of_a_year(registre: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(registre_annuel, "LOT", 2)
    folder = registre / "2024"
    asked = ["registre-annuel", "2024", "--instance", argent.CONSEIL, "--sortie", str(folder), "--json"]
    assert cli.main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["deliberations"], len(told["fichiers"])) == (5, 4)
    sums = (folder / "empreintes.txt").read_text().splitlines()
    sheets: list[int] = []
    where: dict[str, int] = {}
    for file, line in zip(told["fichiers"], sums, strict=True):
        octets = (folder / file["nom"]).read_bytes()
        assert hashlib.sha256(octets).hexdigest() == file["sha256"] and line == f"{file['sha256']}  {file['nom']}"
        assert not defauts(octets)
        for page in PdfReader(io.BytesIO(octets)).pages:
            said = " ".join(page.extract_text().split())
            sheets += [int(number) for number in re.findall(r"Feuillet (\d+) · 2024", said)]
            where |= dict.fromkeys(re.findall(r"Délibération n° (2024-\d+)", said), sheets[-1])
    assert sheets == list(range(1, told["feuillets"] + 1))
    tables = texte((folder / "tables.pdf").read_bytes())
    by_date, _, by_subject = tables.partition("Table par matière")
    assert where == {line["numero"]: line["feuillet"] for line in told["lignes"]} and len(where) == 5
    for number, sheet in where.items():
        assert re.search(rf"{number} .*? {sheet}\b", by_date) and re.search(rf"{number} .*? {sheet}\b", by_subject)
    assert "7.1 finances locales/décisions budgétaires" in by_subject
    assert f"5 délibérations, sur {told['feuillets']} feuillets numérotés, de 1 à {told['feuillets']}" in by_subject
    first = texte((folder / told["fichiers"][0]["nom"]).read_bytes())
    assert "Feuillet de clôture" not in first and first.count("Présents :") == 1


def test_the_real_year_and_what_is_refused(registre: Path, capsys: Any) -> None:
    folder = registre / "2017"
    assert cli.main(["registre-annuel", "2017", "--sortie", str(folder)]) == 0
    assert "1 délibérations" not in (said := capsys.readouterr().out) and "1 délibération" in said
    [book] = folder.glob("001-*.pdf")
    words = texte(book.read_bytes())
    assert "Délibération n° 2017-2275" in words and "Mme Bouzerda" in words and "Feuillet de clôture" in words
    for asked in (["2017", "--sortie", str(folder)], ["1999"], ["99999"], ["2017", "--instance", "rien"]):
        assert cli.main(["registre-annuel", *asked]) == 2
        assert capsys.readouterr().err.startswith("registre : ")
