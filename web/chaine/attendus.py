"""What each kind of dossier must have, in order, and the rule that asks for it: what is missing is shown."""

from collections.abc import Callable
from datetime import date

import msgspec

from domain.avis import events as a
from domain.avis.regles import ETAPES_DE_SAISINE, SUITE_DES_RESERVES
from domain.budget_participatif import events as b
from domain.budget_participatif.regles import CANDIDATURE, IDEES, JURY, LISTE, REALISATION, SCRUTIN_DU_COLLEGE
from domain.chaines.attentes import attente
from domain.deliberations import events as d
from domain.deliberations.regles import ENTREE_EN_VIGUEUR, ETAPES_DE_DELIBERATION
from domain.enveloppes import events as m
from domain.enveloppes.regles import ENVELOPPE_DELIBEREE, ORDRE_DES_OPERATIONS
from domain.ledger.event import Event
from domain.propositions import events as p
from domain.propositions.regles import DELAIS, ETAPES
from domain.scrutins import events as v
from domain.scrutins.regles import BUREAU_DE_VOTE, DEPOUILLEMENT, DEUX_PERSONNES
from domain.seances import events as s
from domain.seances.regles import CONVOCATION, DEROULEMENT, PROCES_VERBAL
from web.chaine.mot import Contexte, Fait
from web.chaine.mots_avis import terme
from web.chaine.mots_participation import attendu as terme_de_proposition

Terme = Callable[[Contexte, str], date | None]


def sans_terme(contexte: Contexte, dossier: str) -> date | None:
    """No date of its own."""
    return None


class Attendu(msgspec.Struct, frozen=True):
    """A piece that must come: any of `kinds` (of `etape`, where an event tells several)."""

    titre: str
    kinds: tuple[type[Event], ...]
    regle: str
    terme: Terme = sans_terme
    etape: str = ""

    def est(self, event: Event) -> bool:
        """Whether this event is it."""
        return isinstance(event, self.kinds) and (not self.etape or getattr(event, "etape", "") == self.etape)


def _terme_de_saisine(contexte: Contexte, dossier: str) -> date | None:
    acts = [f for f in contexte.faits if f.dossier == dossier]
    return terme(contexte, acts[-1]) if acts else None


def _proposition(nom: str) -> Terme:
    return lambda contexte, dossier: terme_de_proposition(dossier, contexte, nom)


