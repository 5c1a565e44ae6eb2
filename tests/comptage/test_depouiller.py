"""`registre depouiller`: the contract's JSON, the words, the refusals; nothing heavy imported."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.comptage.test_pabulib import pb
from web.comptage.depouiller import add_parser


def lancer(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="registre")
    add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["depouiller", *arguments])
    code = args.run(args)
    assert isinstance(code, int)
    return code


@pytest.fixture
def source(tmp_path: Path) -> str:
    chemin = tmp_path / "election.pb"
    chemin.write_text(pb("a;1", "b;1", "c;1,2", "d;9", projets="1;10.5;Banc\n2;20;Jeu", budget="31"), "utf-8")
    return str(chemin)


def test_l_objet_json_du_contrat(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(source, "--regle", "glouton_seuil", "--param", "seuil=1", "--json") == 0
    sortie = capsys.readouterr()
    objet = json.loads(sortie.out)
    assert sortie.err.replace("\u00a0", " ") == "bulletin nul (ligne 14) : projet inconnu : « 9 »\n"
    steps = objet.pop("steps")
    assert [(s["projet"], s["decision"], s["reste"]) for s in steps] == [
        ("1", "retenu", "20.5"),
        ("2", "retenu", "0.5"),
    ]
    assert objet.pop("null_ballots")[0]["ballot"] == "ligne 14"
    assert objet == {
        "rule": "glouton_seuil",
        "params": {"score": "votes", "seuil": 1},
        "winners": ["1", "2"],
        "total_cost": "30.5",
        "total_cost_cents": 3050,
        "voters": 3,
    }


def test_les_mots(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(source, "--regle", "parts_egales") == 0
    mots = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Règle : parts_egales" in mots
    assert "1 « Banc » (coût 10,5, soutenu par 3 votants) : retenu. 3 votants paient 3,5 chacun." in mots
    assert "Retenus, dans l'ordre : 1, pour 10,5" in mots


@pytest.mark.parametrize(
    ("arguments", "raison"),
    [
        (["--regle", "hasard"], "règle inconnue"),
        (["--regle", "glouton_seuil"], "paramètre manquant pour glouton_seuil : seuil=N"),
        (["--regle", "parts_egales_add1", "--param", "depart=exact"], "arret=exhaustif|depassement"),
        (["--regle", "parts_egales_add1", "--param", "arret=exhaustif"], "depart=exact|entier"),
        (["--regle", "parts_egales", "--param", "pas=1"], "paramètre sans objet"),
        (["--regle", "glouton", "--param", "score=coeur"], "score vaut votes ou points"),
        (["--regle", "glouton", "--param", "score"], "--param attend k=v"),
        (["--regle", "glouton", "--param", "score=votes", "--param", "score=points"], "deux fois"),
        (["--regle", "glouton_seuil", "--param", "seuil=beaucoup"], "seuil est un nombre"),
        (
            ["--regle", "parts_egales_add1", "--param", "depart=exact", "--param", "arret=exhaustif",
             "--param", "pas=0"],
            "pas est un nombre positif",
        ),
    ],
)  # fmt: skip
def test_un_mauvais_usage_rend_2(
    arguments: list[str], raison: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lancer(source, *arguments) == 2
    sortie = capsys.readouterr()
    assert not sortie.out and raison in sortie.err.replace("\u00a0", " ")


def test_un_fichier_illisible_rend_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faux = tmp_path / "faux.pb"
    faux.write_text("rien", "utf-8")
    for chemin, raison in ((tmp_path / "SC-2026-0001", "aucun fichier"), (tmp_path, "dossier"), (faux, "ligne 1")):
        assert lancer(str(chemin), "--regle", "glouton") == 2
        assert raison in capsys.readouterr().err


def test_rien_de_lourd_n_est_charge() -> None:
    code = "import sys, web.comptage.depouiller; print(*sys.modules)"
    charges = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    lourds = {"litestar", "psycopg", "msgspec", "eventsourcing", "minijinja", "asyncio"}
    assert not lourds & {nom.partition(".")[0] for nom in charges}
