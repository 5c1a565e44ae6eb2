"""Paper ballots typed as numbers: what each line says, and what is refused with its line."""

from datetime import UTC, datetime

import pytest

from domain.scrutins.events import ScrutinCree, TypeVote
from web.bureau.formulaire import Illisible
from web.scrutins.essai import PROJETS_D_ESSAI
from web.scrutins.lecture_papier import affiche, lire_bulletins
from web.urne.paper import Bulletin


def cree(type_vote: TypeVote = "approval") -> ScrutinCree:
    at = datetime(2027, 3, 8, 7, tzinfo=UTC)
    return ScrutinCree(
        titre="Essai", projets=PROJETS_D_ESSAI, budget_cents=4_000_000, type_vote=type_vote, choix_max=3,
        regle_comptage="glouton", parametres={"score": "votes"}, departage=("cout", "votes", "identifiant"),
        ouvre_le=at, ferme_le=at, k_min=10, jours_reclamation=15, longueur=128, empreinte_page="", par="x",
    )  # fmt: skip


def test_lines_are_ballots_in_the_order_of_the_pile() -> None:
    found = lire_bulletins(cree(), ["1 4", " 2,3 ;5 ", "b", "n", "D", "", ""])
    assert found == [
        Bulletin(("p1", "p4")), Bulletin(("p2", "p3", "p5")), Bulletin(), Bulletin(nul="illisible"),
        Bulletin(nul="dechire"),
    ]  # fmt: skip
    assert [affiche(cree(), ballot) for ballot in found] == ["1 4", "2 3 5", "b (blanc)", "n (nul)", "d (déchiré)"]


def test_points_go_with_their_project() -> None:
    [found] = lire_bulletins(cree("cumulative"), ["1:5 4:3"])
    assert found == Bulletin(("p1", "p4"), (5, 3)) and affiche(cree("cumulative"), found) == "1:5 4:3"


@pytest.mark.parametrize(
    ("lignes", "champ"),
    [(["", ""], "b1"), (["1", "", "2"], "b2"), (["1", "7"], "b2"), (["0"], "b1"), (["1:2"], "b1"), (["bonjour"], "b1"),
     (["-1"], "b1"), (["-"], "b1"), (["²"], "b1")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(lignes: list[str], champ: str) -> None:
    with pytest.raises(Illisible) as refused:
        lire_bulletins(cree(), lignes)
    assert refused.value.field == champ


@pytest.mark.parametrize("ligne", ["1", "1:", "1:x", "1:-2", "1:99999", ":3"])
def test_points_that_cannot_be_read(ligne: str) -> None:
    with pytest.raises(Illisible):
        lire_bulletins(cree("cumulative"), [ligne])


def test_a_third_look_settles_each_difference() -> None:
    found = lire_bulletins(cree(), ["1", "-"], [2, 9], absents=True)
    assert found == [Bulletin(("p1",)), Bulletin(nul="absent")]
    with pytest.raises(Illisible) as refused:
        lire_bulletins(cree(), ["1", ""], [2, 9], absents=True)
    assert refused.value.field == "b9"
