"""An edition of the Métropole: opened, moved on step by step, assessed."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.budget_participatif import events as e
from domain.budget_participatif.avancer_edition import AvancerEdition, EtapeDejaPassee, EtapeSautee
from domain.budget_participatif.edition import ETAPES, DateAvantLEdition, EditionIntrouvable, PasACetteEtape
from domain.budget_participatif.montants import MontantImpossible
from domain.budget_participatif.ouvrir_edition import (
    DatesDansLeDesordre,
    EditionDejaOuverte,
    OuvrirEdition,
    PlafondTropGrand,
)
from domain.budget_participatif.publier_bilan import BilanDejaPublie, PublierBilan
from domain.choix import ChoixInconnu
from domain.ledger.event import Event
from domain.texte import TexteVide
from tests.budget_participatif.histoire import (
    ANNEE,
    DIRECTION,
    EDITION,
    EDUCATION,
    JOUR,
    direction,
    edition,
    education,
    etape,
)
from tests.monde import flux
from tests.spec import given


def metropole(*facts: Event) -> given:
    return given(EDITION, *facts).and_given(flux(EDUCATION), education)


def ouvrir(**others: Any) -> OuvrirEdition:
    values: dict[str, Any] = {
        "acteur": EDUCATION,
        "le": date(2026, 9, 1),
        "edition": ANNEE,
        "titre": " Budget participatif des collèges  2026-2027",
        "enveloppe_cents": 50_000_000,
        "plafond_cents": 4_000_000,
        "intentions_jusqu_au": date(2026, 10, 2),
        "candidatures_jusqu_au": date(2027, 1, 29),
        "source": "essai",
    }
    return OuvrirEdition(**{**values, **others})


def avancer(vers: Any, le: date = JOUR) -> AvancerEdition:
    return AvancerEdition(EDUCATION, le, ANNEE, vers)


def test_la_metropole_ouvre_une_edition() -> None:
    metropole().when(ouvrir()).then(edition)
    metropole(edition).when(ouvrir()).refused(EditionDejaOuverte)


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ({"enveloppe_cents": 0}, MontantImpossible),
        ({"plafond_cents": -1}, MontantImpossible),
        ({"plafond_cents": 50_000_001}, PlafondTropGrand),
        ({"intentions_jusqu_au": date(2026, 8, 31)}, DatesDansLeDesordre),
        ({"candidatures_jusqu_au": date(2026, 10, 1)}, DatesDansLeDesordre),
        ({"titre": " "}, TexteVide),
        ({"source": ""}, TexteVide),
    ],
)
def test_une_edition_mal_faite_est_refusee(others: dict[str, Any], rule: Any) -> None:
    metropole().when(ouvrir(**others)).refused(rule)


@pytest.mark.parametrize("wrong", ["2026", "2026-2028", "2027-2026", "../x", "2026-2027\x00", ""])
def test_une_edition_est_une_annee_scolaire(wrong: str) -> None:
    given().when(ouvrir(edition=wrong)).refused(EditionIntrouvable)


def test_le_college_n_ouvre_pas_d_edition() -> None:
    given(EDITION).and_given(flux(DIRECTION), direction).when(ouvrir(acteur=DIRECTION)).refused(FonctionManquante)


def test_une_edition_passe_par_chaque_etape() -> None:
    passed: list[Any] = []
    for vers in ETAPES[1:]:
        metropole(*etape(*passed)).when(avancer(vers)).then(
            e.EditionAvancee(survenu_le=JOUR, regle="budget-participatif-edition-2025", etape=vers, par="education")  # type: ignore[arg-type]
        )
        passed.append(vers)


def test_aucune_etape_n_est_sautee_ni_refaite() -> None:
    metropole(edition).when(avancer("candidatures")).refused(EtapeSautee, "intentions des collèges")
    metropole(*etape("intentions")).when(avancer("intentions")).refused(EtapeDejaPassee)
    metropole(*etape("intentions", "candidatures")).when(avancer("intentions")).refused(EtapeDejaPassee)
    metropole(edition).when(avancer("vote")).refused(ChoixInconnu)
    metropole().when(avancer("intentions")).refused(EditionIntrouvable)
    metropole(edition).when(avancer("intentions", date(2026, 9, 1) - timedelta(days=1))).refused(DateAvantLEdition)


def test_le_bilan_vient_a_la_fin_une_seule_fois() -> None:
    toutes: Any = ETAPES[1:]
    bilan = PublierBilan(EDUCATION, JOUR, ANNEE, "  Quatorze collèges ont réalisé leurs projets. ")
    published = e.BilanPublie(
        survenu_le=JOUR,
        regle="budget-participatif-edition-2025",
        texte="Quatorze collèges ont réalisé leurs projets.",
        par="education",
    )
    metropole(*etape(*toutes)).when(bilan).then(published)
    metropole(*etape(*toutes[:-1])).when(bilan).refused(PasACetteEtape, "travaux")
    metropole(*etape(*toutes), published).when(bilan).refused(BilanDejaPublie)
    metropole(*etape(*toutes)).when(PublierBilan(EDUCATION, JOUR, ANNEE, " ")).refused(TexteVide)
