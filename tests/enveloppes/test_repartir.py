"""`registre repartir` as scripts call it: exact sums, and every bad file told with its line."""

import json
from pathlib import Path

import pytest

from tests.enveloppes.communes import FICHIER
from web.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(["repartir", *arguments])
    except SystemExit as stop:
        code = int(str(stop.code))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("enveloppe", "lines", "total"), [
    ("fic", 59, 5_830_000_000), ("prox", 10, 5_970_000_000), ("projets", 10, 8_200_000_000),
])  # fmt: skip
def test_la_repartition_des_communes_reelles(
    capsys: pytest.CaptureFixture[str], enveloppe: str, lines: int, total: int
) -> None:
    for year in (2018, 2020):
        code, out, _ = run(
            capsys, "--enveloppe", enveloppe, "--communes", str(FICHIER), "--population", f"pop_municipale_{year}",
            "--alpha", "1", "--json",
        )  # fmt: skip
        answer = json.loads(out)
        assert code == 0 and answer["total_cents"] == total == sum(line["cents"] for line in answer["lines"])
        assert len(answer["lines"]) == lines


def test_la_voirie_pese_son_poids(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    towns = tmp_path / "communes.csv"
    towns.write_text("insee;commune;ctm;pop_2020;voirie_m2\n69001;A;Nord;100;300,5\n69002;B;Sud;100;99,5\n")
    code, out, _ = run(capsys, "--enveloppe", "prox", "--communes", str(towns), "--alpha", "0,5", "--json")
    nord = 5_970_000_000 * (100 * 400 + 300.5 * 200) / (2 * 200 * 400)
    assert code == 0 and json.loads(out)["lines"][0] == {"insee": "", "ctm": "Nord", "cents": round(nord)}


def test_le_texte_dit_le_total_et_les_minimums(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, "--enveloppe", "fic", "--communes", str(FICHIER), "--population", "pop_municipale_2018", "--alpha", "1"
    )
    assert code == 0 and out.count("(minimum garanti)") == 16 and "58 300 000,00 €  total" in out.replace("\u00a0", " ")


HEAD = "insee,commune,ctm,pop\n"


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (HEAD, (), "aucune commune"),
        (HEAD + "69001,A,Nord,0\n", (), "population"),
        (HEAD + "69001,A,Nord,\n", (), "Ligne 2"),
        (HEAD + "69001,A,Nord,12 000\n", (), "Ligne 2"),
        (HEAD + "69001,A,Nord,-5\n", (), "Ligne 2"),
        (HEAD + "69001,A,Nord,1e9\n", (), "Ligne 2"),
        (HEAD + "69001,A,Nord,5\n69001,B,Sud,5\n", (), "deux fois"),
        (HEAD + ",A,Nord,5\n", (), "Ligne 2"),
        (HEAD + "69001,A\n", (), "Ligne 2"),
        ("insee,ctm\n69001,Nord\n", (), "--population"),
        ("insee,ctm,pop_a,pop_b\n69001,Nord,1,2\n", (), "pop_a, pop_b"),
        (HEAD + "69001,A,Nord,5\n", ("--population", "habitants"), "habitants"),
        (HEAD + "69001,A,Nord,5\n", ("--alpha", "0.5"), "voirie_m2"),
        (HEAD + "69001,A,Nord,5\n", ("--alpha", "1.1"), "entre 0 et 1"),
        (HEAD + "69001,A,Nord,5\n", ("--alpha", "beaucoup"), "entre 0 et 1"),
        ("\xff\xfe", (), "UTF-8"),
    ],
)
def test_un_fichier_refuse_dit_pourquoi(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, options: tuple[str, ...], words: str
) -> None:
    towns = tmp_path / "communes.csv"
    towns.write_bytes(text.encode("latin-1" if "\xff" in text else "utf-8"))
    given = options if "--alpha" in options else ("--alpha", "1", *options)
    code, out, err = run(capsys, "--enveloppe", "prox", "--communes", str(towns), *given)
    assert (code, out) == (2, "") and words in err


def test_alpha_est_obligatoire_la_ou_il_compte(capsys: pytest.CaptureFixture[str]) -> None:
    for enveloppe in ("fic", "prox"):
        code, _, err = run(
            capsys, "--enveloppe", enveloppe, "--communes", str(FICHIER), "--population", "pop_totale_2020"
        )
        assert code == 2 and "--alpha" in err
    code, _, err = run(capsys, "--enveloppe", "projets", "--communes", str(FICHIER), "--alpha", "0.5")
    assert code == 2 and "population seule" in err
    assert run(capsys, "--enveloppe", "rien", "--communes", str(FICHIER))[0] == 2
    assert run(capsys, "--enveloppe", "fic", "--communes", "absent.csv", "--alpha", "1")[0] == 2


def test_un_nouveau_partage_de_ce_qui_reste(capsys: pytest.CaptureFixture[str]) -> None:
    base = ("--enveloppe", "fic", "--communes", str(FICHIER), "--population", "pop_municipale_2020", "--alpha", "1")
    code, out, _ = run(capsys, *base, "--cents", "2915000000", "--annees", "3", "--json")
    answer = json.loads(out)
    assert code == 0 and answer["total_cents"] == 2_915_000_000 == sum(line["cents"] for line in answer["lines"])
    assert min(line["cents"] for line in answer["lines"]) == 3 * 25_000_00
    for wrong in (("--cents", "0"), ("--cents", "5830000001"), ("--annees", "3"), ("--cents", "5", "--annees", "7")):
        assert run(capsys, *base, *wrong)[0] == 2, wrong
