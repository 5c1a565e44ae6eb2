"""Deliberations in and out of the national format: the file served is valid; a bad file is told line by line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from domain.deliberations.scdl import COLONNES
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from tests.acces.office import open_office
from tests.actes_pdf.monde import load_real_office, seen
from tests.charge import ORIGIN, SECRET
from tests.opendata.schema import fautes
from tests.quality import validate_html
from tests.site import secret
from web import cli
from web.embedded import Urls
from web.opendata.fichier_scdl import FichierIllisible, lire_fichier
from web.opendata.scdl import Bilan, importer

SIRET = "20004697700019"
VOTE = ("43", "40", "38", "1", "1")


def ligne(identifiant: str, vote: tuple[str, ...] = VOTE, code: str = "8.3") -> list[str]:
    head = ["Ville de l'Essai", SIRET, identifiant, "2019-03-04", code, "domaines de compétences par thèmes/voirie"]
    return [*head, f"Rue n° {identifiant}, réfection ; marché", "", "", "PREF069", "2019-03-06", *vote, ""]


def fichier(lignes: list[list[str]], separateur: str = ",", codage: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separateur).writerows([list(COLONNES), *lignes])
    return text.getvalue().encode(codage)


MAUVAIS = [
    ligne("2019-1"),
    ligne("2019-2"),
    ligne("2019-2"),
    ligne("2019/2"),
    ligne("2019-3", code=""),
    ligne("2019-4", ("43", "44", "42", "1", "1")),
    ligne("2019-5", ("", "", "", "", "")),
    ligne("2019-6")[:-3],
    [""] * 17,
    ligne("2019-7"),
]
REFUS = [
    (4, "DELIB_ID", "ligne 3"), (5, "DELIB_ID", "ligne 3"), (6, "DELIB_MATIERE_CODE", "il manque"),
    (7, "VOTE_REEL", "44 votants"), (9, "", "14 valeurs pour 17 colonnes"),
]  # fmt: skip


async def test_the_file_of_the_site_is_valid(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        await load_real_office(office)
        answer = await office.client.get("/opendata/deliberations.csv")
        assert answer.status_code == 200 and not fautes(answer.content)
        assert "etalab.gouv.fr/licence-ouverte" in answer.headers["link"]
        [act] = csv.DictReader(io.StringIO(answer.text, newline=""))
        assert [act[name] for name in COLONNES[11:16]] == [""] * 5
        assert (act["DELIB_MATIERE_CODE"], act["DELIB_DATE"], act["PREF_DATE"]) == ("8.2", "2017-11-06", "2017-11-08")
        assert act["DELIB_MATIERE_NOM"] == "domaines de compétences par thèmes/aide sociale"
        assert act["DELIB_URL"].endswith("/deliberations/2017-2275/extrait.pdf")
        assert "deliberations.csv" in (await office.client.get("/opendata")).text
        assert [lue.defauts for lue in lire_fichier(answer.content).lignes] == [[]]


def test_the_judge_sees_what_is_wrong() -> None:
    assert not fautes(fichier([ligne("1")]))
    wrong = fichier([ligne("1", ("43", "44", "42", "1", "")), ligne("", code="x")])
    assert fautes(wrong) == ["2 VOTE_EFFECTIF", "3 DELIB_ID", "3 DELIB_MATIERE_CODE"]


@pytest.mark.parametrize(
    ("separateur", "codage", "notes"),
    [(",", "utf-8", 0), (";", "utf-8-sig", 2), (";", "cp1252", 2), ("\t", "utf-16", 2)],
)
def test_every_encoding_gives_the_same_lines(separateur: str, codage: str, notes: int) -> None:
    found = lire_fichier(fichier(MAUVAIS, separateur, codage))
    assert len(found.remarques) == notes
    lines = list(found.lignes)
    told = [(lue.numero, champ, raison) for lue in lines for champ, raison in lue.defauts]
    assert [(at, champ) for at, champ, _ in told] == [(at, champ) for at, champ, _ in REFUS]
    assert all(words in raison for (_, _, raison), (_, _, words) in zip(told, REFUS, strict=True))
    assert [lue.ligne.delib_id for lue in lines if lue.ligne] == ["2019-1", "2019-2", "2019-5", "2019-7"]


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04\0\0", b"COLL_NOM;COLL_SIRET\na;b", b"\xff\xfe", b'"' * 50])
def test_what_is_no_table_is_refused(octets: bytes) -> None:
    with pytest.raises(FichierIllisible):
        list(lire_fichier(octets).lignes)


def test_a_line_on_several_lines_keeps_its_number() -> None:
    long = ligne("2019-8")
    long[6] = "Une rue\nsur deux lignes"
    found = list(lire_fichier(fichier([long, ligne("2019-8")])).lignes)
    assert [lue.numero for lue in found] == [2, 4] and found[0].ligne is not None
    assert found[0].ligne.objet == "Une rue sur deux lignes" and "ligne 2" in found[1].defauts[0].raison


async def test_many_lines_then_the_same_again(database: Urls) -> None:
    ledger = Ledger(database.app, ORIGIN, Vault(SECRET))
    octets = fichier([ligne(f"2019-{n}") for n in range(2_500)])
    await ledger.start()
    first = await importer(ledger, octets, Bilan("essai.csv", "essai"))
    assert (first.lines, first.imported, first.already, first.refused) == (2_500, 2_500, 0, [])
    few = fichier([ligne("2019-1"), ligne("2019-2", code="8.4"), ligne("2020-1")])
    again = await importer(ledger, few, Bilan("essai.csv", "essai"))
    assert (again.imported, again.already) == (1, 1)
    assert [(fault["line"], fault["field"]) for fault in again.refused] == [(3, "DELIB_ID")]
    await ledger.stop()


async def test_an_imported_act_has_its_page(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        client = office.client
        empty = await client.get("/deliberations/autres")
        assert empty.status_code == 200 and not validate_html(empty.text)
        bilan = await importer(office.services.ledger, fichier(MAUVAIS), Bilan("essai.csv", "site de l'essai"))
        assert (bilan.lines, bilan.imported, bilan.lignes_refusees) == (9, 4, 5)
        await seen(office)
        listed = await client.get(f"/deliberations/autres?siret={SIRET}&p=1")
        assert "2019-7" in listed.text and not validate_html(listed.text)
        page = await client.get("/deliberations/200046977-2019_1")
        assert page.status_code == 200 and not validate_html(page.text)
        assert "Ville de l&#x27;Essai" in page.text and "38" in page.text and "site de l&#x27;essai" in page.text
        without = await client.get("/deliberations/200046977-2019_5")
        assert "ne porte pas le détail du vote" in without.text
        jump = await client.get("/recherche?q=2019-7")
        assert jump.headers["location"] == "/deliberations/200046977-2019_7"
        for lost in ("", ".json", "/extrait", "/extrait.pdf"):
            number = "200046977-2019_1" if lost else "200046977-2019_99"
            assert (await client.get(f"/deliberations/{number}{lost}")).status_code == 404
        assert "2019" not in (await client.get("/opendata/deliberations.csv")).text
        assert (await client.get("/deliberations/autres?siret=%00&p=-4")).status_code == 200
        assert (await client.get("/deliberations/autres?p=un")).status_code == 400


def test_the_command(database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    for name, value in {"DATABASE_URL": database.app, "DATABASE_URL_MIGRATIONS": database.migrations,
                        "REGISTRE_DIR": str(tmp_path), "REGISTRE_ORIGINE": ORIGIN}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("cle-maitre", "secret"):
        monkeypatch.setenv(f"REGISTRE_{name.replace('-', '_').upper()}_FICHIER", str(secret(tmp_path / name)))
    path = tmp_path / "essai.csv"
    path.write_bytes(fichier(MAUVAIS, ";", "utf-8-sig"))
    assert cli.main(["scdl", "import", str(path)]) == 1
    said = capsys.readouterr().out
    assert "ligne 7, VOTE_REEL, refusée" in said and "9 lignes lues, 4 inscrites, 0 déjà inscrites" in said
    assert cli.main(["scdl", "import", str(path), "--json", "--source", "essai"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["imported"], told["already"], {fault["line"] for fault in told["refused"]}) == (0, 4, {4, 5, 6, 7, 9})
    path.write_bytes(fichier([ligne("2021-1")]))
    assert cli.main(["scdl", "import", str(path)]) == 0
    capsys.readouterr()
    path.write_bytes(b"un texte")
    assert cli.main(["scdl", "import", str(path)]) == 2
    assert cli.main(["scdl", "import", str(tmp_path / "absent.csv")]) == 2
    capsys.readouterr()
    assert cli.main(["scdl", "export"]) == 0
    assert not fautes(capsys.readouterr().out.encode())
