"""Eighteen real elections: known winners for each rule, official results where published."""

import json
from typing import Any, Final

import pytest

from domain.comptage import pabulib
from domain.comptage.election import Election
from domain.comptage.election_pabulib import election as election_du_fichier
from domain.comptage.nombres import decimal
from domain.comptage.regles import compter
from domain.comptage.trace import EtapeGlouton
from tests.comptage.elections import DONNEES, parametres, sans_donnees

pytestmark = sans_donnees

REGLES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "greedy_votes_skip": ("glouton", {"score": "votes"}),
    "greedy_votes_noskip": ("glouton_arret", {"score": "votes"}),
    "greedy_score_skip": ("glouton", {"score": "points"}),
    "greedy_votes_per_cost": ("glouton_par_euro", {"score": "votes"}),
    "mes": ("parts_egales", {}),
    "mes_util": ("parts_egales_glouton", {}),
    "mes_add1_exact_exh": ("parts_egales_add1", {"depart": "exact", "arret": "exhaustif"}),
    "mes_add1_integral_exh": ("parts_egales_add1", {"depart": "entier", "arret": "exhaustif"}),
    "mes_add1_integral_noexh": ("parts_egales_add1", {"depart": "entier", "arret": "depassement"}),
    "mes_add1u_integral_exh": ("parts_egales_add1_glouton", {"depart": "entier", "arret": "exhaustif"}),
}
# What each town said it did, in our words. Poznań's own rule gives the greedy result here.
OFFICIELS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "greedy": ("glouton", {}),
    "greedy-custom": ("glouton", {}),
    "greedy-no-skip": ("glouton_arret", {}),
    "greedy-threshold": ("glouton_seuil", {}),
    "equalshares/add1": ("parts_egales_add1", {"depart": "entier", "arret": "depassement"}),
}
GOLDEN: Final[dict[str, dict[str, Any]]] = (
    json.loads((DONNEES / "golden.json").read_text("utf-8"))["files"] if DONNEES.is_dir() else {}
)


def lire(nom: str) -> Election:
    return election_du_fichier(pabulib.lire((DONNEES / "files" / nom).read_bytes()))


def verifier(election: Election, regle: str, params: dict[str, str], attendu: dict[str, Any]) -> None:
    pas = {"pas": "1"} if "add1" in regle else {}
    resultat = compter(election, regle, parametres(election, regle, params | pas))
    assert sorted(resultat.gagnants) == sorted(attendu["winners"])
    assert decimal(resultat.cout_total, resultat.unite) == attendu["total_cost"]


def test_toutes_les_regles_et_tous_les_fichiers_sont_la() -> None:
    assert {p.name for p in (DONNEES / "files").iterdir()} == set(GOLDEN)
    assert {regle for e in GOLDEN.values() for regle in e["rules"]} == set(REGLES)


@pytest.mark.parametrize("nom", GOLDEN)
def test_gagnants_connus(nom: str) -> None:
    election, attendus = lire(nom), GOLDEN[nom]
    assert election.votants == attendus["voters"]
    assert len(election.projets) == attendus["projects"]
    assert decimal(election.budget, election.unite) == attendus["budget"]
    for regle, attendu in attendus["rules"].items():
        verifier(election, *REGLES[regle], attendu)


@pytest.mark.parametrize("nom", [nom for nom, e in GOLDEN.items() if "official" in e])
def test_resultat_officiel(nom: str) -> None:
    officiel = GOLDEN[nom]["official"]
    regle, params = OFFICIELS[officiel["rule_label"]]
    seuil = {"seuil": officiel["threshold"]} if regle == "glouton_seuil" else {}
    verifier(lire(nom), regle, params | seuil, officiel)


@pytest.mark.parametrize("nom", GOLDEN)
def test_relu_apres_ecriture(nom: str) -> None:
    lu = pabulib.lire((DONNEES / "files" / nom).read_bytes())
    relu = pabulib.lire(pabulib.ecrire(lu).encode())
    assert (relu.meta, relu.projets.lignes, relu.votes.lignes) == (lu.meta, lu.projets.lignes, lu.votes.lignes)
    assert not lu.avertissements


@pytest.mark.parametrize("nom", GOLDEN)
def test_les_voix_ecrites_dans_le_fichier_sont_celles_des_bulletins(nom: str) -> None:
    lu = pabulib.lire((DONNEES / "files" / nom).read_bytes())
    election = election_du_fichier(lu)
    resultat = compter(election, "glouton", parametres(election, "glouton", {"score": "votes"}))
    scores = {e.projet: e.score for e in resultat.etapes if isinstance(e, EtapeGlouton)}
    ecrits = zip(lu.projets.colonne("project_id"), lu.projets.colonne("votes"), strict=True)
    assert scores == {projet: int(votes) for projet, votes in ecrits}
