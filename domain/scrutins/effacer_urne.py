"""Effacer l'urne : after the complaints, sealed ballots and credentials are destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from domain.calendrier import date_longue, jour
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, a_l_etape
from domain.scrutins.events import UrneEffacee
from domain.scrutins.regles import EFFACEMENT_DE_L_URNE


class DelaiEnCours(RegleViolee):
    fondement = EFFACEMENT_DE_L_URNE
    conseil = "Attendez la fin du délai : une réclamation peut encore demander un nouveau dépouillement."


class ReclamationsEnAttente(RegleViolee):
    fondement = EFFACEMENT_DE_L_URNE
    conseil = "Attendez que chaque réclamation soit tranchée."


class UrneDejaEffacee(DejaFait):
    fondement = EFFACEMENT_DE_L_URNE


class NombreDifferent(RegleViolee):
    fondement = EFFACEMENT_DE_L_URNE
    conseil = "Notez l'incident et prévenez la personne qui tient le registre."


@dataclass
class EffacerUrne(ActeSurScrutin):
    """`n` sealed ballots go. A cancelled vote waits as long as a proclaimed one; a rehearsal does not wait."""

    DROIT = "effacer_urne"

    n: int

    def decide(self) -> Iterable[Event]:
        par = self.par(self.cree.college)
        if self.etat.efface_le is not None:
            raise UrneDejaEffacee("L'urne de ce vote est déjà détruite.")
        self._delai()
        closed = self.etat.clos
        if self.n < 0 or (closed is not None and self.n != closed.n_urne):
            raise NombreDifferent("L'urne ne contient pas le nombre de bulletins que dit ce registre.", field="n")
        yield UrneEffacee(survenu_le=self.le, regle=EFFACEMENT_DE_L_URNE.id, n=self.n, par=par)

    def _delai(self) -> None:
        cancelled, proclaimed = self.etat.annule, self.etat.proclame
        if self.cree.essai:
            a_l_etape(self.etat, "annule" if cancelled else "depouille")
            return
        if cancelled is None and proclaimed is None:
            a_l_etape(self.etat, "proclame")
        last = proclaimed.reclamations_jusqu_au if proclaimed else self.le
        if cancelled is not None and cancelled.survenu_le is not None:
            last = jour(cancelled.survenu_le) + timedelta(days=self.cree.jours_reclamation)
        if self.le <= last:
            raise DelaiEnCours(f"Le délai court jusqu'au {date_longue(last)} inclus.")
        if cancelled is None and any(found.decision is None for found in self.etat.reclamations.values()):
            raise ReclamationsEnAttente("Une réclamation attend encore une décision.")
