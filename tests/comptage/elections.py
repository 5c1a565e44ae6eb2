"""Small random elections of every ballot type, and where the real ones are."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import strategies as st

from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.regles import Parametres, compter, lire_parametres

DONNEES: Final = Path(__file__).parents[3] / "shared" / "data" / "pb"
sans_donnees = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="the real elections (../shared/data/pb) are not beside the project"
)

# Every rule with parameters that suit a small election.
COMPTAGES: Final = [
    ("glouton", {}), ("glouton", {"score": "votes"}), ("glouton_arret", {}), ("glouton_par_euro", {}),
    ("glouton_seuil", {"seuil": "2"}), ("parts_egales", {}), ("parts_egales_glouton", {}),
    *(
        (regle, {"depart": depart, "arret": arret, "pas": "1"})
        for regle in ("parts_egales_add1", "parts_egales_add1_glouton")
        for depart in ("exact", "entier")
        for arret in ("exhaustif", "depassement")
    ),
]  # fmt: skip


def gagnants(election: Election, regle: str, params: dict[str, str]) -> tuple[str, ...]:
    return compter(election, regle, parametres(election, regle, params)).gagnants


def parametres(election: Election, regle: str, params: dict[str, str]) -> Parametres:
    return lire_parametres(regle, params, election.type_vote)


def approbations(couts: dict[str, int], budget: int, *bulletins: str, unite: int = 1) -> Election:
    """An approval election in one line: each ballot is a string of one-letter project ids."""
    projets = tuple(Projet(p, cout) for p, cout in couts.items())
    return Election(projets, budget, "approval", tuple((Bulletin(tuple(b)), 1) for b in bulletins), unite)


@st.composite
def elections(tirage: st.DrawFn, min_votants: int = 0, couts_max: int = 30) -> Election:
    """Up to 6 projects and 8 voters; ties, free projects and projects dearer than the budget are common."""
    noms = tirage(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True))
    couts = st.one_of(st.integers(0, couts_max), st.sampled_from([0, 5, 10]))
    projets = tuple(Projet(nom, tirage(couts)) for nom in noms)
    type_vote = tirage(st.sampled_from(["approval", "choose-1", "cumulative", "ordinal"]))
    taille = 1 if type_vote == "choose-1" else len(noms)
    choix = st.lists(st.sampled_from(noms), max_size=taille, unique=True)
    lots = []
    for mentions in tirage(st.lists(choix, min_size=min_votants, max_size=8)):
        points = tuple(tirage(st.integers(0, 4)) for _ in mentions) if type_vote == "cumulative" else ()
        lots.append((Bulletin(tuple(mentions), points), 1))
    return Election(
        projets=projets,
        budget=tirage(st.integers(0, 3 * couts_max)),
        type_vote=type_vote,
        lots=tuple(lots),
        unite=tirage(st.sampled_from([1, 10])),
        longueur_max=tirage(st.integers(1, len(noms))),
    )
