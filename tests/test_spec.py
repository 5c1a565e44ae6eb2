"""The specs' own language: it must fail when a test does not test what it says."""

import pytest

from domain.propositions.donner_suite import DonnerSuite, ReponseDejaDonnee
from domain.propositions.dossier import PasEncoreLue, PropositionIntrouvable
from tests.monde import AGENT, DOSSIER, JOUR, REF, coordination, deposee, flux, qualifiee
from tests.spec import as_read, given

answer = DonnerSuite(AGENT, JOUR, REF, suite="on_le_fait", motif="Parce que c'est une bonne idée.")


def test_a_fact_that_the_command_does_not_read_fails_the_test() -> None:
    known = given("propositions/GEPI-2026-0002", deposee()).and_given(DOSSIER, deposee(), qualifiee)
    with pytest.raises(AssertionError, match="does not read"):
        known.and_given(flux(AGENT), coordination).when(answer).decided()


def test_another_refusal_than_the_one_expected_fails_the_test() -> None:
    waiting = given(DOSSIER, deposee()).and_given(flux(AGENT), coordination).when(answer)
    waiting.refused(PasEncoreLue)
    for other in (ReponseDejaDonnee, PropositionIntrouvable):
        with pytest.raises(AssertionError, match="PasEncoreLue"):
            waiting.refused(other)


def test_an_act_where_a_refusal_is_expected_fails_the_test() -> None:
    done = given(DOSSIER, deposee(), qualifiee).and_given(flux(AGENT), coordination).when(answer)
    with pytest.raises(AssertionError, match="NoneType"):
        done.refused(PasEncoreLue)
    with pytest.raises(AssertionError):
        done.then(qualifiee)


def test_a_command_never_sees_what_can_be_erased() -> None:
    seen = as_read(deposee(texte="Un banc", prenom="Ana"), DOSSIER, 1)
    assert seen == deposee()
