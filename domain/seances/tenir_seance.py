"""Ouvrir, élire le secrétaire, décider de l'urgence et du huis clos, entendre, lever : the frame of a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.seances.actes import ActeSurSeance, SeanceFinie
from domain.seances.events import (
    AuditionTenue,
    HuisClosDecide,
    SeanceLevee,
    SeanceOuverte,
    SecretaireElu,
    UrgenceVotee,
)
from domain.seances.inscrire_point import PointInconnu
from domain.seances.regles import CONVOCATION, DEROULEMENT, ORDRE_DU_JOUR
from domain.texte import ligne


class PasConvoquee(RegleViolee):
    fondement = CONVOCATION
    conseil = "Notez d'abord la convocation, avec sa date légale."


class DejaOuverte(DejaFait):
    fondement = DEROULEMENT


class PasUrgente(RegleViolee):
    fondement = CONVOCATION
    conseil = "On vote sur l'urgence seulement quand la convocation la demande."


@dataclass
class OuvrirSeance(ActeSurSeance):
    """`president` presides this meeting: the president, a vice-president, or another member in their absence."""

    DROIT = "tenir_seance"

    heure_fait: datetime
    president: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.ouverte is not None:
            raise DejaOuverte("La séance est déjà ouverte.")
        if self.seance.convocation is None:
            raise PasConvoquee("Cette séance n'est pas convoquée.")
        heure = self.heure(self.heure_fait)
        [president] = self.membres([self.president], "president")
        yield SeanceOuverte(survenu_le=heure, regle=DEROULEMENT.id, heure=heure, president=president, par=par)


@dataclass
class ElireSecretaire(ActeSurSeance):
    """A member who is in the room."""

    DROIT = "tenir_seance"

    elu: str

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        [elu] = self.presents([self.elu], "elu")
        if self.seance.secretaire == elu:
            raise DejaOuverte("Ce membre est déjà secrétaire de la séance.")
        yield SecretaireElu(survenu_le=self.seance.moment, regle=DEROULEMENT.id, elu=elu, par=par)


@dataclass
class VoterUrgence(ActeSurSeance):
    """What the body says of the urgency, at the opening."""

    DROIT = "tenir_seance"

    admise: bool

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        if self.seance.convocation is None or not self.seance.convocation.urgence:
            raise PasUrgente("La convocation ne demandait pas l'urgence.")
        if self.seance.urgence_admise is not None:
            raise DejaOuverte("L'assemblée s'est déjà prononcée sur l'urgence.")
        yield UrgenceVotee(survenu_le=self.seance.moment, regle=CONVOCATION.id, admise=self.admise, par=par)


@dataclass
class DeciderHuisClos(ActeSurSeance):
    """The public leaves, and why."""

    DROIT = "tenir_seance"

    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        motif = ligne(self.motif, "motif", "La raison")
        yield HuisClosDecide(survenu_le=self.seance.moment, regle=DEROULEMENT.id, motif=motif, par=par)


@dataclass
class TenirAudition(ActeSurSeance):
    """Somebody from outside is heard on an item, by her quality. No vote."""

    DROIT = "tenir_seance"

    rang: int
    qualite: str

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        if self.rang not in self.seance.points:
            raise PointInconnu("Ce point n'est pas à l'ordre du jour.", field="rang")
        qualite = ligne(self.qualite, "qualite", "La qualité")
        yield AuditionTenue(
            survenu_le=self.seance.moment, regle=ORDRE_DU_JOUR.id, qualite=qualite, rang=self.rang, par=par
        )


@dataclass
class LeverSeance(ActeSurSeance):
    """The meeting ends."""

    DROIT = "tenir_seance"

    heure_fait: datetime

    def decide(self) -> Iterable[Event]:
        par = self.en_seance(self.heure_fait)
        if self.seance.levee:
            raise SeanceFinie("La séance est levée.")
        yield SeanceLevee(survenu_le=self.heure_fait, regle=DEROULEMENT.id, heure=self.heure_fait, par=par)
