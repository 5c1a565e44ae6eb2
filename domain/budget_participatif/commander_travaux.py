"""Commander les travaux d'un projet financé."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.budget_participatif.dossier import ActeDeLEdition, EtapePrecedente
from domain.budget_participatif.events import TravauxCommandes
from domain.budget_participatif.regles import REALISATION
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class TravauxDejaCommandes(DejaFait):
    fondement = REALISATION


class FinDesTravauxPassee(RegleViolee):
    fondement = REALISATION
    conseil = "Choisissez un jour à venir, ou laissez la date vide."


@dataclass
class CommanderTravaux(ActeDeLEdition):
    """`prevus_pour` is the day that is hoped for."""

    DROIT = "commander_travaux"
    ETAPES = ("elaboration", "travaux", "bilan")

    projet: str
    prevus_pour: date | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.projet(self.projet)
        if self.projet not in self.budget.finances:
            raise EtapePrecedente("Aucune délibération ne finance ce projet.", field="projet")
        if self.projet in self.budget.commandes:
            raise TravauxDejaCommandes("Les travaux de ce projet sont déjà commandés.", field="projet")
        if self.prevus_pour is not None and self.prevus_pour < self.le:
            raise FinDesTravauxPassee("La date prévue est déjà passée.", field="prevus_pour")
        yield TravauxCommandes(
            survenu_le=self.le, regle=REALISATION.id, projet=self.projet, prevus_pour=self.prevus_pour, par=par
        )
