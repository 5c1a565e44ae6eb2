"""Before and during the vote: keys of two holders, slips that are counted, exchanges."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.acte import (
    AutreFonctionRequise,
    EmpreinteIllisible,
    EtapeAVenir,
    EtapePassee,
    MemePersonne,
    NombreImpossible,
    VoteAnnule,
)
from domain.scrutins.annuler_billets import AnnulerBillets, PlusDeBilletsAnnulesQueCrees
from domain.scrutins.declarer_billets import DeclarerBillets, TropDeBillets
from domain.scrutins.echanger_billet import AucunBilletAEchanger, EchangerBillet
from domain.scrutins.publier_cle import CleDejaPubliee, CleIllisible, PublierCle
from domain.scrutins.remettre_billets import PlusDeBilletsQueCrees, RemettreBillets
from domain.scrutins.rendre_billets import PlusDeBilletsQueRemis, RendreBillets
from domain.texte import TexteTropLong, TexteVide
from tests import monde
from tests.scrutins import vote as v
from tests.spec import Decision

JOUR = date(2027, 3, 2)
COMPTES = {"survenu_le": JOUR, "regle": "billets-comptes-2026"}


def quand(kind: Any, facts: list[Event], acteur: str = v.DIRECTION, *titres: Any, **others: Any) -> Decision:
    return v.scrutin(facts, acteur, *titres).when(v.acte(kind, acteur, JOUR, **others))


def publier(facts: list[Event], acteur: str, couche: str, octet: int = 1, *titres: Any) -> Decision:
    return quand(PublierCle, facts, acteur, *titres, couche=couche, cle=v.cle(octet))


CONFIRME = v.histoire("confirme")


def test_chaque_couche_a_sa_cle_et_sa_fonction() -> None:
    publier(CONFIRME, v.EDUCATION, "metropole").then(v.cle_metropole)
    publier([*CONFIRME, v.cle_metropole], v.BUREAU, "bureau", 2).then(v.cle_bureau)
    publier(CONFIRME, v.BUREAU, "metropole").refused(AutreFonctionRequise, "Direction de l'éducation")
    publier(CONFIRME, v.EDUCATION, "bureau").refused(AutreFonctionRequise, "Bureau de vote")
    publier(CONFIRME, v.DIRECTION, "bureau").refused(AutreFonctionRequise)
    publier(CONFIRME, v.EDUCATION, "milieu").refused(ChoixInconnu)


def test_les_deux_cles_ont_deux_tenants() -> None:
    both = (monde.confiee(v.BUREAU, "education"), v.bureau)
    publier([*CONFIRME, v.cle_metropole], v.BUREAU, "bureau", 2, *both).refused(MemePersonne, "seconde clé")
    publier([*CONFIRME, v.cle_bureau], v.BUREAU, "metropole", 1, *both).refused(MemePersonne)
    publier(CONFIRME, v.BUREAU, "bureau", 2, *both).then(v.cle_bureau)


def test_une_cle_se_remplace_avant_l_ouverture_seulement_et_jamais_par_l_autre() -> None:
    pret = v.histoire("pret")
    assert publier(pret, v.BUREAU, "bureau", 9).decided()
    publier(pret, v.BUREAU, "bureau", 1).refused(CleDejaPubliee)
    publier(v.histoire("ouvert"), v.BUREAU, "bureau", 9).refused(EtapePassee, "ouvert")
    publier(v.histoire("prepare"), v.BUREAU, "bureau", 9).refused(EtapeAVenir)


@pytest.mark.parametrize("cle", ["", "pas une clé", "AAAA", v.cle(1)[:-4], "é" * 88, "A" * 88])
def test_une_cle_est_un_point_en_base64(cle: str) -> None:
    quand(PublierCle, CONFIRME, v.EDUCATION, couche="metropole", cle=cle).refused(CleIllisible)


def test_dans_un_essai_la_direction_peut_tenir_la_cle_de_la_metropole() -> None:
    essai = v.histoire("confirme", essai=True)
    (found,) = publier(essai, v.DIRECTION, "metropole").decided()
    assert isinstance(found, e.ClesDuScrutinPubliees) and found.par == v.PAR_DIRECTION
    publier(CONFIRME, v.DIRECTION, "metropole").refused(AutreFonctionRequise)
    publier(essai, v.DIRECTION, "bureau").refused(AutreFonctionRequise)


def test_les_billets_sont_dans_le_registre_avant_l_ouverture() -> None:
    quand(DeclarerBillets, CONFIRME, n=60, empreinte=v.PAGE).then(
        e.BilletsCrees(n=60, empreinte=v.PAGE, par=v.PAR_DIRECTION, **COMPTES)  # type: ignore[arg-type]
    )
    assert quand(DeclarerBillets, v.histoire("pret"), n=1, empreinte=v.PAGE).decided()
    quand(DeclarerBillets, v.histoire("ouvert"), n=1, empreinte=v.PAGE).refused(EtapePassee)
    quand(DeclarerBillets, v.histoire("prepare"), n=1, empreinte=v.PAGE).refused(EtapeAVenir, "confirme ses règles")
    quand(DeclarerBillets, CONFIRME, n=200_001, empreinte=v.PAGE).refused(TropDeBillets)
    for n in (0, -1, 1.5, True):
        quand(DeclarerBillets, CONFIRME, n=n, empreinte=v.PAGE).refused(NombreImpossible)
    for empreinte in ("", "Z" * 64, v.PAGE.upper()):
        quand(DeclarerBillets, CONFIRME, n=1, empreinte=empreinte).refused(EmpreinteIllisible)
    quand(DeclarerBillets, CONFIRME, v.BUREAU, n=1, empreinte=v.PAGE).refused(FonctionManquante)


def test_une_classe_recoit_des_billets_sans_aucun_nom() -> None:
    ouvert = v.histoire("ouvert")
    quand(RemettreBillets, ouvert, groupe=" 6e  B ", n=30).then(
        e.BilletsRemis(groupe="6e B", n=30, par=v.PAR_DIRECTION, **COMPTES)  # type: ignore[arg-type]
    )
    quand(RemettreBillets, ouvert, groupe="6e B", n=31).refused(PlusDeBilletsQueCrees, "30 billets")
    quand(RemettreBillets, ouvert, groupe=" ", n=3).refused(TexteVide)
    quand(RemettreBillets, ouvert, groupe="x" * 41, n=3).refused(TexteTropLong)
    quand(RemettreBillets, v.histoire("clos"), groupe="6e B", n=3).refused(EtapePassee)


def test_ce_qui_est_rendu_peut_etre_remis() -> None:
    ouvert = v.histoire("ouvert")
    rendus = e.BilletsRendus(groupe="6e B", n=5, par=v.PAR_DIRECTION, **COMPTES)  # type: ignore[arg-type]
    quand(RendreBillets, ouvert, groupe="6e B", n=5).then(rendus)
    quand(RendreBillets, ouvert, groupe="6e B", n=31).refused(PlusDeBilletsQueRemis, "30")
    quand(RendreBillets, ouvert, groupe="5e A", n=1).refused(PlusDeBilletsQueRemis, "5e A")
    quand(RendreBillets, [*ouvert, rendus], groupe="6e B", n=26).refused(PlusDeBilletsQueRemis, "25")
    assert quand(RemettreBillets, [*ouvert, rendus], groupe="5e A", n=35).decided()
    quand(RendreBillets, v.histoire("clos"), groupe="6e B", n=1).refused(EtapePassee)
    found = v.etat([*ouvert, rendus])
    assert (found.n_remis, found.n_rendus, found.en_main, found.groupes) == (30, 5, 25, {"6e B": 25})


def test_annuler_des_billets_connus_ou_non() -> None:
    ouvert = v.histoire("ouvert", echanges=2)
    quand(AnnulerBillets, ouvert, v.BUREAU, n=3, motif="perdu", connus=True).then(
        e.BilletsAnnules(n=3, motif="perdu", connus=True, par=v.PAR_BUREAU, **COMPTES)  # type: ignore[arg-type]
    )
    quand(AnnulerBillets, ouvert, n=59, motif="abime").refused(PlusDeBilletsAnnulesQueCrees, "58")
    quand(AnnulerBillets, ouvert, n=1, motif="vole").refused(ChoixInconnu)
    quand(AnnulerBillets, v.histoire("clos"), n=1, motif="perdu").refused(EtapePassee)
    quand(AnnulerBillets, v.histoire("prepare"), n=1, motif="perdu").refused(EtapeAVenir)


def test_un_echange_ne_dit_ni_quel_billet_ni_quand() -> None:
    ouvert = v.histoire("ouvert")
    (found,) = quand(EchangerBillet, ouvert, v.BUREAU).decided()
    assert found == v.echange and found.survenu_le is None and not type(found).DATED
    quand(EchangerBillet, v.histoire("pret")).refused(EtapeAVenir)
    quand(EchangerBillet, v.histoire("clos")).refused(EtapePassee)
    quand(EchangerBillet, v.histoire("ouvert", echanges=30)).refused(AucunBilletAEchanger)


def test_un_vote_annule_n_avance_plus() -> None:
    annule = e.ScrutinAnnule(
        survenu_le=JOUR, regle="annulation-du-vote-2026", motif="Erreur de prix.", par=v.PAR_DIRECTION
    )
    steps: list[tuple[Any, dict[str, Any]]] = [
        (DeclarerBillets, {"n": 1, "empreinte": v.PAGE}),
        (RemettreBillets, {"groupe": "6e B", "n": 1}),
        (EchangerBillet, {}),
    ]
    for kind, others in steps:
        quand(kind, [*v.histoire("ouvert"), annule], **others).refused(VoteAnnule)
