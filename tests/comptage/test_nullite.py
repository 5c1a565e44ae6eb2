"""Ballots of our own scrutins: limits void them, each with its reason."""

import pytest

from domain.comptage.election import Bulletin, BulletinNul, Limites, trier_bulletins

COUTS = {"a": 10, "b": 20, "c": 30}


@pytest.mark.parametrize(
    ("choix", "points", "limites", "motif"),
    [
        ("ab", (), Limites(choix_max=1), "2 choix pour 1 au plus"),
        ("a", (), Limites(choix_min=2), "1 choix pour 2 au moins"),
        ("bc", (), Limites(cout_max=49), "le coût des projets choisis dépasse le plafond"),
        ("az", (), Limites(), "projet inconnu\u00a0: «\u00a0z\u00a0»"),
        ("ab", (9, 1), Limites(points_max=8), "plus de 8 points à un projet"),
        ("ab", (9, 2), Limites(somme_max=10), "11 points pour 10 au plus"),
        ("ab", (1, 2), Limites(somme_min=4), "3 points pour 4 au moins"),
        ("ab", (1, -1), Limites(), "points négatifs ou non entiers"),
        ("ab", (True, 1), Limites(), "points négatifs ou non entiers"),
        ("ab", (1.0, 1), Limites(), "points négatifs ou non entiers"),
        ("aab", (1,), Limites(), None),
        ("", (), Limites(choix_min=1), None),
        ("ab", (), Limites(choix_max=2, cout_max=30), None),
    ],
)
def test_nul_et_pourquoi(choix: str, points: tuple[int, ...], limites: Limites, motif: str | None) -> None:
    type_vote = "cumulative" if points and len(points) == len(choix) else "approval"
    bulletin = Bulletin(tuple(choix), points if type_vote == "cumulative" else ())
    lots, nuls = trier_bulletins([("s-7", bulletin)], COUTS, type_vote, limites)
    assert nuls == (() if motif is None else (BulletinNul("s-7", motif),))
    assert len(lots) == (1 if motif is None else 0)


def test_une_repetition_ne_depasse_pas_la_limite() -> None:
    bulletins = [("1", Bulletin(("a", "a", "b"))), ("2", Bulletin(("a", "b")))]
    lots, nuls = trier_bulletins(bulletins, COUTS, "approval", Limites(choix_max=2))
    assert (lots, nuls) == (((Bulletin(("a", "b")), 2),), ())
