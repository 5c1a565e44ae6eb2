"""Creating a vote: the whole rule, checked, frozen by a second person."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.comptage.regles import REGLES
from domain.ledger.command import Command
from domain.scrutins import regle_du_vote as r
from domain.scrutins.acte import EmpreinteIllisible, EtapePassee, MemePersonne, ScrutinIntrouvable
from domain.scrutins.confirmer_regles import ConfirmerRegles
from domain.scrutins.creer_scrutin import CollegeInconnu, CreerScrutin, DossierIllisible, EssaiSansDossier
from domain.scrutins.events import ProjetAuVote, ScrutinCree
from domain.texte import TexteTropLong, TexteVide
from tests import monde
from tests.scrutins import vote as v
from tests.spec import Decision, given

PARAMETRES: dict[str, Any] = {"score": "votes", "seuil": 2, "depart": "exact", "arret": "exhaustif", "pas": 1}


def creer(**others: Any) -> Command:
    return CreerScrutin(**{"acteur": v.DIRECTION, "le": v.LE, "moment": v.MOMENT, **v.REGLE, **others})


def quand(acteur: str = v.DIRECTION, fonction: Any = None, inscrit: Any = v.college, **others: Any) -> Decision:
    known = given(f"instances/{v.COLLEGE}", *([inscrit] if inscrit else []))
    known.and_given(monde.flux(acteur), fonction or v.TITRES[acteur])
    if "projets" in others:
        others = {"choix_max": 1, **others}
    return known.when(creer(acteur=acteur, **others))


def projets(*couts: int) -> tuple[ProjetAuVote, ...]:
    return tuple(
        ProjetAuVote(id=f"p{n}", titre=f"Projet {n}", cout_cents=cout) for n, cout in enumerate(couts, start=1)
    )


def change(**others: Any) -> tuple[ProjetAuVote, ...]:
    return (v.PROJETS[0], msgspec.structs.replace(v.PROJETS[1], **others))


def test_une_regle_complete_est_ecrite_telle_quelle() -> None:
    quand().then(v.cree())


def test_la_longueur_des_bulletins_est_fixee_par_la_regle() -> None:
    (found,) = quand(type_vote="cumulative", choix_max=4, points_max=10, parametres={"score": "points"}).decided()
    assert isinstance(found, ScrutinCree) and found.longueur % 64 == 0 and found.longueur >= 64


@pytest.mark.parametrize("regle", REGLES)
def test_chaque_regle_de_comptage_est_possible_avec_tous_ses_parametres(regle: str) -> None:
    parametres = {nom: PARAMETRES[nom] for nom in REGLES[regle]}
    (found,) = quand(regle_comptage=regle, parametres=parametres).decided()
    assert isinstance(found, ScrutinCree) and found.parametres == parametres
    for nom in REGLES[regle]:
        less = {other: value for other, value in parametres.items() if other != nom}
        quand(regle_comptage=regle, parametres=less).refused(r.ParametreManquant, nom)


@pytest.mark.parametrize(
    ("parametres", "refus"),
    [
        ({"score": "hasard"}, r.ComptageRefuse),
        ({"score": "votes", "pas": 1}, r.ComptageRefuse),
        ({"score": "points"}, r.ComptageRefuse),
        ({"score": ""}, r.ParametreManquant),
    ],
)
def test_un_parametre_de_trop_ou_impossible_est_refuse(parametres: dict[str, Any], refus: Any) -> None:
    quand(parametres=parametres).refused(refus)


def test_un_pas_d_un_centime_une_regle_inventee_un_departage_invente() -> None:
    add1 = {"depart": "exact", "arret": "exhaustif", "pas": "0.01"}
    quand(regle_comptage="parts_egales_add1", parametres=add1).refused(r.ComptageRefuse, "un euro")
    quand(regle_comptage="au_hasard", parametres={}).refused(r.ComptageRefuse, "au_hasard")
    quand(departage=("age",)).refused(r.ComptageRefuse)
    quand(regle_comptage="glouton_seuil", parametres={"score": "votes", "seuil": "-1"}).refused(r.ComptageRefuse)


def test_les_prix() -> None:
    assert quand(projets=projets(0, 20_000_00)).decided()
    refus = quand(projets=projets(0, 20_000_01)).refused(
        r.ProjetTropCher, "20\u00a0000,01\u00a0€", "20\u00a0000\u00a0€"
    )
    assert "retirez-le" in refus.conseil
    for cout in (-1, 1.5, True, 10**13):
        quand(projets=projets(0, cout)).refused(r.PrixImpossible)  # type: ignore[arg-type]
    for budget in (0, -5, 1.5, 10**13):
        quand(budget_cents=budget).refused(r.BudgetImpossible)


@pytest.mark.parametrize(
    "liste",
    [
        change(id="p1"),
        change(titre="Garage à vélos"),
        change(id="P2"),
        change(id=""),
        change(id="p" * 13),
        change(image="photo.jpg"),
        change(phrase=" ".join(["mot"] * 16)),
    ],
)
def test_un_projet_mal_ecrit_est_refuse(liste: tuple[ProjetAuVote, ...]) -> None:
    quand(projets=liste).refused(r.ProjetMalEcrit)


def test_les_textes_des_projets() -> None:
    quand(projets=change(titre=" ")).refused(TexteVide)
    quand(projets=change(titre="x" * 81)).refused(TexteTropLong)
    quand(projets=change(avis="x" * 401)).refused(TexteTropLong)
    quand(projets=()).refused(r.PasAssezDeProjets)
    quand(projets=projets(1)).refused(r.PasAssezDeProjets)
    assert quand(projets=change(phrase=" ".join(["mot"] * 15), image="a" * 64)).decided()
    (found,) = quand(projets=change(phrase="  deux \r\n lignes ")).decided()
    assert isinstance(found, ScrutinCree) and found.projets[1].phrase == "deux lignes"


def test_une_liste_qui_ne_tiendrait_pas_dans_une_entree_est_refusee_et_non_perdue() -> None:
    def longs(n: int) -> tuple[ProjetAuVote, ...]:
        return tuple(msgspec.structs.replace(projet, avis="é" * 390) for projet in projets(*[1] * n))

    quand(projets=longs(30)).refused(r.ListeTropLongue)
    assert quand(projets=longs(11)).decided()  # encoded and read back by the spec


@pytest.mark.parametrize(
    ("regle", "champ"),
    [
        ({"choix_max": 0}, "choix_max"),
        ({"choix_max": 5}, "choix_max"),
        ({"choix_max": True}, "choix_max"),
        ({"type_vote": "choose-1", "choix_max": 2}, "choix_max"),
        ({"points_max": 10}, "points_max"),
        ({"type_vote": "cumulative", "points_max": None}, "points_max"),
        ({"type_vote": "cumulative", "points_max": 2}, "points_max"),
        ({"type_vote": "cumulative", "points_max": 101}, "points_max"),
    ],
)
def test_la_sorte_de_bulletin_et_le_nombre_de_choix_vont_ensemble(regle: dict[str, Any], champ: str) -> None:
    assert quand(**regle).refused(r.BulletinImpossible).field == champ


def test_une_sorte_de_bulletin_inventee_est_refusee() -> None:
    quand(type_vote="tirage").refused(ChoixInconnu)


def test_la_fenetre_du_vote() -> None:
    quand(ferme_le=v.OUVRE + timedelta(minutes=59)).refused(r.FenetreImpossible)
    assert quand(ferme_le=v.OUVRE + timedelta(hours=1)).decided()
    quand(ouvre_le=v.MOMENT).refused(r.FenetreImpossible, "1er mars 2027 à 10\u00a0h")
    assert quand(ouvre_le=v.MOMENT + timedelta(seconds=1)).decided()
    quand(ouvre_le=v.FERME, ferme_le=v.OUVRE).refused(r.FenetreImpossible)
    quand(ferme_le=v.OUVRE + timedelta(days=61)).refused(r.FenetreImpossible)
    quand(ouvre_le=v.OUVRE.replace(year=2062), ferme_le=v.FERME.replace(year=2062)).refused(r.FenetreImpossible)


def test_un_essai_peut_commencer_tout_de_suite() -> None:
    assert quand(essai=True, ouvre_le=v.MOMENT - timedelta(hours=1)).decided()
    quand(essai=True, ouvre_le=v.MOMENT - timedelta(days=2), ferme_le=v.MOMENT).refused(r.FenetreImpossible, "finir")


def test_les_nombres_qui_protegent() -> None:
    for k_min in (9, 0, -1, 101, 10.5):
        quand(k_min=k_min).refused(r.SeuilDeSecretTropBas)
    for jours in (0, 61):
        quand(jours_reclamation=jours).refused(r.DelaiDeReclamationImpossible)
    for electeurs in (0, -3, 1.5):
        quand(electeurs=electeurs).refused(r.NombreDElevesImpossible)
    assert quand(k_min=30, jours_reclamation=60, electeurs=540).decided()


def test_le_titre_et_l_empreinte_de_la_page() -> None:
    quand(titre=" ").refused(TexteVide)
    quand(empreinte_page="").refused(EmpreinteIllisible)
    quand(empreinte_page="AB" * 32).refused(EmpreinteIllisible)


def test_le_college_est_inscrit_et_ouvert() -> None:
    quand(inscrit=None).refused(CollegeInconnu)
    quand(inscrit=monde.instance(v.COLLEGE, "participation")).refused(CollegeInconnu)
    quand(inscrit=monde.instance(v.COLLEGE, "college", au=date(2027, 2, 28))).refused(CollegeInconnu)
    quand(inscrit=monde.instance(v.COLLEGE, "college", du=date(2027, 3, 2))).refused(CollegeInconnu)
    with pytest.raises(CollegeInconnu):
        given().when(creer(college="../secrets")).decided()


def test_un_dossier_est_celui_d_un_budget_de_college_et_un_essai_n_en_a_pas() -> None:
    (found,) = quand(dossier="BPC-2026-0001").decided()
    assert isinstance(found, ScrutinCree) and found.dossier == "BPC-2026-0001"
    for dossier in ("GEPI-2026-0001", "BPC-2026-0000", "BPC", ""):
        quand(dossier=dossier).refused(DossierIllisible)
    quand(dossier="BPC-2026-0001", essai=True).refused(EssaiSansDossier)


def test_la_direction_d_un_autre_college_ne_cree_pas_ce_vote() -> None:
    quand(fonction=monde.confiee(v.DIRECTION, "direction", "college-voisin")).refused(FonctionManquante)
    quand(v.BUREAU).refused(FonctionManquante)
    quand(v.EDUCATION).refused(FonctionManquante)


def avertis(**others: Any) -> str:
    return " ".join(r.avertissements(v.cree(**others)))


def test_les_regles_a_double_tranchant_previennent() -> None:
    sobre = {"regle_comptage": "glouton_seuil", "parametres": {"score": "votes", "seuil": 5}}
    assert avertis(**sobre) == "" and "presque personne" in avertis()
    un_seul = {"regle_comptage": "parts_egales", "parametres": {}, "choix_max": 1, "type_vote": "choose-1"}
    assert "aucun projet" in avertis(**un_seul) and "aucun projet" not in avertis(**un_seul | {"choix_max": 2})
    assert "aucun projet" in avertis(**un_seul | {"type_vote": "approval", "regle_comptage": "parts_egales_glouton"})
    assert "secret" in avertis(type_vote="cumulative", points_max=10) and "secret" in avertis(type_vote="ordinal")
    assert "Trois choix" in avertis(choix_max=4) and "totaux" in avertis(electeurs=9)
    assert "tiennent ensemble" in avertis(budget_cents=100_000_00)


def confirmer(acteur: str, *titres: Any, facts: Any = None) -> Decision:
    known = v.scrutin(facts or v.histoire("prepare"), acteur, *titres)
    return known.when(v.acte(ConfirmerRegles, acteur, date(2027, 3, 2)))


def test_le_bureau_de_vote_confirme_les_regles_une_fois() -> None:
    confirmer(v.BUREAU).then(v.confirmees)
    confirmer(v.BUREAU, facts=v.histoire("confirme")).refused(EtapePassee)


def test_qui_a_pu_creer_le_vote_ne_le_confirme_pas() -> None:
    deux = monde.confiee(v.DIRECTION, "bureau_de_vote", v.COLLEGE)
    confirmer(v.DIRECTION, v.direction, deux).refused(MemePersonne, "une autre personne")
    ended = monde.retiree(v.DIRECTION, "direction", v.LE, v.COLLEGE)
    confirmer(v.DIRECTION, v.direction, ended, deux).refused(MemePersonne)
    long_ago = monde.retiree(v.DIRECTION, "direction", date(2027, 1, 1), v.COLLEGE)
    confirmer(v.DIRECTION, v.direction, long_ago, deux).then(v.confirmees)
    since = monde.confiee(v.DIRECTION, "direction", v.COLLEGE, du=date(2027, 3, 2))
    confirmer(v.DIRECTION, since, deux).then(v.confirmees)


def test_la_direction_seule_et_la_metropole_ne_confirment_pas() -> None:
    confirmer(v.DIRECTION).refused(FonctionManquante)
    confirmer(v.EDUCATION).refused(FonctionManquante)


def test_un_vote_qui_n_existe_pas() -> None:
    given(v.FLUX).and_given(monde.flux(v.BUREAU), v.bureau).when(v.acte(ConfirmerRegles, v.BUREAU)).refused(
        ScrutinIntrouvable
    )
    for numero in ("", "SC-2027-0000", "GEPI-2027-0001", "../x"):
        with pytest.raises(ScrutinIntrouvable):
            given().when(v.acte(ConfirmerRegles, v.BUREAU, scrutin=numero)).decided()
