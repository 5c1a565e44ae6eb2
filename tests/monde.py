"""A small world for the domain's tests: one instance, four functions, one proposition."""

from datetime import date
from typing import Any

from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.instances.events import CommuneInscrite, InstanceInscrite, TypeInstance
from domain.propositions.events import PropositionDeposee, PropositionQualifiee

ANIMATION = "00000000-0000-4000-8000-000000000001"
AUTRE_ANIMATION = "00000000-0000-4000-8000-000000000002"
AGENT = "00000000-0000-4000-8000-000000000003"
DPO = "00000000-0000-4000-8000-000000000004"
ADMIN = "00000000-0000-4000-8000-000000000005"
INCONNUE = "00000000-0000-4000-8000-000000000006"

EMPREINTE = "ab" * 32
DEPOT = date(2026, 3, 3)
JOUR = date(2026, 4, 20)
SEANCE = date(2026, 4, 14)
REF = "GEPI-2026-0001"
DOSSIER = f"propositions/{REF}"


def flux(personne: str) -> str:
    return f"personnes/{personne}"


def confiee(personne: str, fonction: str, instance: str | None = None, **others: Any) -> FonctionConfiee:
    values: dict[str, Any] = {"du": date(2026, 1, 1), "par": "installation", **others}
    return FonctionConfiee(personne=personne, fonction=fonction, instance=instance, **values)


def retiree(personne: str, fonction: str, le: date, instance: str | None = None) -> FonctionRetiree:
    return FonctionRetiree(
        personne=personne, fonction=fonction, instance=instance, motif="fin_de_mission", le=le, par="administration"
    )


def instance(slug: str = "gepi", sorte: TypeInstance = "participation", **others: Any) -> InstanceInscrite:
    values: dict[str, Any] = {
        "nom": slug.capitalize(),
        "sigle": slug.upper(),
        "du": date(2020, 1, 1),
        "source": "essai",
        "par": "administration",
        "serie": slug.upper(),
        "repondant": "service-participation",
        **others,
    }
    return InstanceInscrite(instance=slug, type=sorte, **values)


def commune(insee: str = "69149", **others: Any) -> CommuneInscrite:
    values: dict[str, Any] = {
        "nom": "Oullins",
        "siren": "216901496",
        "ctm": "ctm-lones",
        "population_municipale": 26_994,
        "population_annee": 2020,
        "du": date(2015, 1, 1),
        "source": "INSEE",
        "par": "administration",
        **others,
    }
    return CommuneInscrite(insee=insee, **values)


def deposee(**others: Any) -> PropositionDeposee:
    values: dict[str, Any] = {
        "survenu_le": DEPOT,
        "regle": "delais-propositions-2026",
        "instance": "gepi",
        "canal": "ecrit",
        "lecture": "equipe",
        "reponse_par": "code",
        "code_empreinte": EMPREINTE,
        "langue": "fr",
        **others,
    }
    return PropositionDeposee(**values)


animation = confiee(ANIMATION, "animation", "gepi")
coordination = confiee(AGENT, "coordination")
protection = confiee(DPO, "protection_donnees")
administration = confiee(ADMIN, "administration")

qualifiee = PropositionQualifiee(
    survenu_le=date(2026, 3, 10),
    regle="themes-2026",
    theme="logement",
    competence="metropole",
    titre="Des logements près des transports",
    par="animation:gepi",
)
