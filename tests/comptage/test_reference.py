"""The fast exact count against the textbook one."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.comptage import completion
from domain.comptage.completion import part_initiale
from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.profil import profil
from domain.comptage.regles import compter
from tests.comptage.elections import elections, gagnants, parametres
from tests.comptage.reference import add1_naif, parts_egales_naif


@settings(max_examples=400, deadline=None)
@given(elections())
def test_parts_egales_comme_la_definition(election: Election) -> None:
    part = part_initiale(profil(election), entier=False)
    assert list(gagnants(election, "parts_egales", {})) == parts_egales_naif(election, part)


@settings(max_examples=200, deadline=None)
@given(elections(min_votants=1), st.sampled_from([10**20 + 39, 3**60]), st.sampled_from([1, 10**20 + 39]))
def test_des_nombres_plus_longs_que_ceux_des_machines(election: Election, prix: int, points: int) -> None:
    projets = tuple(replace(p, cout=p.cout * prix + rang) for rang, p in enumerate(election.projets))
    lots = tuple((replace(b, points=tuple(u * points for u in b.points)), n) for b, n in election.lots)
    grande = replace(election, projets=projets, lots=lots, budget=election.budget * prix + 1)
    part = part_initiale(profil(grande), entier=False)
    assert list(gagnants(grande, "parts_egales", {})) == parts_egales_naif(grande, part)


def test_une_unite_sur_dix_puissance_dix_sept_decide() -> None:
    # 10**17 a point for d, one more for c: the floats of both are the same, and c is the cheaper.
    projets = Projet("c", 10**17 + 1), Projet("d", 2 * 10**17)
    juste = Election(projets, 2 * 10**17, "cumulative", ((Bulletin(("c", "d"), (1, 2)), 1),))
    assert float(projets[0].cout) == projets[1].cout / 2
    assert gagnants(juste, "parts_egales", {}) == ("d",)


@pytest.mark.parametrize("patience", [1, 16])
@pytest.mark.parametrize("depart", ["exact", "entier"])
@pytest.mark.parametrize("arret", ["exhaustif", "depassement"])
@settings(max_examples=60, deadline=None)
@given(election=elections(min_votants=1, couts_max=15))
def test_add1_comme_la_definition(depart: str, arret: str, patience: int, election: Election) -> None:
    part = part_initiale(profil(election), depart == "entier")
    attendu = add1_naif(election, part, Fraction(election.unite), arret == "exhaustif")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completion, "PATIENCE", patience)
        obtenu = gagnants(election, "parts_egales_add1", {"depart": depart, "arret": arret, "pas": "1"})
    assert list(obtenu) == attendu


@settings(max_examples=60, deadline=None)
@given(elections(min_votants=1, couts_max=15))
def test_un_pas_plus_fin_que_l_unite(election: Election) -> None:
    part = part_initiale(profil(election), entier=False)
    attendu = add1_naif(election, part, Fraction(election.unite, 2), exhaustif=False)
    params = {"depart": "exact", "arret": "depassement", "pas": "0.5"}
    assert list(gagnants(election, "parts_egales_add1", params)) == attendu


@settings(max_examples=150, deadline=None)
@given(election=elections(min_votants=1, couts_max=400), portee=st.sampled_from([2, 16, 64]))
def test_sauter_les_paliers_ne_change_rien(election: Election, portee: int) -> None:
    params = parametres(election, "parts_egales_add1", {"depart": "exact", "arret": "depassement", "pas": "1"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completion, "PATIENCE", 1_000_000)
        attendu = compter(election, "parts_egales_add1", params)
        patch.setattr(completion, "PATIENCE", 1)
        patch.setattr(completion, "PORTEE", portee)
        assert compter(election, "parts_egales_add1", params) == attendu


def test_des_millions_de_pas_se_sautent() -> None:
    couts = {"a": 3_000_000, "b": 4_000_000, "c": 9_000_000, "d": 5_000_000}
    bulletins = ["ac", "ab", "dc", "d"]
    projets = tuple(Projet(p, c) for p, c in couts.items())
    lots = tuple((Bulletin(tuple(b)), 1) for b in bulletins)
    fin = Election(projets, 9_000_000, "approval", lots)
    params = {"depart": "exact", "arret": "depassement"}
    # 2 250 000 each buys a alone; d, level with it but dearer, comes at 2 500 000; b would overspend.
    assert gagnants(fin, "parts_egales_add1", {**params, "pas": "1"}) == ("a", "d")
    assert gagnants(fin, "parts_egales_add1", {**params, "pas": "250000"}) == ("a", "d")