ETAPE, VIGUEUR, PV = ETAPES_DE_DELIBERATION.id, ENTREE_EN_VIGUEUR.id, PROCES_VERBAL.id
DELIBERATION = (
    Attendu("Commission consultée", (d.CommissionConsultee,), ETAPE),
    Attendu("Rapport adressé aux membres", (d.RapportAdresse,), CONVOCATION.id),
    Attendu("Convocation", (s.ConvocationEnvoyee,), CONVOCATION.id),
    Attendu("Vote", (d.DeliberationVotee,), ETAPE),
    Attendu("Signature", (d.ActeSigne,), ETAPE),
    Attendu("Transmission au préfet", (d.ActeTransmis,), VIGUEUR),
    Attendu("Réception par le préfet", (d.ActeRecu,), VIGUEUR),
    Attendu("Publication ou affichage", (d.ActePublie,), VIGUEUR),
    Attendu("Procès-verbal publié", (s.PvPublie,), PV),
)
SAISINE = ETAPES_DE_SAISINE.id
RENDU = (a.AvisRendu, a.AvisReputeFavorable)
AVIS = (
    Attendu("Avis rendu", RENDU, SAISINE, _terme_de_saisine),
    Attendu("Avis transmis", (a.AvisTransmis, a.AvisReputeFavorable), SAISINE),
)
CTM = (*AVIS, Attendu("Avis présenté au Conseil", (a.AvisPresente,), SAISINE))
RESERVES = Attendu("Suite donnée aux réserves", (a.ReserveSuivie,), SUITE_DES_RESERVES.id)
ECRITE = (
    Attendu("Accusé de réception", (a.AccuseReceptionEmis,), SAISINE),
    Attendu("Réponse signée", (a.ReponseSignee,), SAISINE, _terme_de_saisine),
    Attendu("Réponse envoyée aux maires", (a.ReponseTransmise,), SAISINE),
)
CONTRIBUTION = (Attendu("Contribution adoptée", (a.ContributionAdoptee,), SAISINE),)
SEANCE = (
    Attendu("Convocation", (s.ConvocationEnvoyee,), CONVOCATION.id),
    Attendu("Séance ouverte", (s.SeanceOuverte,), DEROULEMENT.id),
    Attendu("Séance levée", (s.SeanceLevee,), DEROULEMENT.id),
    Attendu("Procès-verbal rédigé", (s.PvRedige,), PV),
    Attendu("Procès-verbal arrêté", (s.PvArrete,), PV),
    Attendu("Procès-verbal publié", (s.PvPublie,), PV),
)
VOTE = (
    Attendu("Règles confirmées par une seconde personne", (v.ReglesConfirmees,), DEUX_PERSONNES.id),
    Attendu("Bureau de vote ouvert", (v.ScrutinOuvert,), BUREAU_DE_VOTE.id),
    Attendu("Vote clos", (v.ScrutinClos,), BUREAU_DE_VOTE.id),
    Attendu("Dépouillement", (v.ScrutinDepouille,), DEPOUILLEMENT.id),
    Attendu("Résultat proclamé", (v.ResultatProclame,), DEPOUILLEMENT.id),
)
BUDGET = (
    Attendu("Idées ouvertes", (b.IdeesOuvertes,), IDEES.id),
    Attendu("Liste arrêtée", (b.ListeArretee,), LISTE.id),
    Attendu("Vote préparé", (b.ScrutinRattache,), SCRUTIN_DU_COLLEGE.id),
    Attendu("Résultat du vote", (v.ResultatProclame,), SCRUTIN_DU_COLLEGE.id),
    Attendu("Candidature envoyée à la Métropole", (b.CandidatureDeposee,), CANDIDATURE.id),
    Attendu("Examen technique", (b.InstructionRendue,), CANDIDATURE.id),
    Attendu("Jury", (b.JuryDelibere,), JURY.id),
    Attendu("Somme votée par le Conseil", (b.AllocationVotee,), JURY.id),
    Attendu("Travaux commandés", (b.TravauxCommandes,), REALISATION.id),
    Attendu("Réalisé", (b.RealisationConstatee,), REALISATION.id),
    Attendu("Ouvert à tous", (b.ProjetInaugure,), REALISATION.id),
)
ORDRE = ORDRE_DES_OPERATIONS.id
OPERATION = (
    Attendu("Avis technique des services", (m.AvisTechniqueRendu,), ORDRE),
    Attendu("Opération décidée", (m.OperationDecidee,), ORDRE),
    Attendu("Engagé", (m.CreditEngage,), ORDRE),
    Attendu("Travaux commencés", (m.OperationAvancee,), ORDRE, etape="commencee"),
    Attendu("Mandaté", (m.CreditMandate,), ORDRE),
    Attendu("Travaux finis", (m.OperationAvancee,), ORDRE, etape="receptionnee"),
    Attendu("Réalisé", (m.OperationSoldee,), ORDRE),
)
ENVELOPPE = (
    Attendu("Données du partage arrêtées", (m.DonneesArretees,), ENVELOPPE_DELIBEREE.id),
    Attendu("Partage adopté", (m.RepartitionAdoptee,), ENVELOPPE_DELIBEREE.id),
)
PROPOSITION = (
    Attendu("Lue par l’équipe", (p.PropositionQualifiee, p.SituationOrientee), DELAIS.id,
            _proposition("lecture_avant")),
    Attendu("Réponse", (p.SuiteDonnee,), DELAIS.id, _proposition("suite_avant")),
    Attendu("Réponse rendue à la personne", (p.PropositionRestituee,), ETAPES.id),
)  # fmt: skip
FINIS = (a.SaisineRetiree, a.SaisineClose, s.SeanceAnnulee, v.ScrutinAnnule, b.ProjetAbandonne, m.OperationAbandonnee,
         p.PropositionClose, p.PropositionRetiree, d.DeliberationRetiree)  # fmt: skip


def attendus(sorte: str, faits: list[Fait]) -> tuple[Attendu, ...]:
    """What this dossier must have. A deliberation owes nothing before its vote; an imported election, nothing."""
    events = [fait.event for fait in faits]
    match sorte:
        case "deliberation":
            return DELIBERATION if any(_vote(event) for event in events) else ()
        case "saisine":
            return _saisine(events)
        case "scrutin":
            return () if any(isinstance(event, v.ScrutinImporte) for event in events) else VOTE
        case "enveloppe":
            split = any(isinstance(e, m.EnveloppeOuverte) and e.enveloppe in ("fic", "prox") for e in events)
            return ENVELOPPE if split else ()
    return {"seance": SEANCE, "budget": BUDGET, "operation": OPERATION, "proposition": PROPOSITION}[sorte]


def _vote(event: Event) -> bool:
    return isinstance(event, d.DeliberationVotee) and event.issue != "ajournee"


def _saisine(events: list[Event]) -> tuple[Attendu, ...]:
    filed = next((event for event in events if isinstance(event, a.SaisineDeposee)), None)
    reserves = any(isinstance(event, a.AvisRendu) and event.reserves for event in events)
    last = (RESERVES,) if reserves else ()
    match filed.procedure if filed else "":
        case "avis_ctm":
            return (*CTM, *last)
        case "saisine_ecrite":
            return ECRITE
        case "contribution":
            return CONTRIBUTION
    return (*AVIS, *last)


def etat(piece: Attendu, suivie: bool, depuis: date | None, contexte: Contexte, dossier: str, jour: date) -> str:
    """« absente », « en-retard » or « a-venir », for a piece that is not there on that day."""
    term = piece.terme(contexte, dossier)
    late = (jour - term).days if term else None
    since = (jour - depuis).days if depuis else None
    return {"absente": "absente", "en_retard": "en-retard", "attendue": "a-venir"}[attente(suivie, late, since)]
