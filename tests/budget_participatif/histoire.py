"""The life of one collège in one edition, as facts, to start each specification at the right place."""

from datetime import UTC, date, datetime
from typing import Any

from domain.budget_participatif import events as e
from domain.ledger.event import Event
from domain.scrutins.events import ProjetAuVote, ResultatProclame, ScrutinCree
from tests.monde import confiee, flux, instance
from tests.spec import given

DIRECTION = "00000000-0000-4000-8000-000000000011"
EDUCATION = "00000000-0000-4000-8000-000000000012"
AILLEURS = "00000000-0000-4000-8000-000000000013"
ANNEE = "2026-2027"
COLLEGE = "college-des-deux-rives"
BPC, BUDGET = "BPC-2026-0001", "budgets/BPC-2026-0001"
EDITION = f"editions/{ANNEE}"
IDEE_A, IDEE_B, IDEE_C = "IDEE-2026-0001", "IDEE-2026-0002", "IDEE-2026-0003"
SC, SCRUTIN = "SC-2026-0001", "scrutins/SC-2026-0001"
DEBUT, FIN_IDEES, JOUR = date(2026, 9, 7), date(2026, 11, 20), date(2026, 12, 1)
PAR = f"direction:{COLLEGE}"

direction = confiee(DIRECTION, "direction", COLLEGE)
education = confiee(EDUCATION, "education")
college = instance(COLLEGE, "college", serie=None, repondant=None)

edition = e.EditionOuverte(
    survenu_le=date(2026, 9, 1),
    regle="budget-participatif-edition-2025",
    edition=ANNEE,
    titre="Budget participatif des collèges 2026-2027",
    enveloppe_cents=50_000_000,
    plafond_cents=4_000_000,
    intentions_jusqu_au=date(2026, 10, 2),
    candidatures_jusqu_au=date(2027, 1, 29),
    source="essai",
    par="education",
)
intention = e.IntentionDeposee(
    survenu_le=DEBUT,
    regle="budget-participatif-college-2026",
    college=COLLEGE,
    edition=ANNEE,
    adoptee_par="conseil de la vie collégienne",
    budget_cents=4_000_000,
    par=PAR,
)
ouvertes = e.IdeesOuvertes(survenu_le=DEBUT, jusqu_au=FIN_IDEES, par=PAR)
closes = e.IdeesCloses(survenu_le=FIN_IDEES, par=PAR)
montree = e.IdeeModeree(decision="publier", titre="Des bancs", resume="Des bancs à l'ombre dans la cour.", par=PAR)
ecartee = e.IdeeModeree(decision="ecarter", motif="hors_sujet", par=PAR)
possible = e.FaisabiliteRendue(avis="recevable", motif="La cour a la place.", cout_cents=600_000, par="education")
impossible = e.FaisabiliteRendue(avis="non_recevable", motif="Le sol ne porte pas ce poids.", par="education")
arretee = e.ListeArretee(projets=("p1", "p2"), par=PAR)
rattache = e.ScrutinRattache(scrutin=SC, par=PAR)
proclame = ResultatProclame(gagnants=("p2", "p1"), reclamations_jusqu_au=JOUR, par=PAR)
candidature = e.CandidatureDeposee(projets=("p2", "p1"), montant_cents=1_200_000, par=PAR)


def deposee(dossier: str = BPC, **others: Any) -> e.IdeeDeposee:
    return e.IdeeDeposee(**{"survenu_le": DEBUT, "dossier": dossier, "canal": "classe", "par": PAR, **others})


def projet(nom: str = "p1", **others: Any) -> e.ProjetArrete:
    values: dict[str, Any] = {
        "titre": f"Le projet {nom}",
        "phrase": "Des bancs à l'ombre.",
        "cout_cents": 600_000,
        "comparaison": "le prix de 12 bancs",
        "lieu": "La cour",
        "avis": "C'est possible.",
        "idees": (IDEE_A,),
        "par": PAR,
    }
    return e.ProjetArrete(projet=nom, **{**values, **others})


def liste(*, arretee_: bool = True) -> list[Event]:
    """A dossier with two projects, its list closed or not."""
    found: list[Event] = [intention, ouvertes, closes, projet("p1"), projet("p2", idees=(IDEE_B,))]
    return [*found, arretee] if arretee_ else found


def candidat(*facts: Event) -> list[Event]:
    """A dossier whose two projects are sent to the Métropole."""
    return [*liste(), rattache, candidature, *facts]


def examen(nom: str, avis: e.Faisabilite = "recevable") -> e.InstructionRendue:
    return e.InstructionRendue(
        projet=nom, avis=avis, motif="Vérifié sur place, rien ne s'y oppose.", cout_cents=600_000, par="education"
    )


def jury(nom: str, decision: e.DecisionJury = "retenu") -> e.JuryDelibere:
    return e.JuryDelibere(projet=nom, decision=decision, motif="Un projet utile à tout le collège.", par="education")


def allocation(*noms: str, cents: int = 600_000) -> e.AllocationVotee:
    return e.AllocationVotee(deliberation="2027-1234", montant_cents=cents, projets=noms, par="education")


def etape(*etapes: Any) -> list[Event]:
    """The edition, moved on to the last of these steps."""
    return [edition, *(e.EditionAvancee(etape=found, par="education") for found in etapes)]


def scrutin(**others: Any) -> ScrutinCree:
    values: dict[str, Any] = {
        "titre": "Le vote",
        "projets": tuple(ProjetAuVote(id=nom, titre=f"Le projet {nom}", cout_cents=600_000) for nom in ("p1", "p2")),
        "budget_cents": 4_000_000,
        "type_vote": "approval",
        "choix_max": 3,
        "regle_comptage": "glouton",
        "parametres": {},
        "departage": ("moins_cher",),
        "ouvre_le": datetime(2026, 12, 7, 8, tzinfo=UTC),
        "ferme_le": datetime(2026, 12, 11, 17, tzinfo=UTC),
        "k_min": 10,
        "jours_reclamation": 5,
        "longueur": 200,
        "empreinte_page": "ab" * 32,
        "college": COLLEGE,
        "dossier": BPC,
        "par": PAR,
        **others,
    }
    return ScrutinCree(**values)


def au_college(*facts: Event) -> given:
    """The dossier, in front of the principal."""
    return given(BUDGET, *facts).and_given(flux(DIRECTION), direction)


def a_la_metropole(*facts: Event) -> given:
    """The dossier, in front of the Direction de l'éducation."""
    return given(BUDGET, *facts).and_given(flux(EDUCATION), education)
