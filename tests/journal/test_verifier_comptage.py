"""V9: the verifier's own counting rules, against real elections with known winners and against the application's."""

import json
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.comptage.election import Election
from domain.comptage.regles import compter
from tests.comptage.elections import COMPTAGES, DONNEES, elections, parametres, sans_donnees
from tests.comptage.test_golden import GOLDEN, OFFICIELS, REGLES
from tests.comptage.test_pabulib import pb
from tests.quality import COMPLET
from web.journal.verifier import Ballots, Fault, Step, ballots_of, number_of, pabulib_election, winners_of


def ballots(election: Election) -> Ballots:
    """The same election as the verifier holds it."""
    given = [(list(b.choix), list(b.points)) for b, nombre in election.lots for _ in range(nombre)]
    costs = {p.id: p.cout for p in election.projets}
    return ballots_of(election.type_vote, costs, election.budget, election.unite, election.longueur_max, given)


LONG = ("Warszawa_2019_Obszar_I-", "Krakow_2021_Bienczyce", "Swiecie_2023")  # the application counts them every time
COUNTED = [nom for nom in GOLDEN if COMPLET or not any(long in nom for long in LONG)]


@sans_donnees
@pytest.mark.parametrize("nom", COUNTED)
def test_every_real_election_under_every_rule(nom: str) -> None:
    election, kind, _ = pabulib_election((DONNEES / "files" / nom).read_bytes())
    for rule, expected in GOLDEN[nom]["rules"].items():
        ours, params = REGLES[rule]
        found = winners_of(election, ours, params | ({"pas": "1"} if "add1" in ours else {}), kind)
        assert sorted(found) == sorted(expected["winners"]), rule
    if official := GOLDEN[nom].get("official"):
        ours, params = OFFICIELS[official["rule_label"]]
        more = {"seuil": official["threshold"]} if ours == "glouton_seuil" else {"pas": 1}
        assert sorted(winners_of(election, ours, params | more, kind)) == sorted(official["winners"])


@given(elections(), st.sampled_from(COMPTAGES))
@settings(max_examples=600)
def test_the_same_winners_in_the_same_order_as_the_application(
    election: Election, rule: tuple[str, dict[str, str]]
) -> None:
    name, params = rule
    expected = compter(election, name, parametres(election, name, params))
    steps: list[Step] = []
    assert winners_of(ballots(election), name, params, election.type_vote, steps) == list(expected.gagnants)
    assert steps == [etape.donnees(expected.unite) for etape in expected.etapes]


@sans_donnees
def test_a_large_election_is_counted_in_reasonable_time() -> None:
    """2 553 voters, 22 projects, growing shares: seconds, not minutes."""
    election, kind, _ = pabulib_election((DONNEES / "files" / "Poland_Swiecie_2023.pb").read_bytes())
    start = time.process_time()
    winners_of(election, "parts_egales_add1", {"depart": "entier", "arret": "depassement", "pas": 1}, kind)
    assert time.process_time() - start < 20


def test_dialects_are_read_as_the_application_reads_them() -> None:
    text = "\ufeff" + pb(
        "a; 1 , 2,1 ;F", "b;;", "c;9;", projets='1;10,5;"Un ""banc""; vert"\n\n2;1e+01;', colonnes=";sex"
    )
    election, kind, _ = pabulib_election(text.replace("\n", "\r\n").encode())
    assert (kind, election.unit, election.costs, election.voters) == ("approval", 10, {"1": 105, "2": 100}, 2)
    assert election.votes() == {"1": 1, "2": 1}
    points = pb("a;1,2,1;3,1,5", "b;1;-1", "c;1;1.5", "d;1,2;1", "e;;", type_vote="scoring", colonnes=";points")
    election, kind, _ = pabulib_election(points.encode())
    assert (kind, election.voters, election.points()) == ("cumulative", 2, {"1": 3, "2": 1})


@pytest.mark.parametrize("value", ["", "1 000", "0x10", "1e-3", "inf", "²", "1" * 50, "1.2.3", None, 1.5, True, []])
def test_what_is_not_a_number(value: object) -> None:
    with pytest.raises(Fault):
        number_of(value, "essai")
    assert number_of("12,50", "essai") == Fraction(25, 2)


def test_an_unknown_rule_is_said() -> None:
    with pytest.raises(Fault, match="inconnue de ce programme"):
        winners_of(Ballots({}, 0, 1, True, []), "hasard", {}, "approval")
    for params in (
        {},
        {"depart": "exact", "arret": "jamais", "pas": 1},
        {"depart": "exact", "arret": "exhaustif", "pas": 0},
    ):
        with pytest.raises(Fault):
            winners_of(Ballots({}, 0, 1, True, []), "parts_egales_add1", params, "approval")
    assert json.dumps(winners_of(Ballots({"a": 0}, 0, 1, True, []), "parts_egales", {}, "approval")) == "[]"
