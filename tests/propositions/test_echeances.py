"""Delays: computed from the filing, on working days; being late is seen, never written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendrier import jours_feries, ouvre, terme
from domain.propositions.echeances import echeances
from domain.propositions.regles import DELAIS, delais_en_vigueur
from tests.monde import DEPOT

JOURS = st.dates(date(2020, 7, 1), date(2060, 12, 31))


@given(JOURS, st.integers(1, 120))
def test_un_delai_finit_un_jour_ouvre_et_ne_raccourcit_jamais(depart: date, jours: int) -> None:
    end = terme(depart, jours)
    wanted = depart + timedelta(days=jours)
    assert ouvre(end) and wanted <= end <= wanted + timedelta(days=5)
    assert not any(ouvre(wanted + timedelta(days=n)) for n in range((end - wanted).days))


@pytest.mark.parametrize(
    ("depart", "end"),
    [
        (date(2026, 4, 16), date(2026, 5, 4)),  # the 1 May is a Friday and a holiday
        (date(2026, 3, 22), date(2026, 4, 7)),  # Easter Monday
        (date(2026, 12, 17), date(2027, 1, 4)),  # the year changes
        (date(2026, 3, 3), date(2026, 3, 18)),
    ],
)
def test_quinze_jours(depart: date, end: date) -> None:
    assert terme(depart, 15) == end


def test_onze_jours_feries_par_an() -> None:
    assert all(len(jours_feries(year)) == 11 for year in (2021, 2024, 2026, 2030))


def test_un_retard_se_voit_le_lendemain_du_terme() -> None:
    first, follow_up = echeances(DEPOT)
    assert (first.terme, follow_up.terme) == (date(2026, 3, 18), date(2026, 5, 4))
    assert not first.en_retard(date(2026, 3, 18)) and first.en_retard(date(2026, 3, 19))


def test_ce_qui_est_fait_a_temps_n_est_plus_jamais_en_retard() -> None:
    first, _ = echeances(DEPOT, lue_le=date(2026, 3, 18))
    assert not first.en_retard(date(2030, 1, 1))
    late, _ = echeances(DEPOT, lue_le=date(2026, 3, 20))
    assert late.en_retard(date(2026, 3, 19)) and late.en_retard(date(2030, 1, 1)) and not late.en_retard(DEPOT)


def test_une_reponse_donnee_tout_de_suite_vaut_premiere_reponse() -> None:
    first, follow_up = echeances(DEPOT, suite_le=date(2026, 3, 5))
    assert (first.tenue_le, follow_up.tenue_le) == (date(2026, 3, 5), date(2026, 3, 5))
    first, _ = echeances(DEPOT, lue_le=date(2026, 3, 4), suite_le=date(2026, 3, 5))
    assert first.tenue_le == date(2026, 3, 4)


def test_la_regle_est_celle_du_jour_du_depot() -> None:
    assert {e.regle for e in echeances(DEPOT, DELAIS.id)} == {DELAIS.id}
    assert echeances(DEPOT, "inconnue") == echeances(DEPOT, None) == echeances(DEPOT, DELAIS.id)
    assert delais_en_vigueur(date(2026, 1, 1)) is delais_en_vigueur(date(2021, 1, 1)) is DELAIS
