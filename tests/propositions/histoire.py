"""Whole lives of a proposition, as facts: for the tests of the projections and of the pages."""

from datetime import date

from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.ledger.event import Event
from domain.propositions import events as e
from tests import monde

TEXTE = "Un banc devant la mairie, s'il vous plaît"
ANIMATION, COORDINATION = "animation:gepi", "coordination"


def deposee(**others: object) -> e.PropositionDeposee:
    values: dict[str, object] = {"lecture": "tous_avec_prenom", "texte": TEXTE, "prenom": "Amina"}
    return monde.deposee(**(values | others))


publiee = e.PublicationModeree(
    survenu_le=date(2026, 3, 10), regle="lecture-choisie-2026", decision="publier", avec_prenom=True, par=ANIMATION
)
gardee = e.PublicationModeree(
    survenu_le=date(2026, 3, 12), regle="lecture-choisie-2026", decision="garder_prive", avec_prenom=False,
    motif="tiers_nomme", par=ANIMATION,
)  # fmt: skip
discutee = e.PropositionMiseEnDiscussion(
    survenu_le=monde.SEANCE, session_le=monde.SEANCE, lieu="Maison de la Métropole", participants=11, par=ANIMATION
)
adoptee = e.PropositionAdoptee(survenu_le=monde.SEANCE, mode="consensus", par=ANIMATION)
transmise = e.PropositionTransmise(survenu_le=date(2026, 4, 16), service="Direction de la voirie", par=ANIMATION)
repondue = e.SuiteDonnee(
    survenu_le=date(2026, 4, 20), suite="on_le_fait", motif="Le banc sera posé en juin 2026.", par=COORDINATION
)
restituee = e.PropositionRestituee(survenu_le=date(2026, 4, 22), mode="reunion", lieu="Vénissieux", par=ANIMATION)
incomprise = e.IncomprehensionSignalee(
    survenu_le=date(2026, 4, 25), telephone="06 12 34 56 78", demi_journees=["lundi_matin"]
)
rappelee = e.RappelNote(survenu_le=date(2026, 4, 27), issue="joint", par=ANIMATION)
absente = e.RappelNote(survenu_le=date(2026, 4, 26), issue="absent", par=ANIMATION)
comprise = e.ComprehensionConfirmee(survenu_le=date(2026, 4, 28))
ajoutee = e.ComplementAjoute(survenu_le=date(2026, 4, 1), texte="Et une poubelle")
close = e.PropositionClose(survenu_le=date(2026, 4, 30), par=COORDINATION)
retiree = e.PropositionRetiree(survenu_le=date(2026, 5, 2), effacement_souhaite=True)
rectifiee = e.QualificationRectifiee(
    survenu_le=date(2026, 4, 2), theme="cadre_de_vie", competence="commune", titre="Un banc place de la mairie",
    motif="Thème plus juste", par=ANIMATION,
)  # fmt: skip
orientee = e.SituationOrientee(
    survenu_le=date(2026, 3, 11), service="Secours", telephone="04 00 00 00 09", par=ANIMATION
)


def effacement(portees: list[str], version: int) -> list[Event]:
    """A request on the filing, and its execution; `version` is the request's own."""
    shared = {"motif": "tiers_nomme", "base": "effacement-tiers-rgpd", "par": "protection_donnees"}
    asked = EffacementDemande(cibles=["A" * 43], versions=[1], portees=portees, **shared)  # type: ignore[arg-type]
    done = EffacementExecute(demande=version, cibles=["A" * 43], **shared)  # type: ignore[arg-type]
    return [asked, done]


ENTIERE: list[Event] = [
    *(deposee(), monde.qualifiee, publiee, orientee, ajoutee, rectifiee, discutee, adoptee, transmise, repondue),
    *(restituee, incomprise, absente, rappelee, comprise, close),
]
