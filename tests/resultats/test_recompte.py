"""A vote of the register recounted three ways that share nothing: the command, the file, the verifier of an export."""

import json
import subprocess
import sys
from pathlib import Path

import httpx

from tests.acces.test_nommer import registre
from tests.resultats.conftest import COMPTE, OUVERT, PETIT, POINTS
from tests.site import Site


def test_le_numero_le_fichier_et_la_page_donnent_les_memes_gagnants(
    site: tuple[Site, list[str]], tmp_path: Path
) -> None:
    rendu = registre(site[0], "depouiller", COMPTE.lower(), "--json")
    assert rendu.returncode == 0, rendu.stderr
    objet = json.loads(rendu.stdout)
    assert (objet["rule"], objet["winners"], objet["voters"]) == ("glouton", ["p1", "p2", "p3"], 412)
    assert objet["total_cost_cents"] == 2_750_000
    fichier = tmp_path / "vote.pb"
    fichier.write_bytes(httpx.get(f"{site[0].url}/scrutins/{COMPTE}.pb").content)
    exporte = subprocess.run(
        [sys.executable, "-m", "web.cli", "pabulib", "export", COMPTE],
        env=site[0].environment, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert exporte.stdout == fichier.read_bytes()
    du_fichier = json.loads(registre(site[0], "depouiller", str(fichier), "--regle", "glouton", "--json").stdout)
    assert (du_fichier["winners"], du_fichier["total_cost"]) == (objet["winners"], objet["total_cost"])
    agrandies = json.loads(registre(site[0], "depouiller", POINTS, "--json").stdout)
    assert agrandies["params"] == {"depart": "exact", "arret": "exhaustif", "pas": 1}
    json_ = httpx.get(f"{site[0].url}/scrutins/{POINTS}.json").json()
    assert json_["gagnants"] == agrandies["winners"] and json_["regle"] == agrandies["rule"]


def test_ce_qui_n_est_pas_publie_ne_se_compte_pas(site: tuple[Site, list[str]]) -> None:
    for reference in (OUVERT, PETIT):
        for arguments in (("depouiller", reference), ("pabulib", "export", reference)):
            rendu = registre(site[0], *arguments)
            assert rendu.returncode == 2 and "ne sont pas publiés" in rendu.stderr, rendu.stderr


def test_le_verificateur_d_un_export_recompte_tous_les_votes(site: tuple[Site, list[str]], tmp_path: Path) -> None:
    signe = registre(site[0], "checkpoint")
    assert signe.returncode == 0, signe.stderr
    exporte = registre(site[0], "export", str(tmp_path / "export"))
    assert exporte.returncode == 0, exporte.stderr
    command = [sys.executable, "-I", str(tmp_path / "export" / "verifier.py"), str(tmp_path / "export"), "--json"]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout)
    assert answer["ok"] and answer["checks"]["V9"] == "ok", answer["faults"]
