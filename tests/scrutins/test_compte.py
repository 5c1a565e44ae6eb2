"""The count of a scrutin: every rule, whatever the order; digests that prove the list and the steps."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.comptage.regles import REGLES
from domain.scrutins import depouillement
from domain.scrutins.compte import compter_scrutin, election, empreinte_bulletins, voix
from domain.scrutins.events import BulletinDepouille
from tests.scrutins.vote import PROJETS, SEL, bulletin, cree, vote

PARAMETRES: dict[str, Any] = {"score": "votes", "seuil": 2, "depart": "exact", "arret": "exhaustif", "pas": 1}


def regle(nom: str, **others: Any) -> Any:
    parametres = {name: PARAMETRES[name] for name in REGLES[nom]}
    return cree(regle_comptage=nom, parametres=parametres, **others)


@pytest.mark.parametrize("nom", REGLES)
def test_chaque_regle_compte_et_ne_depasse_jamais_le_budget(nom: str) -> None:
    found = compter_scrutin(regle(nom), vote(13))
    couts = {projet.id: projet.cout_cents for projet in PROJETS}
    assert found.cout_total == sum(couts[projet] for projet in found.gagnants) <= 20_000_00
    assert found.regle == nom and found.unite == 100


def test_le_glouton_prend_dans_l_ordre_des_voix_ce_qui_tient() -> None:
    # p2 8 voices 6 000 €, p1 6 voices 18 000 € does not fit, p3 2 voices, p4 none but free.
    found = compter_scrutin(cree(), vote(8))
    assert found.gagnants == ("p2", "p3", "p4") and found.cout_total == 9_500_00


@given(st.permutations(vote(9)), st.sampled_from(list(REGLES)))
def test_l_ordre_des_bulletins_est_indifferent(bulletins: list[BulletinDepouille], nom: str) -> None:
    assert compter_scrutin(regle(nom), bulletins) == compter_scrutin(regle(nom), vote(9))


def test_un_seul_votant_et_aucun_votant() -> None:
    assert compter_scrutin(cree(), [bulletin(1, "p1")]).gagnants[0] == "p1"
    assert compter_scrutin(cree(), []).gagnants == ()
    assert compter_scrutin(regle("parts_egales"), []).gagnants == ()


def test_l_unanimite_et_les_blancs() -> None:
    tous = [bulletin(k, "p1", "p3") for k in range(20)]
    assert set(compter_scrutin(regle("parts_egales"), tous).gagnants) == {"p3"}  # both cost 21 500 € of 20 000 €
    blancs = [bulletin(k) for k in range(20)]
    assert election(cree(), blancs).votants == 20 and not any(voix(cree(), blancs).values())


def test_les_voix_sont_le_score_de_la_regle() -> None:
    assert voix(cree(), vote(4)) == {"p1": 2, "p2": 4, "p3": 1, "p4": 0}
    rangs = cree(type_vote="ordinal", parametres={"score": "points"})
    assert voix(rangs, [bulletin(1, "p3", "p1"), bulletin(2, "p1")]) == {"p1": 5, "p2": 0, "p3": 3, "p4": 0}
    points = cree(type_vote="cumulative", points_max=10, parametres={"score": "points"})
    donnes = [bulletin(1, "p1", "p2", points=(3, 7)), bulletin(2, "p2", points=(2,))]
    assert voix(points, donnes) == {"p1": 3, "p2": 9, "p3": 0, "p4": 0}
    comptes = cree(type_vote="cumulative", points_max=10, parametres={"score": "votes"})
    assert voix(comptes, donnes) == {"p1": 1, "p2": 2, "p3": 0, "p4": 0}


def test_l_empreinte_est_celle_du_json_canonique_que_chacun_peut_refaire() -> None:
    ballots = vote(3)
    rows = [{"c": list(b.c), "t": b.t} for b in sorted(ballots, key=lambda b: b.t)]
    text = json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()
    assert empreinte_bulletins(reversed(ballots)) == hashlib.sha256(text).hexdigest()
    assert empreinte_bulletins(ballots, SEL) == hashlib.sha256(SEL + text).hexdigest()


@pytest.mark.parametrize("n", [0, 1, 9, 10, 400])
def test_sous_le_seuil_la_liste_reste_au_bureau(n: int) -> None:
    found = depouillement.preparer(cree(), vote(n), SEL)
    assert found.publiee == (n >= 10)
    assert found.empreinte == empreinte_bulletins(vote(n), b"" if n >= 10 else SEL)
    published = [b for event in depouillement.evenements(found) for b in event.bulletins]
    assert published == (list(found.bulletins) if n >= 10 else [])


def test_les_lots_de_bulletins_tiennent_dans_une_entree() -> None:
    found = depouillement.evenements(depouillement.preparer(cree(), vote(2_000), SEL))
    assert len(found) > 5 and [event.lot for event in found] == list(range(1, len(found) + 1))
    assert {event.lots for event in found} == {len(found)} and sum(len(event.bulletins) for event in found) == 2_000
    sizes = [len(json.dumps([{"c": b.c, "t": b.t} for b in event.bulletins], separators=(",", ":"))) for event in found]
    assert max(sizes) <= 12 * 1024 + 2


def test_deux_comptages_separes_donnent_la_meme_preuve() -> None:
    lus: list[Any] = [*vote(30), "illisible"]
    assert depouillement.preparer(cree(), lus, SEL) == depouillement.preparer(cree(), reversed(lus), SEL)
    with pytest.raises(ValueError, match="salt"):
        depouillement.preparer(cree(), lus, b"court")
