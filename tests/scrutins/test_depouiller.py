"""The two layers in order, the count, the list or its salted digest; nothing is lost on the way."""

import json
from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.ledger.entry import encode_entry
from domain.ledger.event import Event
from domain.scrutins import depouillement
from domain.scrutins import events as e
from domain.scrutins.acte import AutreFonctionRequise, EmpreinteIllisible, EtapeAVenir, EtapePassee
from domain.scrutins.bulletins import clair, lire
from domain.scrutins.compte import empreinte_bulletins
from domain.scrutins.depouiller_scrutin import AutreRegle, DepouillerScrutin, MotifDeNulliteInconnu
from domain.scrutins.ouvrir_couche import CompteFaux, OuvrirCouche
from tests.scrutins import vote as v
from tests.spec import NOW, ORIGIN, Decision

JOUR = date(2027, 3, 12)
CLOS = v.histoire("clos")
PREMIERE = v.histoire("premiere_couche")
OUVERTES = v.histoire("couches_ouvertes")


def ouvrir(facts: list[Event], acteur: str, couche: str, sorties: int = 12, **others: Any) -> Decision:
    values = {"n_entrees": 12, "n_sorties": sorties, "rejets": {}, "empreinte": v.PAGE, **others}
    return v.scrutin(facts, acteur).when(v.acte(OuvrirCouche, acteur, JOUR, couche=couche, **values))


def test_la_metropole_ouvre_d_abord_puis_le_bureau() -> None:
    ouvrir(CLOS, v.EDUCATION, "metropole").then(v.couche("metropole", 12))
    ouvrir(PREMIERE, v.BUREAU, "bureau").then(v.couche("bureau", 12))
    ouvrir(CLOS, v.BUREAU, "bureau").refused(EtapeAVenir)
    ouvrir(PREMIERE, v.EDUCATION, "metropole").refused(EtapePassee)
    ouvrir(OUVERTES, v.BUREAU, "bureau").refused(EtapePassee)
    ouvrir(v.histoire("releve"), v.EDUCATION, "metropole").refused(EtapeAVenir, "ouvert")


def test_chaque_couche_est_ouverte_par_qui_tient_sa_cle() -> None:
    ouvrir(CLOS, v.BUREAU, "metropole").refused(AutreFonctionRequise)
    ouvrir(PREMIERE, v.EDUCATION, "bureau").refused(AutreFonctionRequise)
    ouvrir(PREMIERE, v.DIRECTION, "bureau").refused(AutreFonctionRequise)
    assert ouvrir(v.histoire("clos", essai=True), v.DIRECTION, "metropole").decided()


def test_un_bulletin_rejete_est_compte_avec_son_motif() -> None:
    (found,) = ouvrir(CLOS, v.EDUCATION, "metropole", 10, rejets={"ne_s_ouvre_pas": 1, "copie": 1}).decided()
    assert isinstance(found, e.CoucheOuverte) and found.rejets == {"copie": 1, "ne_s_ouvre_pas": 1}
    after = [*CLOS, found]
    ouvrir(after, v.BUREAU, "bureau", 12).refused(CompteFaux, "12", "10")
    assert ouvrir(after, v.BUREAU, "bureau", 10, n_entrees=10).decided()


@pytest.mark.parametrize(
    ("sorties", "autres"),
    [
        (11, {"n_entrees": 11}),
        (11, {}),
        (13, {}),
        (13, {"rejets": {"copie": -1}}),
        (12, {"rejets": {"copie": 0}}),
        (11, {"rejets": {"copie": 2}}),
        (11, {"rejets": {"Un mot d'élève": 1}}),
        (-1, {"rejets": {"copie": 13}}),
    ],
)
def test_une_couche_qui_perd_ou_ajoute_un_bulletin_se_voit(sorties: int, autres: dict[str, Any]) -> None:
    ouvrir(CLOS, v.EDUCATION, "metropole", sorties, **autres).refused(CompteFaux)


def test_l_empreinte_d_une_couche_est_une_empreinte() -> None:
    ouvrir(CLOS, v.EDUCATION, "metropole", empreinte="x").refused(EmpreinteIllisible)


def compter(facts: list[Event], lus: list[Any], acteur: str = v.DIRECTION, **regle: Any) -> Decision:
    compte = depouillement.preparer(v.cree(**regle), lus, v.SEL)
    return v.scrutin(facts, acteur).when(v.acte(DepouillerScrutin, acteur, v.PROCLAME_LE, compte=compte))


def test_le_compte_ecrit_les_bulletins_tries_et_les_gagnants_de_la_regle() -> None:
    liste, compte = compter(OUVERTES, list(reversed(v.vote(12)))).decided()
    assert compte == v.depouille(12)
    assert isinstance(liste, e.BulletinsDepouilles) and isinstance(compte, e.ScrutinDepouille)
    assert list(liste.bulletins) == sorted(v.vote(12), key=lambda b: b.t) and (liste.lot, liste.lots) == (1, 1)
    assert not type(liste).DATED and liste.survenu_le is None
    assert compte.gagnants == ("p2", "p3", "p4") and compte.voix == {"p1": 6, "p2": 12, "p3": 3, "p4": 0}
    assert compte.empreinte_bulletins == empreinte_bulletins(liste.bulletins)


def test_le_bureau_peut_compter_et_la_metropole_non() -> None:
    assert compter(OUVERTES, list(v.vote(12)), v.BUREAU).decided()
    compter(OUVERTES, list(v.vote(12)), v.EDUCATION).refused(FonctionManquante)


