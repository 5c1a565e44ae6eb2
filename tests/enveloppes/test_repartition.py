"""Splits: exact to the cent, floors kept, whatever the inputs; and the figures of the real communes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.enveloppes.masses import ANNEES, MASSES, PLANCHER_MANDAT, TOTAL
from domain.enveloppes.repartition import (
    Beneficiaire,
    RepartitionImpossible,
    annuites,
    partager_avec_plancher,
    plus_forts_restes,
    poids,
    repartir,
)
from tests.enveloppes.communes import communes

UN = Fraction(1)
PARTS = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**7)), min_size=1, max_size=40)


def beneficiaires(parts: list[tuple[int, int]]) -> list[Beneficiaire]:
    return [Beneficiaire(f"{69000 + n}", f"CTM {n % 4}", p, v) for n, (p, v) in enumerate(parts)]


def test_les_masses_du_pacte_font_200_millions() -> None:
    assert MASSES["fic"] + MASSES["prox"] == 118_000_000_00
    assert sum(MASSES.values()) == TOTAL


def test_le_plancher_itere_sur_les_communes_de_2018() -> None:
    towns = communes("pop_municipale_2018")
    weights = poids(towns, UN)
    below = [w for w in weights if MASSES["fic"] * w < PLANCHER_MANDAT * sum(weights)]
    assert len(below) == 15
    split = repartir("fic", towns, UN)
    assert sum(line.plancher for line in split) == 16
    assert min(line.cents for line in split) == PLANCHER_MANDAT
    assert sum(line.cents for line in split) == MASSES["fic"]


def test_sans_reprendre_aux_autres_on_depenserait_trop() -> None:
    towns = communes("pop_municipale_2018")
    naive = plus_forts_restes(MASSES["fic"], poids(towns, UN), towns)
    assert sum(max(n, PLANCHER_MANDAT) for n in naive) - MASSES["fic"] == 744_001_82


@pytest.mark.parametrize("enveloppe", ["prox", "projets"])
def test_une_ligne_par_conference(enveloppe: str) -> None:
    split = repartir(enveloppe, communes("pop_municipale_2020"), UN)  # type: ignore[arg-type]
    assert len(split) == 10 and all(line.insee == "" for line in split)
    assert sum(line.cents for line in split) == MASSES[enveloppe]


@given(st.integers(0, 10**11), PARTS)
def test_la_somme_est_toujours_l_enveloppe(cents: int, parts: list[tuple[int, int]]) -> None:
    towns = beneficiaires(parts)
    given_ = plus_forts_restes(cents, poids(towns, UN), towns)
    assert sum(given_) == cents
    whole = sum(b.population for b in towns)
    assert all(abs(n - Fraction(cents * b.population, whole)) < 1 for n, b in zip(given_, towns, strict=True))


@given(PARTS, st.fractions(0, 1, max_denominator=20), st.integers(0, 10**6))
def test_personne_sous_le_plancher_et_la_somme_exacte(
    parts: list[tuple[int, int]], alpha: Fraction, plancher: int
) -> None:
    towns = beneficiaires([(p, v + 1) for p, v in parts])
    cents = plancher * len(towns) + 12_345_67
    split = partager_avec_plancher(cents, towns, alpha, plancher)
    assert sum(n for _, n, _ in split) == cents
    assert all(n >= plancher for _, n, _ in split)
    assert [c for c, _, _ in split] == towns


@given(PARTS, st.randoms(use_true_random=False))
def test_l_ordre_des_lignes_ne_compte_pas(parts: list[tuple[int, int]], hasard: object) -> None:
    towns = beneficiaires(parts)
    mixed = towns.copy()
    hasard.shuffle(mixed)  # type: ignore[attr-defined]
    assert repartir("prox", towns, UN) == repartir("prox", mixed, UN)


def test_a_reste_egal_la_plus_grande_population_puis_le_plus_petit_code() -> None:
    same = [Beneficiaire("69003", "a", 10), Beneficiaire("69001", "a", 10), Beneficiaire("69002", "a", 10)]
    assert plus_forts_restes(100, [1, 1, 1], same) == [33, 34, 33]
    larger = [Beneficiaire("69001", "a", 10), Beneficiaire("69002", "a", 20)]
    assert plus_forts_restes(1, [1, 1], larger) == [0, 1]


@given(st.integers(0, 10**10))
def test_les_annees_font_le_mandat(cents: int) -> None:
    years = annuites(cents, len(ANNEES))
    assert sum(years) == cents and years == sorted(years, reverse=True) and years[0] - years[-1] <= 1


VILLE = Beneficiaire("69001", "a", 10)


@pytest.mark.parametrize(
    ("towns", "alpha", "mots"),
    [
        ([], UN, "aucune commune"),
        ([VILLE, VILLE], UN, "deux fois"),
        ([Beneficiaire("69001", "a", 0)], UN, "population"),
        ([VILLE], Fraction(-1, 10), "entre 0 et 1"),
        ([VILLE], Fraction(11, 10), "entre 0 et 1"),
        ([VILLE], Fraction(1, 2), "voirie manquent"),
        ([Beneficiaire("69001", "a", 10, -1)], UN, "négative"),
        ([Beneficiaire(f"{n}", "a", 10) for n in range(400)], UN, "dépasse l'enveloppe"),
    ],
)
def test_ce_qui_ne_peut_pas_etre_partage(towns: list[Beneficiaire], alpha: Fraction, mots: str) -> None:
    with pytest.raises(RepartitionImpossible, match=mots):
        repartir("fic", towns, alpha)
