"""A meeting is announced, put off, called off: by who animates that group, before its day, with the reason."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.reunions.annoncer_reunion import AnnoncerReunion, ReunionDejaAnnoncee
from domain.reunions.annuler_reunion import AnnulerReunion
from domain.reunions.events import ReunionAnnoncee, ReunionAnnulee, ReunionReportee
from domain.reunions.reporter_reunion import ReporterReunion, RienNeChange
from domain.reunions.reunion import GroupeInconnu, HeureIllisible, ReunionDejaAnnulee, ReunionInconnue, ReunionPassee
from domain.texte import TexteVide
from tests.monde import AGENT, ANIMATION, JOUR, animation, coordination, flux, instance
from tests.spec import given

LE, AUTRE = date(2026, 5, 14), date(2026, 5, 21)
LIEU = "Maison de la Métropole de Vénissieux"
QUI = (ANIMATION, JOUR, "gepi")
REGLE: dict[str, Any] = {"survenu_le": JOUR, "regle": "reunions-annoncees-2026", "par": "animation:gepi"}

annoncee = ReunionAnnoncee(instance="gepi", numero=1, le=LE, heure="14:00", lieu=LIEU, **REGLE)
reportee = ReunionReportee(instance="gepi", numero=1, le=AUTRE, heure=None, lieu=LIEU, motif="Salle fermée", **REGLE)
annulee = ReunionAnnulee(instance="gepi", numero=1, motif="Grève", **REGLE)


def groupe(*facts: Event) -> given:
    return given("instances/gepi", instance(), *facts).and_given(flux(ANIMATION), animation)


@pytest.mark.parametrize("typed", ["14:00", "14h00", "14H00", " 14:00 "])
def test_une_reunion_est_annoncee(typed: str) -> None:
    groupe().when(AnnoncerReunion(*QUI, LE, f"  {LIEU} ", typed)).then(annoncee)


def test_la_suivante_a_le_numero_suivant_et_peut_etre_le_jour_meme_sans_heure() -> None:
    second = ReunionAnnoncee(instance="gepi", numero=2, le=JOUR, lieu="Ici", **REGLE)
    groupe(annoncee).when(AnnoncerReunion(*QUI, JOUR, "Ici", " ")).then(second)


def test_une_reunion_est_deplacee_puis_annulee() -> None:
    groupe(annoncee).when(ReporterReunion(*QUI, 1, AUTRE, LIEU, "Salle fermée", None)).then(reportee)
    groupe(annoncee, reportee).when(AnnulerReunion(*QUI, 1, "Grève")).then(annulee)


def test_une_reunion_annulee_peut_etre_annoncee_de_nouveau() -> None:
    again = ReunionAnnoncee(instance="gepi", numero=2, le=LE, heure="14:00", lieu=LIEU, **REGLE)
    groupe(annoncee, annulee).when(AnnoncerReunion(*QUI, LE, LIEU, "14:00")).then(again)


PASSEE = ReunionAnnoncee(instance="gepi", numero=1, le=date(2026, 4, 1), lieu=LIEU, **REGLE)
REFUS: list[tuple[tuple[Event, ...], Any, type[RegleViolee]]] = [
    ((), AnnoncerReunion(*QUI, date(2026, 4, 19), LIEU), ReunionPassee),
    ((), AnnoncerReunion(*QUI, LE, LIEU, "25:00"), HeureIllisible),
    ((), AnnoncerReunion(*QUI, LE, " "), TexteVide),
    ((annoncee,), AnnoncerReunion(*QUI, LE, LIEU, "14:00"), ReunionDejaAnnoncee),
    ((annoncee,), ReporterReunion(*QUI, 1, LE, LIEU, "x", "14:00"), RienNeChange),
    ((annoncee,), ReporterReunion(*QUI, 1, AUTRE, LIEU, " "), TexteVide),
    ((annoncee,), ReporterReunion(*QUI, 2, AUTRE, LIEU, "x"), ReunionInconnue),
    ((PASSEE,), ReporterReunion(*QUI, 1, AUTRE, LIEU, "x"), ReunionPassee),
    ((PASSEE,), AnnulerReunion(*QUI, 1, "x"), ReunionPassee),
    ((annoncee,), AnnulerReunion(*QUI, 1, ""), TexteVide),
    ((annoncee, annulee), AnnulerReunion(*QUI, 1, "x"), ReunionDejaAnnulee),
    ((), AnnulerReunion(*QUI, 1, "x"), ReunionInconnue),
]


@pytest.mark.parametrize(("facts", "command", "refusal"), REFUS)
def test_ce_qui_est_refuse(facts: tuple[Event, ...], command: Any, refusal: type[RegleViolee]) -> None:
    groupe(*facts).when(command).refused(refusal)


def test_un_groupe_qui_n_est_pas_inscrit() -> None:
    world = given(flux(ANIMATION), animation)
    world.when(AnnoncerReunion(*QUI, LE, LIEU)).refused(GroupeInconnu)
    world.when(AnnoncerReunion(ANIMATION, JOUR, "../gepi", LE, LIEU)).refused(GroupeInconnu)


def test_seule_l_animation_du_groupe_annonce() -> None:
    other = given("instances/comet", instance("comet")).and_given(flux(ANIMATION), animation)
    other.when(AnnoncerReunion(ANIMATION, JOUR, "comet", LE, LIEU)).refused(FonctionManquante)
    agent = given("instances/gepi", instance(), annoncee).and_given(flux(AGENT), coordination)
    agent.when(AnnoncerReunion(AGENT, JOUR, "gepi", AUTRE, LIEU)).refused(FonctionManquante)
    agent.when(ReporterReunion(AGENT, JOUR, "gepi", 1, AUTRE, LIEU, "x")).refused(FonctionManquante)
    agent.when(AnnulerReunion(AGENT, JOUR, "gepi", 1, "x")).refused(FonctionManquante)
