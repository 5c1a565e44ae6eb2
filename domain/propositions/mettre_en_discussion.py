"""Mettre en discussion : the group talks about it in a session; a headcount, no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition, DateAvantLeDepot
from domain.propositions.events import PropositionMiseEnDiscussion
from domain.propositions.regles import PARTICIPATION_LIBRE
from domain.texte import ligne

PARTICIPANTS_MAXIMUM = 10_000


class SeanceAVenir(RegleViolee):
    fondement = PARTICIPATION_LIBRE
    conseil = "Notez la discussion une fois la séance tenue."


class NombreDeParticipantsImpossible(RegleViolee):
    fondement = PARTICIPATION_LIBRE
    conseil = "Comptez les personnes présentes, animation comprise."


class DejaDiscutee(DejaFait):
    fondement = PARTICIPATION_LIBRE


@dataclass
class MettreEnDiscussion(ActeSurProposition):
    """`session_le` is the day of the session, on or before `le`; `participants` a number of people."""

    DROIT = "mettre_en_discussion"

    session_le: date
    lieu: str
    participants: int

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.dossier.lue()
        if self.session_le > self.le:
            raise SeanceAVenir("Cette séance n'a pas encore eu lieu.", field="session_le")
        if self.session_le < self.dossier.depose_le:
            raise DateAvantLeDepot("Cette séance vient avant le dépôt de la proposition.", field="session_le")
        if not 1 <= self.participants <= PARTICIPANTS_MAXIMUM:
            raise NombreDeParticipantsImpossible("Ce nombre de personnes n'est pas possible.", field="participants")
        if any(seance.session_le == self.session_le for seance in self.dossier.seances):
            raise DejaDiscutee("La discussion de cette séance est déjà notée.", field="session_le")
        yield PropositionMiseEnDiscussion(
            survenu_le=self.session_le,
            regle=PARTICIPATION_LIBRE.id,
            session_le=self.session_le,
            lieu=ligne(self.lieu, "lieu", "Le lieu"),
            participants=self.participants,
            par=par,
        )
