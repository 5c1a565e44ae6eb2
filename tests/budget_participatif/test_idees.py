"""Pupils' ideas: given without a name, read by an adult, grouped with their lineage, answered with reasons."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.budget_participatif import events as e
from domain.budget_participatif.deposer_idee import (
    SIGNES_IDEE,
    DeposerIdee,
    IdeeAvecCoordonnees,
    IdeesFinies,
    IdeesPasOuvertes,
    IdeeTropLongue,
    IdeeVide,
)
from domain.budget_participatif.dossier import DossierIntrouvable, EtapePrecedente, ListeDejaArretee
from domain.budget_participatif.idee import (
    IdeeDejaRegroupee,
    IdeeDUnAutreDossier,
    IdeeEcartee,
    IdeeIntrouvable,
    IdeePasEncoreLue,
)
from domain.budget_participatif.moderer_idee import (
    IdeeDejaLue,
    IdeeQuiNommeQuelquUn,
    ModererIdee,
    RaisonDEcartManquante,
)
from domain.budget_participatif.montants import RaisonTropCourte
from domain.budget_participatif.regrouper_idee import IdeeAvecElleMeme, RegrouperIdee
from domain.budget_participatif.rendre_faisabilite import CoutManquant, RendreFaisabilite
from domain.choix import ChoixInconnu
from domain.ledger.event import Event
from domain.texte import TexteTropLong, TexteVide
from tests.budget_participatif.histoire import (
    BPC,
    BUDGET,
    DIRECTION,
    EDUCATION,
    FIN_IDEES,
    IDEE_A,
    IDEE_B,
    JOUR,
    PAR,
    au_college,
    closes,
    deposee,
    direction,
    ecartee,
    education,
    intention,
    liste,
    montree,
    ouvertes,
    possible,
)
from tests.monde import flux
from tests.spec import given

OUVERT = (intention, ouvertes)
REGROUPEE = e.IdeeRegroupee(dans=IDEE_B, motif="La même idée", par=PAR)


def idee(texte: str = "Des bancs à l'ombre", **others: Any) -> DeposerIdee:
    return DeposerIdee(**{"le": FIN_IDEES, "dossier": BPC, "texte": texte, **others})


def test_une_eleve_donne_une_idee_sans_compte_ni_nom() -> None:
    given(BUDGET, *OUVERT).when(idee("  Des bancs \r\nà l'ombre ")).then(
        e.IdeeDeposee(
            survenu_le=FIN_IDEES,
            regle="idees-des-eleves-2026",
            dossier=BPC,
            canal="formulaire",
            texte="Des bancs \nà l'ombre",
        )
    )


def test_une_classe_donne_une_idee_par_la_direction() -> None:
    given(BUDGET, *OUVERT).and_given(flux(DIRECTION), direction).when(
        idee(canal="classe", lieu=" 6e  B", acteur=DIRECTION)
    ).then(
        e.IdeeDeposee(
            survenu_le=FIN_IDEES,
            regle="idees-des-eleves-2026",
            dossier=BPC,
            canal="classe",
            lieu="6e B",
            par=PAR,
            texte="Des bancs à l'ombre",
        )
    )
    given(BUDGET, *OUVERT).when(idee(canal="boite", acteur=DIRECTION)).refused(FonctionManquante)
    given().when(idee(canal="boite")).refused(FonctionManquante)
    given(BUDGET, *OUVERT).and_given("personnes/x").when(idee(canal="lettre", acteur=DIRECTION)).refused(ChoixInconnu)


@pytest.mark.parametrize(
    ("texte", "rule"),
    [
        ("", IdeeVide),
        (" \n\t ", IdeeVide),
        ("!!! ...", IdeeVide),
        ("é" * (SIGNES_IDEE + 1), IdeeTropLongue),
        ("Appelle-moi au 06 12 34 56 78", IdeeAvecCoordonnees),
        ("Écris à ines@exemple.fr", IdeeAvecCoordonnees),
    ],
)
def test_une_idee_est_courte_et_ne_donne_pas_de_coordonnees(texte: str, rule: Any) -> None:
    assert given(BUDGET, *OUVERT).when(idee(texte)).refused(rule).field == "texte"


def test_une_idee_de_la_longueur_permise_est_recue() -> None:
    given(BUDGET, *OUVERT).when(idee("é" * SIGNES_IDEE)).decided()
    given(BUDGET, *OUVERT).when(idee("<script>alert(1)</script> 🙂")).decided()


def test_les_idees_ont_un_debut_et_une_fin() -> None:
    given(BUDGET, intention).when(idee()).refused(IdeesPasOuvertes)
    given(BUDGET, *OUVERT).when(idee(le=date(2026, 11, 21))).refused(IdeesFinies, "20 novembre 2026")
    given(BUDGET, *OUVERT, closes).when(idee()).refused(IdeesFinies)
    given().when(idee()).refused(DossierIntrouvable)
    given().when(idee(dossier="../x")).refused(DossierIntrouvable)


def moderer(**others: Any) -> ModererIdee:
    values: dict[str, Any] = {"decision": "publier", "titre": " Des  bancs", "resume": "Des bancs dans la cour."}
    return ModererIdee(DIRECTION, JOUR, IDEE_A, BPC, **{**values, **others})


def lue(*facts: Event, budget: tuple[Event, ...] = OUVERT) -> given:
    return au_college(*budget).and_given(f"idees/{IDEE_A}", *facts)


def test_un_adulte_lit_l_idee_avant_qu_elle_soit_montree() -> None:
    lue(deposee()).when(moderer()).then(
        e.IdeeModeree(
            survenu_le=JOUR,
            regle="idees-des-eleves-2026",
            decision="publier",
            titre="Des bancs",
            resume="Des bancs dans la cour.",
            par=PAR,
        )
    )
    lue(deposee(), ecartee).when(moderer()).decided()


def test_une_idee_ecartee_dit_pourquoi() -> None:
    lue(deposee()).when(moderer(decision="ecarter", motif="hors_sujet")).then(
        e.IdeeModeree(survenu_le=JOUR, regle="idees-des-eleves-2026", decision="ecarter", motif="hors_sujet", par=PAR)
    )
    lue(deposee()).when(moderer(decision="ecarter")).refused(RaisonDEcartManquante)
    lue(deposee()).when(moderer(decision="ecarter", motif="bof")).refused(ChoixInconnu)
    lue(deposee(), ecartee).when(moderer(decision="ecarter", motif="hors_sujet")).refused(IdeeDejaLue)


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ({"titre": ""}, TexteVide),
        ({"resume": "é" * 401}, TexteTropLong),
        ({"titre": "L'idée de zoe@exemple.fr"}, IdeeQuiNommeQuelquUn),
        ({"resume": "Appeler le 06 12 34 56 78"}, IdeeQuiNommeQuelquUn),
    ],
)
def test_ce_qui_est_montre_est_neutre(others: dict[str, Any], rule: Any) -> None:
    lue(deposee()).when(moderer(**others)).refused(rule)


def test_on_ne_lit_plus_apres_la_liste_ni_ailleurs() -> None:
    lue(deposee(), budget=tuple(liste())).when(moderer()).refused(ListeDejaArretee)
    lue(deposee("BPC-2026-0002")).when(moderer()).refused(IdeeDUnAutreDossier)
    lue().when(moderer()).refused(IdeeIntrouvable)
    lue(deposee(), montree, REGROUPEE).when(moderer()).refused(IdeeDejaRegroupee)
    given().when(ModererIdee(DIRECTION, JOUR, "IDEE-2026-1", BPC, "publier")).refused(IdeeIntrouvable)


def regrouper(dans: str = IDEE_B) -> RegrouperIdee:
    return RegrouperIdee(DIRECTION, JOUR, IDEE_A, BPC, dans, "La même idée")


def deux(premiere: tuple[Event, ...], seconde: tuple[Event, ...]) -> given:
    return au_college(*OUVERT).and_given(f"idees/{IDEE_A}", *premiere).and_given(f"idees/{IDEE_B}", *seconde)


def test_deux_idees_semblables_se_regroupent() -> None:
    deux((deposee(), montree), (deposee(), montree)).when(regrouper()).then(
        e.IdeeRegroupee(
            survenu_le=JOUR, regle="regroupement-des-idees-2026", dans=IDEE_B, motif="La même idée", par=PAR
        )
    )


def test_un_regroupement_ne_tourne_pas_en_rond() -> None:
    shown = (deposee(), montree)
    back = e.IdeeRegroupee(dans=IDEE_A, motif="L'inverse", par=PAR)
    deux(shown, (*shown, back)).when(regrouper()).refused(IdeeDejaRegroupee)
    deux((*shown, REGROUPEE), shown).when(regrouper()).refused(IdeeDejaRegroupee)
    given().when(regrouper(IDEE_A)).refused(IdeeAvecElleMeme)


def test_on_regroupe_des_idees_montrees_du_meme_college() -> None:
    shown = (deposee(), montree)
    deux((deposee(),), shown).when(regrouper()).refused(IdeePasEncoreLue)
    deux(shown, (deposee(), ecartee)).when(regrouper()).refused(IdeeEcartee)
    deux(shown, (deposee("BPC-2026-0002"), montree)).when(regrouper()).refused(IdeeDUnAutreDossier)
    deux(shown, ()).when(regrouper()).refused(IdeeIntrouvable)
    given().when(regrouper("BPC-2026-0001")).refused(IdeeIntrouvable)


def etudier(**others: Any) -> RendreFaisabilite:
    values: dict[str, Any] = {"avis": "recevable", "motif": "La cour a la place qu'il faut.", "cout_cents": 600_000}
    return RendreFaisabilite(EDUCATION, JOUR, IDEE_A, BPC, **{**values, **others})


def a_etudier(*facts: Event, budget: tuple[Event, ...] = (*OUVERT, closes)) -> given:
    return given(f"idees/{IDEE_A}", *facts).and_given(BUDGET, *budget).and_given(flux(EDUCATION), education)


def test_les_services_repondent_a_chaque_idee() -> None:
    a_etudier(deposee(), montree).when(etudier()).then(
        e.FaisabiliteRendue(
            survenu_le=JOUR,
            regle="faisabilite-des-idees-2026",
            avis="recevable",
            motif="La cour a la place qu'il faut.",
            cout_cents=600_000,
            par="education",
        )
    )
    a_etudier(deposee(), montree, possible).when(
        etudier(avis="non_recevable", motif="Le sol ne porte pas ce poids.", cout_cents=None)
    ).decided()


def test_un_refus_dit_pourquoi() -> None:
    a_etudier(deposee(), montree).when(etudier(avis="non_recevable", motif="Non.")).refused(RaisonTropCourte)
    a_etudier(deposee(), montree).when(etudier(motif=" ")).refused(TexteVide)
    a_etudier(deposee(), montree).when(etudier(cout_cents=None)).refused(CoutManquant)


def test_l_etude_vient_apres_la_cloture_sur_une_idee_montree() -> None:
    a_etudier(deposee(), montree, budget=OUVERT).when(etudier()).refused(EtapePrecedente)
    a_etudier(deposee()).when(etudier()).refused(IdeePasEncoreLue)
    a_etudier(deposee(), ecartee).when(etudier()).refused(IdeeEcartee)
    a_etudier(deposee(), montree, REGROUPEE).when(etudier()).refused(IdeeDejaRegroupee)
    a_etudier(deposee(), montree, budget=tuple(liste())).when(etudier()).refused(ListeDejaArretee)
