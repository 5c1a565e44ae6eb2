"""The table of propositions, and what of them is public: folds of facts, whatever the order and the repetitions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.event import Event, Recorded
from projections.divulgations import DivulgationRow, Divulgations
from projections.propositions import PropositionRow, Propositions, attendus, retards
from projections.rows import Rows
from tests import monde
from tests.propositions import histoire as h
from tests.spec import as_read

AT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def facts(events: Sequence[Event], reference: str = monde.REF, first: int = 1) -> list[Recorded]:
    stream = f"propositions/{reference}"
    return [Recorded(first + n, stream, n + 1, AT, as_read(event, stream, n + 1)) for n, event in enumerate(events)]


def folded(events: Sequence[Event]) -> tuple[PropositionRow, set[str]]:
    rows, projections = Rows(), (Propositions(), Divulgations())
    for fact in facts(events):
        for projection in projections:
            projection.apply(fact, rows)
    [row] = rows.all(PropositionRow)
    return row, {found.champ for found in rows.all(DivulgationRow)}


def etat(*events: Event) -> str:
    return folded(events)[0].etat


def test_the_states_follow_each_other() -> None:
    expected = ["recue", "lue", "lue", "lue", "lue", "lue", "discutee", "adoptee", "transmise", "repondue",
                "restituee", "restituee", "restituee", "restituee", "restituee", "close"]  # fmt: skip
    assert [etat(*h.ENTIERE[: n + 1]) for n in range(len(h.ENTIERE))] == expected


def test_the_deadlines_are_those_of_the_rule_of_the_filing() -> None:
    row, _ = folded([h.deposee()])
    assert (row.lecture_avant, row.suite_avant) == (date(2026, 3, 18), date(2026, 5, 4))
    assert attendus(row) == [("lecture", date(2026, 3, 18)), ("suite", date(2026, 5, 4))]
    assert retards(row, date(2026, 3, 18)) == [] and [q for q, _ in retards(row, date(2026, 3, 19))] == ["lecture"]
    assert attendus(folded([h.deposee(), monde.qualifiee, h.repondue])[0]) == []
    assert attendus(folded([h.deposee(), h.retiree])[0]) == []


def test_a_late_session_does_not_hide_the_answer() -> None:
    assert etat(h.deposee(), monde.qualifiee, h.repondue, h.discutee) == "repondue"


def test_a_rectification_changes_the_title_and_not_the_day_it_was_read() -> None:
    row, _ = folded([h.deposee(), monde.qualifiee, h.rectifiee])
    assert (row.titre, row.theme, row.lue_le) == (h.rectifiee.titre, "cadre_de_vie", date(2026, 3, 10))


def test_not_understood_opens_again_and_a_call_back_is_owed_until_reached() -> None:
    row, _ = folded([*h.ENTIERE, h.incomprise])
    assert (row.etat, row.close_le, row.rappel_le, row.comprise_le) == ("restituee", None, date(2026, 4, 25), None)
    tried = [h.deposee(), monde.qualifiee, h.repondue, h.incomprise, h.absente, h.absente]
    assert folded(tried)[0].rappel_le == date(2026, 4, 25)
    assert folded([*tried, h.absente])[0].rappel_le is None
    assert folded([*tried, h.rappelee])[0].rappel_le is None
    assert folded([*tried, h.comprise])[0].rappel_le is None


def test_what_the_person_added_waits_for_an_act_of_the_team() -> None:
    assert folded([h.deposee(), h.ajoutee])[0].ajout_le == date(2026, 4, 1)
    assert folded([h.deposee(), h.ajoutee, monde.qualifiee])[0].ajout_le is None


def test_a_text_is_public_only_once_a_human_decided_and_as_long_as_it_stands() -> None:
    assert folded([h.deposee()])[1] == set()
    assert folded([h.deposee(), h.publiee])[1] == {"texte", "prenom"}
    assert folded([h.deposee(), h.publiee, h.gardee])[1] == set()
    assert folded([h.deposee(), h.publiee, h.retiree])[1] == set()
    assert folded([h.deposee(), h.publiee, *h.effacement(["contribution"], 3)])[1] == {"prenom"}
    assert folded([h.deposee(), h.publiee, *h.effacement(["auteur"], 3)])[1] == {"texte"}
    gone = [h.deposee(), h.publiee, *h.effacement(["auteur", "contribution"], 3)]
    assert folded(gone)[1] == set()
    assert folded([*gone, h.gardee, h.publiee])[1] == set()  # a later decision brings nothing back
    assert folded(gone)[0].effacee_le is not None


def test_the_erasure_of_a_person_of_the_office_is_no_proposition() -> None:
    rows = Rows()
    for n, event in enumerate(h.effacement(["titulaire"], 1), start=1):
        fact = Recorded(n, "personnes/x", n, AT, as_read(event, "personnes/x", n))
        for projection in (Propositions(), Divulgations()):
            list(projection.keys(fact))
            projection.apply(fact, rows)
    assert not rows.all(PropositionRow)


def test_no_row_holds_an_erasable_value() -> None:
    row, _ = folded(h.ENTIERE)
    for value in ("banc devant", "Amina", "06 12", "poubelle"):
        assert value not in str(row)


@given(st.permutations(h.ENTIERE[1:]), st.integers(0, 15))
def test_any_order_of_facts_is_told_without_failing(order: list[Event], size: int) -> None:
    row, _ = folded([h.deposee(), *order[:size]])
    assert row.evenements == size + 1 and row.position == size + 1


def test_facts_without_their_filing_are_passed_over() -> None:
    rows = Rows()
    for fact in facts(h.ENTIERE[1:]):
        Propositions().apply(fact, rows)
        Divulgations().apply(fact, rows)
    assert not rows.all(PropositionRow)
