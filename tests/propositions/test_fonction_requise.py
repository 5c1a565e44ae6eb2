"""Every act of the office asks for a function in force that day, there; and every right belongs to somebody."""

import importlib
import pkgutil
from datetime import date, timedelta
from typing import Any

import pytest

import domain
from domain.actes import ActeDeFonction, FonctionManquante, FonctionPasEncoreCommencee, FonctionTerminee
from domain.droits import FONCTIONS
from domain.ledger.event import Event
from domain.propositions.adopter_proposition import AdopterProposition
from domain.propositions.clore_proposition import CloreProposition
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.mettre_en_discussion import MettreEnDiscussion
from domain.propositions.moderer_publication import ModererPublication
from domain.propositions.noter_rappel import NoterRappel
from domain.propositions.orienter_situation import OrienterSituation
from domain.propositions.qualifier_proposition import QualifierProposition
from domain.propositions.rectifier_qualification import RectifierQualification
from domain.propositions.restituer_proposition import RestituerProposition
from domain.propositions.transmettre_proposition import TransmettreProposition
from tests.monde import (
    ADMIN,
    AGENT,
    ANIMATION,
    DOSSIER,
    DPO,
    INCONNUE,
    JOUR,
    REF,
    SEANCE,
    administration,
    animation,
    confiee,
    coordination,
    deposee,
    flux,
    protection,
    qualifiee,
    retiree,
)
from tests.spec import given

QUALIFICATION = {"theme": "logement", "competence": "metropole", "titre": "Un titre"}
ACTES: dict[Any, dict[str, Any]] = {
    QualifierProposition: QUALIFICATION,
    RectifierQualification: {**QUALIFICATION, "motif": "Erreur"},
    OrienterSituation: {"service": "Le service"},
    ModererPublication: {"decision": "publier"},
    MettreEnDiscussion: {"session_le": SEANCE, "lieu": "Bron", "participants": 3},
    AdopterProposition: {"mode": "consensus"},
    TransmettreProposition: {"service": "Le service"},
    DonnerSuite: {"suite": "on_le_fait", "motif": "Parce que c'est une bonne idée."},
    RestituerProposition: {"mode": "page"},
    NoterRappel: {"issue": "joint"},
    CloreProposition: {},
}


def act(kind: Any, acteur: str) -> Any:
    return kind(acteur=acteur, le=JOUR, proposition=REF, **ACTES[kind])


def dossier(acteur: str, *facts: Event) -> given:
    return given(DOSSIER, deposee(), qualifiee).and_given(flux(acteur), *facts)


def of(kind: Any, **others: Any) -> Event:
    """A function that allows this act, held by the animator's person."""
    held = "coordination" if kind is DonnerSuite else "animation"
    return confiee(ANIMATION, held, None if kind is DonnerSuite else "gepi", **others)


@pytest.mark.parametrize("kind", ACTES)
def test_sans_fonction_on_n_agit_pas(kind: Any) -> None:
    assert dossier(INCONNUE).when(act(kind, INCONNUE)).refused(FonctionManquante).status == 403
    for nobody in ("", "installation", "../autre", INCONNUE.upper() + " "):
        given().when(act(kind, nobody)).refused(FonctionManquante)


@pytest.mark.parametrize("kind", ACTES)
def test_une_fonction_finie_la_veille_ne_suffit_plus(kind: Any) -> None:
    yesterday = JOUR - timedelta(days=1)
    dossier(ANIMATION, of(kind, au=yesterday)).when(act(kind, ANIMATION)).refused(FonctionTerminee, "19 avril 2026")


@pytest.mark.parametrize("kind", ACTES)
def test_une_fonction_retiree_ce_jour_ne_suffit_plus(kind: Any) -> None:
    held = of(kind)
    name, where = held.fonction, held.instance  # type: ignore[attr-defined]  # a FonctionConfiee
    dossier(ANIMATION, held, retiree(ANIMATION, name, JOUR, where)).when(act(kind, ANIMATION)).refused(FonctionTerminee)
    later = retiree(ANIMATION, name, JOUR + timedelta(days=1), where)
    refusal = dossier(ANIMATION, held, later).when(act(kind, ANIMATION)).refusal()
    assert not isinstance(refusal, FonctionManquante)


@pytest.mark.parametrize("kind", ACTES)
def test_une_fonction_de_demain_ne_suffit_pas_encore(kind: Any) -> None:
    tomorrow = of(kind, du=JOUR + timedelta(days=1))
    dossier(ANIMATION, tomorrow).when(act(kind, ANIMATION)).refused(FonctionPasEncoreCommencee)


@pytest.mark.parametrize("kind", ACTES)
def test_l_animation_d_une_autre_instance_ne_suffit_pas(kind: Any) -> None:
    dossier(ANIMATION, confiee(ANIMATION, "animation", "comet")).when(act(kind, ANIMATION)).refused(FonctionManquante)


@pytest.mark.parametrize("kind", ACTES)
def test_l_administration_et_la_protection_des_donnees_ne_traitent_pas_les_propositions(kind: Any) -> None:
    dossier(ADMIN, administration).when(act(kind, ADMIN)).refused(FonctionManquante)
    dossier(DPO, protection).when(act(kind, DPO)).refused(FonctionManquante)


def test_l_animation_ne_repond_pas_a_la_place_de_la_metropole() -> None:
    refusal = dossier(ANIMATION, animation).when(act(DonnerSuite, ANIMATION)).refused(FonctionManquante)
    assert "Coordination" in str(refusal)


def test_l_acte_dit_la_fonction_et_jamais_la_personne() -> None:
    (answer,) = dossier(AGENT, coordination).when(act(DonnerSuite, AGENT)).decided()
    assert answer.par == "coordination"  # type: ignore[attr-defined]  # a SuiteDonnee


def test_une_fonction_rendue_vaut_a_nouveau() -> None:
    back = (animation, retiree(ANIMATION, "animation", date(2026, 2, 1), "gepi"), animation)
    assert (
        given(DOSSIER, deposee()).and_given(flux(ANIMATION), *back).when(act(QualifierProposition, ANIMATION)).decided()
    )


def every_act() -> list[type[ActeDeFonction]]:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(found.name)
    kinds, pending = [], [ActeDeFonction]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if "DROIT" in vars(kind):
            kinds.append(kind)
    return kinds


def test_chaque_acte_est_permis_a_une_fonction_et_chaque_droit_est_un_acte() -> None:
    acts: dict[str, list[type[ActeDeFonction]]] = {}
    for kind in every_act():
        acts.setdefault(kind.DROIT, []).append(kind)
    assert set(acts) == set().union(*(fonction.droits for fonction in FONCTIONS.values()))
    for right, kinds in acts.items():
        name = "".join(word.capitalize() for word in right.split("_"))
        known = {kind.__module__.rsplit(".", 1)[-1] for kind in kinds} | {kind.__name__ for kind in kinds}
        assert right in known or name in known, f"{right}: a right has the name of an act, or of the file of several"
