"""The row of a meeting is what its events still say: a rectified one says no more."""

from datetime import date

from domain.ledger.event import Event, Recorded
from domain.seances import events as e
from projections.rows import Rows
from projections.seances import SeanceRow, Seances
from tests.seances.monde import SEA, appele, arrivee, convoquee, elus, h, ouverte, planifiee, point

LEVEE = e.SeanceLevee(heure=h(12), par="secretariat")
VOTE = e.VoteCompte(
    rang=1, mode="ordinaire", presents=5, pouvoirs=0, issue="favorable", detail="porte", pour=5, contre=0,
    abstentions=0, nuls=0, par="secretariat",
)  # fmt: skip
TENUE: tuple[Event, ...] = (
    planifiee(), point(1), point(2), e.OrdreDuJourReordonne(rangs=(2, 1), par="secretariat"), convoquee, ouverte,
    arrivee(elus(1, 5)), appele(), VOTE, LEVEE,
)  # fmt: skip


def row(*facts: Event) -> SeanceRow:
    rows, projection = Rows(), Seances()
    for rank, fact in enumerate(facts, start=1):
        projection.apply(Recorded(100 + rank, f"seances/{SEA}", rank, None, fact), rows)
    [found] = rows.all(SeanceRow)
    return found


def rectifie(version: int) -> e.RectificationEnregistree:
    return e.RectificationEnregistree(version=version, motif="Erreur", par="secretariat")


def test_ce_que_disent_les_faits() -> None:
    found = row(*TENUE)
    assert (found.etat, found.votes, found.evenements, found.depot) == ("levee", 1, 10, 101)
    assert [p["rang"] for p in found.points] == [2, 1]
    adopted = row(*TENUE, e.PvArrete(a_la_seance="SEA-2026-0002", par="x", survenu_le=date(2026, 4, 1)))
    assert (adopted.pv, adopted.pv_le) == ("arrete", date(2026, 4, 1))


def test_un_fait_rectifie_ne_dit_plus_rien() -> None:
    assert row(*TENUE, rectifie(10)).etat == "ouverte"
    assert row(*TENUE, rectifie(9)).votes == 0
    assert [p["rang"] for p in row(*TENUE, rectifie(4)).points] == [1, 2]
    assert [p["rang"] for p in row(*TENUE, rectifie(2)).points] == [2]
    moved = e.SeanceReportee(au=h(14, jour=20), motif="Travaux", par="x")
    put_off = (planifiee(), point(), convoquee, moved)
    assert (row(*put_off).etat, row(*put_off).prevue_le) == ("planifiee", h(14, jour=20))
    assert (row(*put_off, rectifie(4)).etat, row(*put_off, rectifie(4)).prevue_le) == ("convoquee", h(9))


def test_sans_planification_il_n_y_a_rien() -> None:
    rows = Rows()
    Seances().apply(Recorded(1, f"seances/{SEA}", 1, None, point()), rows)
    assert not rows.all(SeanceRow)
