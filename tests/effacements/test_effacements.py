"""Erasure: decided by the data-protection officer, on values that are there, once; then executed, once."""

from typing import Any

import msgspec
import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.effacements.demander_effacement import (
    CIBLES_MAXIMUM,
    CibleInconnue,
    DemanderEffacement,
    DossierIntrouvable,
    EffacementDejaDemande,
    FonctionEncoreTenue,
    RienAEffacer,
    TropDeCibles,
)
from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.effacements.executer_effacement import EffacementDejaExecute, EffacementNonDemande, ExecuterEffacement
from domain.effacements.regles import BASES
from domain.ledger.event import Event
from domain.propositions.events import ComplementAjoute, PropositionRetiree
from tests.monde import (
    ADMIN,
    ANIMATION,
    DOSSIER,
    DPO,
    JOUR,
    administration,
    animation,
    confiee,
    deposee,
    flux,
    protection,
    qualifiee,
    retiree,
)
from tests.spec import given

TEXTE, PRENOM, SUITE = "a" * 43, "b" * 43, "c" * 43
FAITS = (deposee(), qualifiee, ComplementAjoute())


def demander(**others: Any) -> DemanderEffacement:
    values: dict[str, Any] = {
        "acteur": DPO,
        "dossier": DOSSIER,
        "versions": (1,),
        "portees": ("contribution",),
        "cibles": (TEXTE,),
        "motif": "demande_de_la_personne",
        **others,
    }
    return DemanderEffacement(le=JOUR, **values)


def demande(*cibles: str, **others: Any) -> EffacementDemande:
    values: dict[str, Any] = {
        "regle": "effacement-demande-rgpd",
        "versions": [1],
        "portees": ["contribution"],
        "motif": "demande_de_la_personne",
        "base": "effacement-demande-rgpd",
        **others,
    }
    return EffacementDemande(survenu_le=JOUR, cibles=list(cibles or (TEXTE,)), par="protection_donnees", **values)


def dossier(*facts: Event) -> given:
    return given(DOSSIER, *FAITS, *facts).and_given(flux(DPO), protection)


def test_la_protection_des_donnees_decide_ce_qui_disparait() -> None:
    dossier().when(demander()).then(demande())
    dossier().when(
        demander(versions=(3, 1), portees=("contribution", "auteur", "complement"), cibles=(SUITE, TEXTE, PRENOM))
    ).then(demande(TEXTE, PRENOM, SUITE, versions=[1, 3], portees=["auteur", "complement", "contribution"]))


@pytest.mark.parametrize("motif", BASES)
def test_chaque_motif_a_son_fondement(motif: Any) -> None:
    (asked,) = dossier().when(demander(motif=motif)).decided()
    assert isinstance(asked, EffacementDemande)
    assert asked.base == asked.regle == BASES[motif].id


def test_ni_la_demande_ni_l_execution_ne_disent_de_qui_il_s_agit() -> None:
    for kind in (EffacementDemande, EffacementExecute):
        assert not kind.PERSONAL
        assert set(kind.__struct_fields__) <= {
            *("survenu_le", "regle", "cibles", "versions", "portees", "motif", "base", "par", "demande")
        }


def test_personne_d_autre_ne_decide() -> None:
    given(DOSSIER, *FAITS).and_given(flux(ADMIN), administration).when(demander(acteur=ADMIN)).refused(
        FonctionManquante
    )
    given(DOSSIER, *FAITS).and_given(flux(ANIMATION), animation).when(demander(acteur=ANIMATION)).refused(
        FonctionManquante
    )


@pytest.mark.parametrize("stream", ["", "propositions/x", "instances/gepi", "propositions/GEPI-2026-0001/x", "a\x00b"])
def test_un_dossier_qui_peut_contenir_des_donnees(stream: str) -> None:
    given().when(demander(dossier=stream)).refused(DossierIntrouvable)


def test_un_dossier_inconnu() -> None:
    given(flux(DPO), protection).when(demander()).refused(DossierIntrouvable)


