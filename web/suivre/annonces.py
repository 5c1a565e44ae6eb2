"""What followers are told of an event: its state in the subject, a full sentence, nothing that the register hides.

An event that is not here is told to nobody: calls back, orientations and additions are between the person and the
team. A feature with dossiers adds its events to TOPICS and `annonce`.
"""

import msgspec

from domain.avis import events as a
from domain.budget_participatif import events as b
from domain.ledger.event import Event, Recorded
from domain.propositions import events as e
from domain.reunions.events import ReunionAnnoncee, ReunionAnnulee, ReunionReportee
from web.avis.mots import phrase as phrase_de_l_avis
from web.avis.mots import titre as titre_de_l_avis
from web.colleges.mots import phrase as phrase_du_college
from web.propositions.instances import Annuaire
from web.propositions.mots import ETATS, SUITES, phrase
from web.reunions import lecture as reunions


class Annonce(msgspec.Struct, frozen=True):
    """One event as news. `etat`: « Réponse donnée : on le fait en partie ». `final`: it is the decision.

    `dossier` is empty for what an instance says of itself; `groupe` is then its initials.
    """

    position: int
    dossier: str
    instance: str
    etat: str
    phrase: str
    final: bool = False

    groupe: str = ""

    @property
    def sujet(self) -> str:
        """Subject of the mail."""
        return f"[{self.dossier or self.groupe}] {self.etat}"

    @property
    def page(self) -> str:
        """Where to read more: the dossier, or the instance for what it says of itself."""
        return f"/dossiers/{self.dossier}" if self.dossier else f"/instances/{self.instance}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """What one may follow to be told."""
        return (*((f"dossiers/{self.dossier}",) if self.dossier else ()), f"instances/{self.instance}")


STATES: dict[type[Event], str] = {
    e.PropositionDeposee: "recue",
    e.PropositionQualifiee: "lue",
    e.PropositionMiseEnDiscussion: "discutee",
    e.PropositionAdoptee: "adoptee",
    e.PropositionTransmise: "transmise",
    e.SuiteDonnee: "repondue",
    e.PropositionRestituee: "restituee",
    e.PropositionClose: "close",
    e.PropositionRetiree: "retiree",
}
FINAL = (e.SuiteDonnee, e.PropositionRetiree)

REUNIONS: dict[type[Event], str] = {
    ReunionAnnoncee: "Prochaine réunion",
    ReunionReportee: "Réunion déplacée",
    ReunionAnnulee: "Réunion annulée",
}

TOPICS = [kind.TOPIC for kind in (*STATES, *REUNIONS)]


BUDGETS: dict[type[Event], str] = {
    b.IntentionDeposee: "Le collège participe",
    b.IdeesOuvertes: "Idées ouvertes",
    b.ListeArretee: "Liste arrêtée",
    b.ScrutinRattache: "Vote préparé",
    b.CandidatureDeposee: "Candidature envoyée",
    b.JuryDelibere: "Décision du jury",
    b.AllocationVotee: "Somme votée",
    b.TravauxCommandes: "Travaux commandés",
    b.RealisationConstatee: "Réalisé",
    b.ProjetInaugure: "Ouvert à tous",
    b.ProjetAbandonne: "Projet abandonné",
}
TOPICS += [kind.TOPIC for kind in BUDGETS]

AVIS: dict[type[Event], str] = {
    a.SaisineDeposee: "Saisine déposée",
    a.EcheanceProrogee: "Échéance reportée",
    a.AvisRendu: "Avis rendu",
    a.AvisReputeFavorable: "Avis réputé favorable",
    a.AvisTardifRecu: "Avis reçu après le terme",
    a.AvisPresente: "Avis présenté au Conseil",
    a.ReserveSuivie: "Suite donnée à une réserve",
    a.ReponseSignee: "Réponse donnée",
    a.ReponseTransmise: "Réponse transmise aux maires",
    a.ContributionAdoptee: "Contribution adoptée",
    a.PresentationDecidee: "Présentation décidée",
    a.SuiteDonneeALAvis: "Suite donnée",
    a.SaisineRetiree: "Saisine retirée",
    a.SaisineClose: "Dossier terminé",
}
AVIS_FINAL = (a.AvisRendu, a.AvisReputeFavorable, a.ReponseSignee, a.SuiteDonneeALAvis, a.SaisineRetiree)
TOPICS += [kind.TOPIC for kind in AVIS]


def annonce(fact: Recorded, first: Event, names: Annuaire) -> Annonce | None:
    """The news of this event, or None. `first` is the first event of its stream: it says which instance."""
    if isinstance(first, b.IntentionDeposee):
        return _du_college(fact, first)
    if isinstance(first, a.SaisineDeposee):
        return _de_l_avis(fact, first, names)
    event, state = fact.event, STATES.get(type(fact.event))
    if isinstance(event, ReunionAnnoncee | ReunionReportee | ReunionAnnulee):
        sigle = names.par_slug[event.instance].sigle if event.instance in names.par_slug else event.instance
        etat = REUNIONS[type(event)]
        return Annonce(fact.position, "", event.instance, etat, reunions.phrase(event), groupe=sigle)
    if state is None or not isinstance(first, e.PropositionDeposee):
        return None
    etat = ETATS[state]
    if isinstance(event, e.SuiteDonnee):
        suite = SUITES[event.suite].partition(",")[0]
        etat = f"{etat} : {suite[0].lower()}{suite[1:]}"
    return Annonce(
        position=fact.position,
        dossier=fact.stream.rpartition("/")[2],
        instance=first.instance,
        etat=etat,
        phrase=phrase(event, names),
        final=isinstance(event, FINAL),
    )


def _du_college(fact: Recorded, first: b.IntentionDeposee) -> Annonce | None:
    state = BUDGETS.get(type(fact.event))
    if state is None:
        return None
    return Annonce(
        position=fact.position,
        dossier=fact.stream.rpartition("/")[2],
        instance=first.college,
        etat=state,
        phrase=phrase_du_college(fact.event),
        final=isinstance(fact.event, b.AllocationVotee),
    )


def _de_l_avis(fact: Recorded, first: a.SaisineDeposee, names: Annuaire) -> Annonce | None:
    """Those who follow the body that is asked are told."""
    state = AVIS.get(type(fact.event))
    if state is None:
        return None
    return Annonce(
        position=fact.position,
        dossier=fact.stream.rpartition("/")[2],
        instance=first.a,
        etat=titre_de_l_avis(fact.event, state),
        phrase=phrase_de_l_avis(fact.event, names),
        final=isinstance(fact.event, AVIS_FINAL),
    )
