"""The team reads: qualify, correct, direct a personal situation, decide what the public may read."""

from typing import Any

import pytest

from domain.choix import ChoixInconnu
from domain.coordonnees import LienInvalide, TelephoneInvalide
from domain.ledger.event import Event
from domain.propositions.dossier import DateAvantLeDepot, DossierClos, PasEncoreLue, PropositionIntrouvable
from domain.propositions.events import (
    PropositionClose,
    PropositionQualifiee,
    PropositionRetiree,
    PublicationModeree,
    QualificationRectifiee,
    SituationOrientee,
)
from domain.propositions.moderer_publication import (
    DejaModeree,
    ModererPublication,
    PublicationNonVoulue,
    RaisonManquante,
)
from domain.propositions.orienter_situation import DejaOrientee, OrienterSituation
from domain.propositions.qualifier_proposition import (
    DejaQualifiee,
    QualifierProposition,
    ThemeInconnu,
    TitreQuiNommeQuelquUn,
)
from domain.propositions.rectifier_qualification import RectifierQualification, RienARectifier
from domain.texte import TexteTropLong, TexteVide
from tests.monde import ANIMATION, DEPOT, DOSSIER, JOUR, REF, animation, deposee, flux, qualifiee
from tests.spec import given

close = PropositionClose(par="animation:gepi")
retrait = PropositionRetiree(effacement_souhaite=True)


def dossier(*facts: Event) -> given:
    return given(DOSSIER, deposee(), *facts).and_given(flux(ANIMATION), animation)


def act(kind: Any, **others: Any) -> Any:
    return kind(**{"acteur": ANIMATION, "le": JOUR, "proposition": REF, **others})


def qualifier(**others: Any) -> Any:
    values = {"theme": "logement", "competence": "metropole", "titre": " Des logements  près\ndes transports "}
    return act(QualifierProposition, **{**values, **others})


def test_l_equipe_lit_et_classe() -> None:
    dossier().when(qualifier()).then(
        PropositionQualifiee(
            survenu_le=JOUR,
            regle="themes-2026",
            theme="logement",
            competence="metropole",
            titre="Des logements près des transports",
            par="animation:gepi",
        )
    )


def test_on_ne_classe_qu_une_fois() -> None:
    dossier(qualifiee).when(qualifier()).refused(DejaQualifiee)


def test_le_theme_est_dans_la_liste() -> None:
    dossier().when(qualifier(theme="divers")).refused(ThemeInconnu)
    dossier().when(qualifier(competence="region")).refused(ChoixInconnu)


@pytest.mark.parametrize(
    ("titre", "rule"),
    [
        ("", TexteVide),
        ("a" * 121, TexteTropLong),
        ("Rappeler le 06 12 34 56 78", TitreQuiNommeQuelquUn),
        ("Écrire à ana@exemple.fr", TitreQuiNommeQuelquUn),
    ],
)
def test_le_titre_est_court_et_ne_nomme_personne(titre: str, rule: type[TexteVide]) -> None:
    assert dossier().when(qualifier(titre=titre)).refused(rule).field == "titre"


def test_rien_ne_se_fait_sur_un_numero_inconnu() -> None:
    given(flux(ANIMATION), animation).when(qualifier()).refused(PropositionIntrouvable)
    for wrong in ("2017-2275", "gepi-2026-0001", "../x", "", "GEPI-2026-0001\x00"):
        given().when(qualifier(proposition=wrong)).refused(PropositionIntrouvable)


def test_rien_ne_se_date_avant_le_depot() -> None:
    dossier().when(qualifier(le=DEPOT.replace(day=2))).refused(DateAvantLeDepot)


def rectifier(**others: Any) -> Any:
    values = {"theme": "regard", "competence": "metropole", "titre": "Un autre titre", "motif": "Erreur de thème"}
    return act(RectifierQualification, **{**values, **others})