@pytest.mark.parametrize("missing", ["versions", "portees", "cibles"])
def test_il_faut_choisir_quelque_chose(missing: str) -> None:
    nothing: dict[str, Any] = {missing: ()}
    dossier().when(demander(**nothing)).refused(RienAEffacer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"versions": (2,)},  # a qualification holds nothing erasable
        {"versions": (4,)},  # no such event here; the officer's own function is in another stream
        {"versions": (0,)},
        {"versions": (-1,)},
        {"versions": (1, 1)},
        {"portees": ("titulaire",)},
        {"portees": ("contribution", "complement")},  # the complement is in version 3
        {"portees": ("contribution", "contribution")},
        {"cibles": (TEXTE, PRENOM)},  # more digests than fields
        {"cibles": ("court",)},
        {"cibles": ("é" * 43,)},
        {"cibles": (TEXTE + "\n",)},
    ],
)
def test_on_n_efface_que_ce_qui_est_dans_le_dossier(wrong: dict[str, Any]) -> None:
    dossier().when(demander(**wrong)).refused(CibleInconnue)


def test_une_demande_tient_dans_une_ligne_du_registre() -> None:
    many = tuple(f"{n:043d}" for n in range(CIBLES_MAXIMUM + 1))
    facts = [ComplementAjoute() for _ in many]
    big: dict[str, Any] = {"portees": ("complement",), "versions": tuple(range(4, 4 + CIBLES_MAXIMUM))}
    dossier(*facts).when(demander(cibles=many, **big)).refused(TropDeCibles)
    assert dossier(*facts).when(demander(cibles=many[1:], **big)).decided()


def test_on_ne_demande_pas_deux_fois() -> None:
    dossier(demande()).when(demander()).refused(EffacementDejaDemande)
    dossier(demande()).when(demander(portees=("auteur",), cibles=(PRENOM,))).then(demande(PRENOM, portees=["auteur"]))


def test_une_proposition_retiree_ou_close_s_efface_aussi() -> None:
    dossier(PropositionRetiree(effacement_souhaite=True)).when(demander()).then(demande())


def test_un_motif_hors_de_la_liste_est_refuse() -> None:
    dossier().when(demander(motif="parce que")).refused(ChoixInconnu)


def personne(*facts: Event) -> given:
    return given(flux(ANIMATION), animation, *facts).and_given(flux(DPO), protection)


def test_on_efface_le_nom_d_une_personne_qui_n_a_plus_de_fonction() -> None:
    name: dict[str, Any] = {"dossier": flux(ANIMATION), "portees": ("titulaire",)}
    personne().when(demander(**name)).refused(FonctionEncoreTenue)
    personne(retiree(ANIMATION, "animation", JOUR, "gepi")).when(demander(**name)).then(demande(portees=["titulaire"]))
    personne(confiee(ANIMATION, "animation", "comet")).when(demander(versions=(3,), **name)).refused(CibleInconnue)


def test_la_protection_des_donnees_ne_s_efface_pas_tant_qu_elle_agit() -> None:
    own: dict[str, Any] = {"dossier": flux(DPO), "portees": ("titulaire",)}
    given(flux(DPO), protection).when(demander(**own)).refused(FonctionEncoreTenue)


def executer(numero: int = 4, **others: Any) -> ExecuterEffacement:
    return ExecuterEffacement(**{"dossier": DOSSIER, "le": JOUR, **others}, demande=numero)


execute = EffacementExecute(
    survenu_le=JOUR,
    regle="effacement-demande-rgpd",
    demande=4,
    cibles=[TEXTE],
    motif="demande_de_la_personne",
    base="effacement-demande-rgpd",
    par="protection_donnees",
)


def test_un_effacement_s_execute_une_fois_demande() -> None:
    given(DOSSIER, *FAITS, demande()).when(executer()).then(execute)
    given(DOSSIER, *FAITS).when(executer()).refused(EffacementNonDemande)
    given(DOSSIER, *FAITS, demande()).when(executer(1)).refused(EffacementNonDemande)
    given(DOSSIER, *FAITS, demande(), execute).when(executer()).refused(EffacementDejaExecute)
    given().when(executer(dossier="instances/gepi")).refused(DossierIntrouvable)


def test_deux_demandes_s_executent_chacune() -> None:
    two = (demande(), demande(PRENOM, portees=["auteur"]))
    (second,) = given(DOSSIER, *FAITS, *two, execute).when(executer(5)).decided()
    assert second == msgspec.structs.replace(execute, demande=5, cibles=[PRENOM])