def test_on_ne_compte_qu_une_fois_et_les_deux_couches_ouvertes() -> None:
    compter(PREMIERE, list(v.vote(12))).refused(EtapeAVenir)
    compter(v.histoire("depouille"), list(v.vote(12))).refused(EtapePassee)


def test_ce_qui_est_compte_est_ce_qui_sort_de_la_derniere_couche() -> None:
    compter(OUVERTES, list(v.vote(11))).refused(CompteFaux, "11 bulletins", "12")
    compter(OUVERTES, list(v.vote(13))).refused(CompteFaux)
    compter(OUVERTES, [*v.vote(12), "illisible"]).refused(CompteFaux)
    compter(OUVERTES, [*v.vote(11), "inventé"]).refused(MotifDeNulliteInconnu)


def test_compter_avec_une_autre_regle_est_refuse() -> None:
    for autre in ({"budget_cents": 30_000_00}, {"regle_comptage": "glouton_arret"}, {"choix_max": 2}, {"k_min": 11}):
        compter(OUVERTES, list(v.vote(12)), **autre).refused(AutreRegle)


def test_le_papier_s_ajoute_et_ne_se_distingue_pas() -> None:
    valide = e.LotPapierValide(survenu_le=JOUR, lot=1, n=3, empreinte=v.PAGE, ecarts_tranches=0, par=v.PAR_DIRECTION)
    saisi = e.LotPapierSaisi(survenu_le=JOUR, lot=1, n=3, empreinte=v.PAGE, par=v.PAR_DIRECTION)
    facts = [*v.histoire("clos", echanges=3), saisi, valide, v.couche("metropole", 12), v.couche("bureau", 12)]
    liste, compte = compter(facts, list(v.vote(15))).decided()
    assert isinstance(liste, e.BulletinsDepouilles) and isinstance(compte, e.ScrutinDepouille)
    assert (compte.n, compte.n_papier, len(liste.bulletins)) == (15, 3, 15) and all(b.t for b in liste.bulletins)
    compter(facts, list(v.vote(12))).refused(CompteFaux)


def test_une_insulte_ne_laisse_aucun_octet_publie() -> None:
    regle = v.cree()
    insulte = b'{"c":["grosse patate"],"p":[],"t":"%b"}' % v.bulletin(99).t.encode()
    clairs = [*(clair(b.c, (), b.t, regle.longueur) for b in v.vote(10)), insulte.ljust(regle.longueur), b"patate"]
    decided = compter(OUVERTES, [lire(each, regle) for each in clairs]).decided()
    compte = decided[-1]
    assert isinstance(compte, e.ScrutinDepouille) and compte.nuls == {"longueur": 1, "projet_inconnu": 1}
    for n, fact in enumerate(decided, start=1):
        assert b"patate" not in encode_entry(fact, ORIGIN, v.FLUX, n, NOW, [])


def test_sous_le_seuil_les_totaux_seulement() -> None:
    neuf = v.histoire("couches_ouvertes", 9)
    (compte,) = compter(neuf, list(v.vote(9))).decided()
    assert isinstance(compte, e.ScrutinDepouille) and compte == v.depouille(9)
    assert compte.liste == "bureau" and compte.empreinte_bulletins == empreinte_bulletins(v.vote(9), v.SEL)
    assert compte.empreinte_bulletins != empreinte_bulletins(v.vote(9))


def test_dix_bulletins_dont_un_nul_restent_sous_le_seuil() -> None:
    (compte,) = compter(v.histoire("couches_ouvertes", 10), [*v.vote(9), "illisible"]).decided()
    assert isinstance(compte, e.ScrutinDepouille) and compte.liste == "bureau" and compte.n == 10


@pytest.mark.parametrize("n", [0, 1])
def test_personne_ou_une_seule_personne_a_vote(n: int) -> None:
    (compte,) = compter(v.histoire("couches_ouvertes", n), list(v.vote(n))).decided()
    assert isinstance(compte, e.ScrutinDepouille) and compte.n_bulletins == n
    assert compte.gagnants == (("p2", "p4", "p3") if n else ())  # p1 no longer fits


def test_des_bulletins_blancs_comptent_comme_votants() -> None:
    blancs = [v.bulletin(k) for k in range(5)]
    compte = compter(OUVERTES, [*blancs, *(v.bulletin(k, "p2") for k in range(5, 12))]).decided()[-1]
    assert isinstance(compte, e.ScrutinDepouille) and (compte.n_blancs, compte.n_bulletins) == (5, 12)


def test_beaucoup_de_bulletins_sont_publies_par_lots() -> None:
    n = 3_000
    facts = [*v.histoire("releve"), v.clos(n), v.couche("metropole", n), v.couche("bureau", n)]
    decided = compter(facts, list(v.vote(n))).decided()
    lots = [fact for fact in decided if isinstance(fact, e.BulletinsDepouilles)]
    assert len(lots) > 9 and sum(len(lot.bulletins) for lot in lots) == n
    sizes = [len(encode_entry(fact, ORIGIN, v.FLUX, 1, NOW, [])) for fact in lots]
    assert max(sizes) < 13_000
    published = [b for lot in lots for b in lot.bulletins]
    assert published == sorted(published, key=lambda b: b.t)
    assert "enregistre_le" not in json.loads(encode_entry(lots[0], ORIGIN, v.FLUX, 1, NOW, []))
