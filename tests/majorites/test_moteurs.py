"""The rules that a rule-set can set: each answers as the pure rule does, and refuses what cannot be."""

from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from domain.majorites.entrees import Entree, ValeurImpossible
from domain.majorites.moteurs import MOTEURS
from domain.majorites.suffrages import SuffragesIncoherents

COUNT = st.integers(0, 60)
DOUBLE = {"base": "exprimes", "comparaison": ">=", "arrondissements_votent": "non"}
CHANGES: tuple[dict[str, Any], ...] = (
    {}, {"base": "toutes"}, {"seuil": "deux_tiers"}, {"voix_preponderante": "non"}
)  # fmt: skip
USUELLE = {"base": "exprimes", "seuil": "majorite", "voix_preponderante": "oui", "sans_majorite": "sans_avis"}


def defaults(entrees: tuple[Entree, ...]) -> dict[str, Any]:
    usual = {"nombre": 1, "jour": "2026-03-16"}
    return {one.nom: one.defaut if one.defaut != "" else usual[one.sorte] for one in entrees}


@pytest.mark.parametrize("nom", list(MOTEURS))
def test_chaque_moteur_repond_avec_ses_valeurs_de_depart(nom: str) -> None:
    moteur = MOTEURS[nom]
    found = moteur.executer(defaults(moteur.parametres), defaults(moteur.donnees))
    assert found.valeur in moteur.reponses and found.phrase.endswith(".")
    for entree in (*moteur.parametres, *moteur.donnees):
        for wrong in ("n'importe quoi", -1, 10**12, "", True):
            where = moteur.parametres if entree in moteur.parametres else moteur.donnees
            values: list[dict[str, Any]] = [defaults(moteur.parametres), defaults(moteur.donnees)]
            values[where is moteur.donnees][entree.nom] = wrong
            with pytest.raises(ValeurImpossible):
                moteur.executer(*values)
    with pytest.raises(ValeurImpossible):
        moteur.executer(defaults(moteur.parametres) | {"autre": 1}, defaults(moteur.donnees))


@having(COUNT, COUNT, COUNT, COUNT, st.sampled_from(["absent", "pour", "contre", "abstention"]))
def test_une_majorite_de_toutes_les_voix_est_plus_dure(
    pour: int, contre: int, abst: int, nuls: int, chair: str
) -> None:
    given: dict[str, Any] = {"pour": pour, "contre": contre, "abstentions": abst, "nuls": nuls, "president": chair}
    answers = [MOTEURS["majorite"].executer(USUELLE | change, given) for change in CHANGES]
    usual, every, two_thirds, alone = (answer.valeur for answer in answers)
    total = pour + contre + abst + nuls
    if every == "favorable":
        assert 2 * pour > total or (2 * pour == total and chair == "pour" and pour)
    if two_thirds == "favorable":
        assert usual == "favorable" and 3 * pour >= 2 * (pour + contre) > 0
    if alone != usual:
        assert pour == contre > 0 and chair in ("pour", "contre")
    assert all("  " not in answer.phrase and answer.phrase.endswith(".") for answer in answers)


@pytest.mark.parametrize(
    ("parametres", "donne", "adoptee"),
    [
        ({}, {"maires_pour": 35, "maires_contre": 24, "population_pour": 45}, "non"),
        ({}, {"maires_pour": 25, "maires_contre": 20, "population_pour": 50}, "oui"),
        ({"comparaison": ">"}, {"maires_pour": 25, "maires_contre": 20, "population_pour": 50}, "non"),
        ({"comparaison": ">"}, {"maires_pour": 25, "maires_contre": 20, "population_pour": 51}, "oui"),
        ({"base": "tous"}, {"maires_pour": 25, "maires_contre": 20, "population_pour": 90}, "non"),
        ({"base": "tous"}, {"maires_pour": 30, "maires_contre": 20, "population_pour": 90}, "oui"),
        ({}, {"maires_pour": 25, "maires_contre": 25, "population_pour": 90}, "non"),
        ({}, {"maires_pour": 25, "maires_contre": 20, "population_pour": 90, "arrondissements_contre": 9}, "oui"),
        (
            {"arrondissements_votent": "oui"},
            {"maires_pour": 25, "maires_contre": 20, "population_pour": 90, "arrondissements_contre": 9},
            "non",
        ),
    ],
)
def test_la_double_majorite(parametres: dict[str, Any], donne: dict[str, Any], adoptee: str) -> None:
    whole = {"maires": 59, "population": 100, "arrondissements": 9, "arrondissements_pour": 0}
    found = MOTEURS["double_majorite"].executer(DOUBLE | parametres, whole | {"arrondissements_contre": 0} | donne)
    assert found.valeur == adoptee


@pytest.mark.parametrize(
    ("moteur", "donne"),
    [
        ("double_majorite", {"maires_pour": 60, "maires_contre": 0, "population_pour": 1}),
        ("double_majorite", {"maires_pour": 1, "maires_contre": 0, "population_pour": 10**9}),
        ("double_majorite", {"maires_pour": 0, "maires_contre": 0, "maires": 0, "population_pour": 0}),
        ("double_majorite", {"maires_pour": 1, "maires_contre": 0, "population_pour": 0, "arrondissements_pour": 10}),
        ("quorum", {"en_exercice": 9, "presents": 8, "representes": 2}),
        ("scrutin_public", {"presents": 3, "demandeurs": 4}),
        ("un_tiers", {"maires": 3, "demandeurs": 4, "population": 1, "population_demandeurs": 1}),
    ],
)
def test_une_part_ne_depasse_pas_son_tout(moteur: str, donne: dict[str, Any]) -> None:
    found = MOTEURS[moteur]
    with pytest.raises((ValeurImpossible, SuffragesIncoherents)):
        found.executer(defaults(found.parametres), defaults(found.donnees) | donne)