rectifiee = QualificationRectifiee(
    survenu_le=JOUR,
    regle="themes-2026",
    theme="regard",
    competence="metropole",
    titre="Un autre titre",
    motif="Erreur de thème",
    par="animation:gepi",
)


def test_on_rectifie_en_disant_pourquoi() -> None:
    dossier(qualifiee).when(rectifier()).then(rectifiee)
    dossier(qualifiee).when(rectifier(motif="")).refused(TexteVide)
    dossier().when(rectifier()).refused(PasEncoreLue)
    dossier(qualifiee, rectifiee).when(rectifier()).refused(RienARectifier)


def test_un_titre_se_rectifie_meme_apres_la_fin() -> None:
    dossier(qualifiee, close).when(rectifier()).then(rectifiee)
    dossier(qualifiee, retrait).when(rectifier()).then(rectifiee)


def orienter(**others: Any) -> Any:
    return act(OrienterSituation, **{"service": "Maison de la Métropole", **others})


def test_une_situation_individuelle_est_orientee_sans_rien_en_dire() -> None:
    orientee = SituationOrientee(
        survenu_le=JOUR,
        service="Maison de la Métropole",
        telephone="115",
        lien="https://exemple.fr/",
        par="animation:gepi",
    )
    dossier().when(orienter(telephone="115", lien="https://exemple.fr/")).then(orientee)
    dossier(orientee).when(orienter()).refused(DejaOrientee)
    dossier().when(orienter(service="")).refused(TexteVide)
    dossier().when(orienter(telephone="99")).refused(TelephoneInvalide)
    dossier().when(orienter(lien="exemple")).refused(LienInvalide)
    assert "texte" not in SituationOrientee.__struct_fields__


def publique(lecture: Any = "tous_sans_nom") -> given:
    return given(DOSSIER, deposee(lecture=lecture)).and_given(flux(ANIMATION), animation)


def moderer(decision: str = "publier", motif: str | None = None) -> Any:
    return act(ModererPublication, decision=decision, motif=motif)


def moderee(decision: Any = "publier", avec_prenom: bool = False, motif: Any = None) -> PublicationModeree:
    return PublicationModeree(
        survenu_le=JOUR,
        regle="lecture-choisie-2026",
        decision=decision,
        avec_prenom=avec_prenom,
        motif=motif,
        par="animation:gepi",
    )


def test_un_texte_n_est_public_que_si_son_auteur_le_veut_et_qu_un_humain_l_a_lu() -> None:
    publique().when(moderer()).then(moderee())
    dossier().when(moderer()).refused(PublicationNonVoulue)


def test_le_prenom_n_est_public_que_si_l_auteur_l_a_choisi() -> None:
    publique("tous_avec_prenom").when(moderer()).then(moderee(avec_prenom=True))
    publique("tous_sans_nom").when(moderer()).then(moderee(avec_prenom=False))


def test_garder_prive_demande_une_raison() -> None:
    publique().when(moderer("garder_prive")).refused(RaisonManquante)
    publique().when(moderer("garder_prive", "humeur")).refused(ChoixInconnu)
    publique().when(moderer("garder_prive", "tiers_nomme")).then(moderee("garder_prive", motif="tiers_nomme"))


def test_la_decision_peut_changer_mais_pas_se_repeter() -> None:
    publique().and_given(DOSSIER, moderee()).when(moderer()).refused(DejaModeree)
    publique().and_given(DOSSIER, moderee()).when(moderer("garder_prive", "propos_illicites")).then(
        moderee("garder_prive", motif="propos_illicites")
    )


def test_un_texte_public_se_retire_meme_apres_la_fin_mais_ne_s_y_publie_plus() -> None:
    for end in (close, retrait):
        publique().and_given(DOSSIER, moderee(), end).when(moderer("garder_prive", "tiers_nomme")).then(
            moderee("garder_prive", motif="tiers_nomme")
        )
    publique().and_given(DOSSIER, close).when(moderer()).refused(DossierClos)
