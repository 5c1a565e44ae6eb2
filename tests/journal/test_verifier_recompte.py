"""`verifier.py --recompter`: one vote from its downloads, offline; every rule, both files; what was altered is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.ledger.entry import encode_entry
from tests.comptage.elections import DONNEES, sans_donnees
from tests.comptage.test_golden import GOLDEN, REGLES
from tests.comptage.test_pabulib import pb
from tests.journal.test_verifier_scrutins import KINDS
from tests.journal.verifying import run
from tests.resultats import votes
from web.resultats.fichiers import bulletins_csv, fichier_pb, scrutin_json
from web.resultats.lecture import Scrutin, scrutin

REFERENCE = "SC-2026-0001"


def counted(**others: Any) -> Scrutin:
    """44 ballots counted and proclaimed, as the register holds them."""
    stream, at = f"scrutins/{REFERENCE}", "2026-11-21T08:00:00Z"
    events = votes.compte(44, **others)
    rows = [(n, encode_entry(event, "essai.example/1", stream, n, at, [])) for n, event in enumerate(events, start=1)]
    found = scrutin(REFERENCE, rows)
    assert found is not None
    return found


def downloads(folder: Path, found: Scrutin) -> tuple[Path, Path, Path]:
    """The CSV, the `.pb` and the rules, as the page of the vote offers them."""
    names = ("bulletins.csv", f"{REFERENCE}.pb", f"{REFERENCE}.json")
    for name, content in zip(names, (bulletins_csv(found), fichier_pb(found), scrutin_json(found)), strict=True):
        assert content is not None
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / names[0], folder / names[1], folder / names[2]


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_from_both_files(tmp_path: Path, kind: str) -> None:
    found = counted(**KINDS[kind])
    assert found.depouille is not None
    ballots, pabulib, rules = downloads(tmp_path, found)
    for file in (ballots, pabulib):
        done = run("--recompter", file, "--regles", rules)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        said = done.stdout.replace("\u00a0", " ")
        assert f"Projets retenus : {', '.join(found.depouille.gagnants)}, pour " in said
        assert "C'est le résultat annoncé." in said and "  1. " in said and "Un garage à vélos" in said
    answer = json.loads(run("--recompter", ballots, "--regles", rules, "--json").stdout)
    winners = list(found.depouille.gagnants)
    assert answer == {"ok": True, "gagnants": winners, "annonces": winners}


def test_what_was_altered_is_said(tmp_path: Path) -> None:
    ballots, _, rules = downloads(tmp_path, counted())
    said = json.loads(rules.read_text())
    rules.write_text(json.dumps(said | {"gagnants": ["p5", "p3"]}))
    done = run("--recompter", ballots, "--regles", rules)
    assert done.returncode == 1 and "FAUTE\u00a0: ce n'est pas le résultat annoncé" in done.stdout
    rules.write_text(json.dumps(said))
    head, first, *rest = ballots.read_text().splitlines()
    tracker = first.partition(",")[0]
    for line, words in (
        (f"{tracker},1,1,1,1,0,0", "trop de choix"),
        (f"{tracker},2,0,0,0,0,0", "autre chose que 0 ou 1"),
        (f"{tracker},-1,0,0,0,0,0", "mal formée"),
        (f"{tracker},x,0,0,0,0,0", "illisible (ValueError)"),
        (rest[0], "même numéro de vérification"),
    ):
        ballots.write_text("\n".join([head, line, *rest]))
        done = run("--recompter", ballots, "--regles", rules)
        assert done.returncode == 1 and words in done.stdout, done.stdout
    ballots.write_text("\n".join([head.replace("p1", "p9"), first, *rest]))
    assert "ne sont pas les projets" in run("--recompter", ballots, "--regles", rules).stdout
    rules.write_text("[]")
    assert run("--recompter", ballots, "--regles", rules).returncode == 1


def test_another_rule_to_see_what_changes(tmp_path: Path) -> None:
    _, pabulib, rules = downloads(tmp_path, counted())
    done = run("--recompter", pabulib, "--regles", rules, "--regle", "glouton_seuil", "--param", "seuil=40", "--json")
    assert done.returncode == 0 and json.loads(done.stdout) == {"ok": True, "gagnants": [], "annonces": None}
    refused: list[list[str | Path]] = [
        ["--recompter", pabulib],
        ["--recompter", tmp_path / "absent.pb", "--regles", rules],
        ["--recompter", tmp_path / "bulletins.csv", "--regle", "glouton"],
        ["--recompter", pabulib, "--regle", "glouton", "--param", "seuil"],
        ["--recompter", pabulib, "--regles", rules, "--cle", "x"],
        ["--recompter", pabulib, "--regles", rules, tmp_path],
    ]
    for wrong in refused:
        assert run(*wrong).returncode == 2, wrong
    other = tmp_path / "autre.pb"
    other.write_text(pb("a;1", "b;1,2", budget="25"))
    assert "score 2" in run("--recompter", other, "--regle", "glouton").stdout
    assert run("--recompter", other, "--regle", "hasard").returncode == 1


@sans_donnees
@pytest.mark.parametrize("name", sorted(GOLDEN, key=lambda name: GOLDEN[name]["voters"])[:1])
def test_real_elections(name: str) -> None:
    for rule, expected in GOLDEN[name]["rules"].items():
        ours, params = REGLES[rule]
        given = params | ({"pas": "1"} if "add1" in ours else {})
        typed = [word for pair in given.items() for word in ("--param", "=".join(pair))]
        done = run("--recompter", DONNEES / "files" / name, "--regle", ours, *typed, "--json")
        assert sorted(json.loads(done.stdout)["gagnants"]) == sorted(expected["winners"]), rule
