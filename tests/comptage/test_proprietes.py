"""What must hold for every rule, whatever the election."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.comptage.election import Bulletin, Election
from domain.comptage.regles import compter
from tests.comptage.elections import COMPTAGES, approbations, elections, gagnants, parametres

chaque_regle = pytest.mark.parametrize(("regle", "params"), COMPTAGES)
PARTS_EGALES = [c for c in COMPTAGES if c[0].startswith("parts_egales")]
VITE = settings(max_examples=40, deadline=None)


@chaque_regle
@VITE
@given(election=elections())
def test_jamais_plus_que_le_budget(regle: str, params: dict[str, str], election: Election) -> None:
    resultat = compter(election, regle, parametres(election, regle, params))
    couts = {p.id: p.cout for p in election.projets}
    assert resultat.cout_total == sum(couts[p] for p in resultat.gagnants) <= election.budget
    assert len(set(resultat.gagnants)) == len(resultat.gagnants)


@chaque_regle
@VITE
@given(election=elections(), hasard=st.randoms())
def test_l_ordre_d_arrivee_ne_compte_pas(
    regle: str, params: dict[str, str], election: Election, hasard: Random
) -> None:
    lots, projets = list(election.lots), list(election.projets)
    hasard.shuffle(lots)
    hasard.shuffle(projets)
    melange = replace(election, lots=tuple(lots), projets=tuple(projets))
    reglage = parametres(election, regle, params)
    assert compter(melange, regle, reglage) == compter(election, regle, reglage)


@chaque_regle
@VITE
@given(election=elections())
def test_doubler_tous_les_bulletins_ne_change_rien(regle: str, params: dict[str, str], election: Election) -> None:
    double = replace(election, lots=election.lots * 2)
    if regle == "glouton_seuil":
        assert gagnants(double, regle, {"seuil": "4"}) == gagnants(election, regle, params)
    elif "add1" not in regle:
        assert gagnants(double, regle, params) == gagnants(election, regle, params)
    elif params["depart"] == "exact":
        # Twice the voters have half the share each: half the step is the same step.
        moitie = gagnants(double, regle, {**params, "pas": "0.5"})
        assert moitie == gagnants(election, regle, params)


@VITE
@given(elections(min_votants=1), st.data())
def test_une_voix_de_plus_ne_retire_pas_un_gagnant_au_glouton(election: Election, tirage: st.DataObject) -> None:
    retenus = gagnants(election, "glouton", {"score": "votes"})
    if retenus:
        gagnant = tirage.draw(st.sampled_from(retenus))
        points = (1,) if election.type_vote == "cumulative" else ()
        plus = replace(election, lots=(*election.lots, (Bulletin((gagnant,), points), 1)))
        assert gagnant in gagnants(plus, "glouton", {"score": "votes"})


@chaque_regle
def test_budget_nul(regle: str, params: dict[str, str]) -> None:
    election = approbations({"a": 0, "b": 3}, 0, "ab", "ab")
    assert gagnants(election, regle, params) == ("a",)


@chaque_regle
def test_personne_n_a_vote(regle: str, params: dict[str, str]) -> None:
    assert gagnants(approbations({"a": 0, "b": 3}, 10), regle, params) == ()


@chaque_regle
def test_aucun_projet(regle: str, params: dict[str, str]) -> None:
    assert gagnants(approbations({}, 10, ""), regle, params) == ()


@chaque_regle
def test_un_seul_votant(regle: str, params: dict[str, str]) -> None:
    election = approbations({"a": 4, "b": 6, "c": 7}, 10, "abc")
    attendu = () if regle == "glouton_seuil" else ("a", "b")
    assert gagnants(election, regle, params) == attendu


@chaque_regle
def test_un_projet_plus_cher_que_le_budget_perd(regle: str, params: dict[str, str]) -> None:
    election = approbations({"a": 11, "b": 2}, 10, "a", "a", "ab", "ab")
    attendu = () if regle == "glouton_arret" else ("b",)
    assert gagnants(election, regle, params) == attendu


@chaque_regle
def test_un_projet_gratuit_avec_une_voix_gagne(regle: str, params: dict[str, str]) -> None:
    election = approbations({"a": 5, "g": 0}, 5, "a", "a", "g")
    seuil = {**params, "seuil": "1"} if regle == "glouton_seuil" else params
    assert "g" in gagnants(election, regle, seuil)


@pytest.mark.parametrize(("regle", "params"), PARTS_EGALES)
def test_un_projet_gratuit_sans_voix_ne_gagne_pas_les_parts(regle: str, params: dict[str, str]) -> None:
    election = approbations({"a": 5, "g": 0}, 5, "a")
    assert ("g" in gagnants(election, regle, params)) == regle.endswith("glouton")


@pytest.mark.parametrize(("regle", "params"), PARTS_EGALES)
def test_tous_les_couts_egaux(regle: str, params: dict[str, str]) -> None:
    # Nine voters, three seats of 3: two thirds of the voters hold two, one third one.
    election = approbations(dict.fromkeys("abcd", 3), 9, *["ab"] * 6, *["cd"] * 3)
    assert gagnants(election, regle, params) == ("a", "b", "c")


def test_egalites_par_cout_puis_voix_puis_identifiant() -> None:
    election = approbations({"10": 3, "9": 3, "b": 2}, 100, "b")
    assert gagnants(election, "glouton", {}) == ("b", "10", "9")
    election = approbations({"c": 2, "a": 2, "b": 1}, 100, "abc")
    assert gagnants(election, "glouton", {}) == ("b", "a", "c")


def test_les_bulletins_blancs_gardent_leur_part() -> None:
    assert gagnants(approbations({"a": 6}, 10, "a"), "parts_egales", {}) == ("a",)
    assert gagnants(approbations({"a": 6}, 10, "a", ""), "parts_egales", {}) == ()
