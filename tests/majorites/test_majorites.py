"""Majorities and thresholds: the cases of the texts, and what holds whatever the counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.majorites.double import DoubleMajorite, Parametres, VoixDeMaire, double_majorite
from domain.majorites.seuils import quorum, scrutin_public, seuil_scrutin_public, un_tiers
from domain.majorites.simple import majorite_conseil, majorite_ctm
from domain.majorites.suffrages import Suffrages, SuffragesIncoherents

VOIX = st.integers(0, 200)


@pytest.mark.parametrize(
    ("president", "issue", "mots"),
    [
        ("pour", "favorable", "La voix de la présidence, pour, l'emporte."),
        ("contre", "defavorable", "La voix de la présidence, contre, l'emporte."),
        ("abstention", "sans_avis", "La présidence s'est abstenue."),
        (None, "sans_avis", "personne ne départage."),
    ],
)
def test_quatre_contre_quatre_en_ctm(president: str | None, issue: str, mots: str) -> None:
    result = majorite_ctm(Suffrages(9, 0, 4, 4, 1), president)  # type: ignore[arg-type]
    assert result.issue == issue
    assert result.phrase.startswith("4 pour, 4 contre, 1 abstention\u00a0: 8 suffrages exprimés, égalité")
    assert result.phrase.endswith(mots)


def test_personne_ne_se_prononce() -> None:
    result = majorite_ctm(Suffrages(7, 0, 0, 0, 7), "abstention")
    assert result.issue == "sans_avis"
    assert result.phrase == "0 pour, 0 contre, 7 abstentions\u00a0: 0 suffrage exprimé, personne ne s'est prononcé."


@given(VOIX, VOIX, VOIX, VOIX)
def test_les_abstentions_et_les_nuls_ne_changent_rien(pour: int, contre: int, abstentions: int, nuls: int) -> None:
    all_of_them = Suffrages(1000, 0, pour, contre, abstentions, nuls)
    assert (
        majorite_conseil(all_of_them, "pour").issue == majorite_conseil(Suffrages(400, 0, pour, contre), "pour").issue
    )
    assert all_of_them.exprimes == pour + contre
    assert all_of_them.ne_prend_pas_part == 1000 - pour - contre - abstentions - nuls


@given(VOIX, VOIX)
def test_qui_a_le_plus_de_voix_l_emporte(pour: int, contre: int) -> None:
    issue = majorite_conseil(Suffrages(400, 0, pour, contre), None).issue
    assert issue == ("favorable" if pour > contre else "defavorable")


def test_plus_de_voix_que_de_votants_est_refuse() -> None:
    with pytest.raises(SuffragesIncoherents, match="165 voix sont comptées pour 164 votants"):
        Suffrages(149, 15, 120, 30, 15)
    with pytest.raises(SuffragesIncoherents, match="négatif"):
        Suffrages(10, 0, -1, 0)


def conference(pour: int, contre: int, population_pour: int, population: int) -> list[VoixDeMaire]:
    """So many mayors, whose population is as told."""
    first = [VoixDeMaire(f"p{n}", population_pour if n == 0 else 0, "pour") for n in range(pour)]
    rest = [VoixDeMaire(f"c{n}", population - population_pour if n == 0 else 0, "contre") for n in range(contre)]
    return first + rest


def bars(result: DoubleMajorite) -> tuple[bool, bool, bool]:
    return result.des_maires, result.de_la_population, result.adoptee


def test_les_deux_majorites_de_la_conference() -> None:
    assert bars(double_majorite(conference(35, 24, 45, 100))) == (True, False, False)
    assert bars(double_majorite(conference(25, 20, 50, 100))) == (True, True, True)
    assert bars(double_majorite(conference(20, 25, 90, 100))) == (False, True, False)
    assert bars(double_majorite(conference(20, 20, 90, 100))) == (False, True, False)


def test_les_parametres_que_le_texte_laisse_ouverts() -> None:
    half = conference(25, 20, 50, 100)
    assert not double_majorite(half, Parametres(strictement=True)).adoptee
    silent = [*half, *(VoixDeMaire(f"s{n}", 0, None) for n in range(14))]
    assert double_majorite(silent).adoptee and not double_majorite(silent, Parametres(base="tous")).adoptee


def test_un_maire_d_arrondissement_n_apporte_jamais_de_population() -> None:
    districts = [VoixDeMaire("69123", 50_000, "pour", arrondissement=True) for _ in range(9)]
    votes = [*conference(10, 12, 60, 100), *districts]
    assert not double_majorite(votes).des_maires
    counted = double_majorite(votes, Parametres(arrondissements_votent=True))
    assert counted.des_maires and (counted.population_pour, counted.population) == (60, 100)


def test_une_commune_ne_vote_pas_deux_fois() -> None:
    with pytest.raises(ValueError, match="twice"):
        double_majorite([VoixDeMaire("69149", 1, "pour"), VoixDeMaire("69149", 1, "contre")])


@pytest.mark.parametrize(
    ("members", "threshold"), [(165, 83), (150, 76), (66, 34), (1, 1), (2, 2), (17, 9)]
)  # fmt: skip
def test_la_majorite_absolue(members: int, threshold: int) -> None:
    assert quorum(members, 0).seuil == threshold
    assert quorum(members, threshold).atteint and not quorum(members, threshold - 1).atteint


def test_un_pouvoir_n_est_pas_une_presence() -> None:
    assert not quorum(150, 75, 40).atteint
    assert quorum(66, 30, 4, "presents_ou_representes").atteint
    assert quorum(150, 50, fraction="un_tiers").atteint and not quorum(150, 49, fraction="un_tiers").atteint


@given(st.integers(1, 400), st.integers(0, 400))
def test_un_sixieme_des_presents(presents: int, demandeurs: int) -> None:
    assert scrutin_public(presents, demandeurs) == (demandeurs * 6 >= presents)


def test_les_seuils_connus() -> None:
    assert seuil_scrutin_public(150) == 25
    assert un_tiers(59, 20, 3, 0) and un_tiers(58, 20, 3, 0) and not un_tiers(58, 19, 3, 0)
    assert un_tiers(59, 0, 1_398_892, 466_298) and not un_tiers(59, 0, 1_398_892, 466_297)
