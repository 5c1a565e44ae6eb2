"""A small world of money: one envelope, one commune's account, one operation."""

from datetime import date
from typing import Any

from domain.deliberations.events import DeliberationVotee
from domain.enveloppes import events as e
from tests.monde import confiee, instance

FINANCES = "00000000-0000-4000-8000-000000000021"
TECHNIQUES = "00000000-0000-4000-8000-000000000022"
MAIRIE = "00000000-0000-4000-8000-000000000023"
BRON = "69029"
CONSEIL_DE_BRON = f"conseil-municipal-{BRON}"
JOUR = date(2023, 5, 2)
EN, OP, NUMERO = "EN-2021-0001", "OP-2023-0001", "2021-0042"

COMPTE = f"comptes/fic/{BRON}/2023"
SUIVANT = f"comptes/fic/{BRON}/2024"

finances = confiee(FINANCES, "finances", du=date(2021, 1, 1))
techniques = confiee(TECHNIQUES, "services_techniques", du=date(2021, 1, 1))
mairie = confiee(MAIRIE, "mairie", CONSEIL_DE_BRON, du=date(2021, 1, 1))
conseil = instance("conseil", "conseil", serie=None)
conseil_de_bron = instance(CONSEIL_DE_BRON, "conseil_municipal", serie=None)


def votee(issue: Any = "adoptee") -> DeliberationVotee:
    return DeliberationVotee(
        seance="SEA-2021-0001", rang=1, issue=issue, mode="ordinaire", en_exercice=150, presents=140, pouvoirs=5,
        detail="non_porte_a_l_extrait", par="secretariat:conseil",
    )  # fmt: skip


def ouverte(**others: Any) -> e.EnveloppeOuverte:
    values: dict[str, Any] = {
        "enveloppe": "fic", "titre": "Fonds d'initiative communale", "montant_cents": 58_300_000_00,
        "annee_debut": 2021,
        "annee_fin": 2026, "deliberation": NUMERO, "hors_pacte": False, "par": "finances", **others,
    }  # fmt: skip
    return e.EnveloppeOuverte(**values)


def dotation(cents: int = 100_000_00, annee: int = 2023, nom: Any = "fic", qui: str = BRON) -> e.DotationInscrite:
    return e.DotationInscrite(
        enveloppe=EN, nom=nom, beneficiaire=qui, annee=annee, cents=cents, deliberation=NUMERO, par="finances"
    )


def proposee(**others: Any) -> e.OperationProposee:
    values: dict[str, Any] = {
        "nom": "fic", "beneficiaire": BRON, "titre": "Une place ombragée", "nature": "voirie",
        "cout_cents": 80_000_00, "communes": (BRON,), "proposee_par": "Commune", "par": "mairie", **others,
    }  # fmt: skip
    return e.OperationProposee(**values)


avis = e.AvisTechniqueRendu(favorable=True, motif="Faisable", par="services_techniques")
decidee = e.OperationDecidee(instance=CONSEIL_DE_BRON, acte="2023-12", par=f"mairie:{CONSEIL_DE_BRON}")


def engage(cents: int, operation: str = OP) -> e.CreditEngage:
    return e.CreditEngage(operation=operation, cents=cents, par="finances")
