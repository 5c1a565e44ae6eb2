"""The examples of the rules form are really counted, and tell the rules apart."""

import pytest

from domain.comptage.regles import REGLES, ParametreInvalide, compter, lire_parametres
from web.scrutins import exemples, mots


def test_the_examples_are_the_library_s_own_count() -> None:
    for type_vote in mots.TYPES:
        small = exemples.election(type_vote, 3)
        assert small.votants == 6
        for regle, said in exemples.comparaison(type_vote, 3, {}).items():
            given = {nom: valeur for nom, valeur in exemples.DEFAUTS.items() if nom in REGLES[regle]}
            if "seuil" in given:
                given["seuil"] = exemples.SEUILS["votes" if type_vote in ("approval", "choose-1") else "points"]
            found = compter(small, regle, lire_parametres(regle, given, type_vote)).gagnants
            assert [said.index(exemples.NOMS[p]) for p in found] == sorted(said.index(exemples.NOMS[p]) for p in found)
            assert all((exemples.NOMS[p] in said) == (p in found) for p in exemples.NOMS)


def test_the_same_ballots_tell_rules_apart() -> None:
    said = exemples.comparaison("approval", 3, {})
    assert said["glouton"] == "Garage à vélos (7\u00a0000\u00a0€) et Fontaine (3\u00a0000\u00a0€)"
    assert said["glouton_arret"] == said["glouton_seuil"] == "Garage à vélos (7\u00a0000\u00a0€)"
    assert said["glouton_par_euro"].startswith("Coin lecture") and "Bancs" in said["glouton_par_euro"]
    assert said["parts_egales"] != said["parts_egales_glouton"] != said["parts_egales_add1"]
    assert len(set(exemples.comparaison("choose-1", 1, {}).values())) > 2


def test_ballots_are_cut_to_what_the_vote_allows() -> None:
    assert all("," not in line for line in exemples.lignes("choose-1", 3))
    assert all(line.count(",") < 2 for line in exemples.lignes("approval", 2))
    assert "points" in exemples.lignes("cumulative", 3)[0] and exemples.lignes("ordinal", 3)[0].startswith("1. ")


def test_a_parameter_that_cannot_be_read_is_refused() -> None:
    for given in ({"pas": "zéro"}, {"depart": "ailleurs"}, {"score": "couleur"}):
        with pytest.raises(ParametreInvalide):
            exemples.comparaison("approval", 3, given)


def test_every_rule_and_every_type_has_words() -> None:
    assert set(mots.REGLES) == set(REGLES) and set(mots.TYPES) == {"approval", "choose-1", "cumulative", "ordinal"}
    for name, effect in (*mots.REGLES.values(), *mots.TYPES.values()):
        assert name[0].isupper() and effect.endswith(".")
