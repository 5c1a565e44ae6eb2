"""The steps add up to the result, exactly, and say why."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings

from domain.comptage.election import Election
from domain.comptage.recit import raconter
from domain.comptage.regles import compter
from domain.comptage.trace import Departage, EtapeGlouton, EtapeParts, EtapeTour
from tests.comptage.elections import COMPTAGES, approbations, elections, parametres


@pytest.mark.parametrize(("regle", "params"), COMPTAGES)
@settings(max_examples=40, deadline=None)
@given(election=elections())
def test_la_trace_redonne_le_resultat(regle: str, params: dict[str, str], election: Election) -> None:
    resultat = compter(election, regle, parametres(election, regle, params))
    reste, retenus = election.budget, []
    for etape in resultat.etapes:
        if isinstance(etape, EtapeTour):
            continue
        if etape.retenu:
            retenus.append(etape.projet)
            reste -= etape.cout
        assert etape.reste == reste
        if isinstance(etape, EtapeParts):
            verifier_paiement(etape)
        elif etape.motif in ("trop_cher", "arret"):
            assert etape.cout > reste
    assert tuple(retenus) == resultat.gagnants
    assert election.budget - reste == resultat.cout_total
    verifier_tours([e for e in resultat.etapes if isinstance(e, EtapeTour)], resultat.gagnants)
    assert all(etape.donnees(election.unite) for etape in resultat.etapes)
    assert len(raconter(resultat, election)) == len(resultat.etapes)


def verifier_paiement(etape: EtapeParts) -> None:
    if etape.retenu:
        assert etape.prix is not None
        assert etape.cout == etape.apport_epuises + etape.prix * etape.utilite_pleine <= etape.apport
        assert 0 <= etape.epuises < etape.soutiens
    else:
        assert etape.apport < etape.cout or etape.soutiens == 0


def verifier_tours(tours: list[EtapeTour], gagnants: tuple[str, ...]) -> None:
    for avant, apres in pairwise(tours):
        assert avant.suite == "continue" and avant.part <= avant.part_fin < apres.part
        assert avant.gagnants != apres.gagnants or apres.suite == "depassement"
    if tours:
        garde = tours[-2] if tours[-1].suite == "depassement" else tours[-1]
        assert gagnants[: len(garde.gagnants)] == garde.gagnants


@settings(max_examples=60, deadline=None)
@given(elections(min_votants=1))
def test_rho_ne_decroit_jamais(election: Election) -> None:
    resultat = compter(election, "parts_egales", parametres(election, "parts_egales", {}))
    rhos = [e.rho for e in resultat.etapes if isinstance(e, EtapeParts) and e.rho is not None]
    assert rhos == sorted(rhos)


def test_le_departage_est_dit() -> None:
    election = approbations({"c": 2, "a": 2, "b": 3}, 6, "abc", "c", "ab")
    etapes = compter(election, "glouton", parametres(election, "glouton", {})).etapes
    departages = [e.departage for e in etapes if isinstance(e, EtapeGlouton)]
    assert departages == [Departage(("c", "b"), "identifiant"), Departage(("b",), "cout"), None]
    parts = compter(election, "parts_egales", parametres(election, "parts_egales", {})).etapes[0]
    assert isinstance(parts, EtapeParts) and parts.projet == "a"
    assert parts.departage == Departage(("c", "b"), "identifiant")


def test_le_recit_en_mots() -> None:
    election = approbations({"a": 300_000, "b": 120_050}, 400_000, "a", "a", "a", "b", unite=100)
    params = {"depart": "exact", "arret": "exhaustif", "pas": "10"}
    regle = "parts_egales_add1_glouton"
    phrases = raconter(compter(election, regle, parametres(election, regle, params)), election, "€")
    assert [p.replace("\u00a0", " ") for p in phrases] == [
        "Part de 1 000 € par votant : 1 projet pour 3 000 € ; "
        "plus aucun projet n'entre dans le budget, on s'arrête là.",
        "a (coût 3 000 €, soutenu par 3 votants) : retenu. 3 votants paient 1 000 € chacun. Il reste 1 000 €.",
        "b (coût 1 200,5 €, soutenu par 1 votant) : écarté, ses soutiens n'ont plus que 1 000 €.",
        "b (score 1, coût 1 200,5 €) : écarté, il dépasse les 1 000 € qui restent.",
    ]


def test_les_fractions_restent_exactes() -> None:
    election = replace(approbations({"a": 10}, 10, "a", "a", "a"), unite=1)
    etape = compter(election, "parts_egales", parametres(election, "parts_egales", {})).etapes[0]
    assert isinstance(etape, EtapeParts) and etape.prix == Fraction(10, 3) and etape.rho == Fraction(1, 3)
    donnees = etape.donnees(1)
    assert (donnees["prix"], donnees["prix_arrondi"], donnees["rho"]) == ("10/3", "3.33333", "1/3")
