"""Détruire les clés : the secret of the slips goes, and the holders declare that their sheets did."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import ClesDetruites
from domain.scrutins.regles import EFFACEMENT_DE_L_URNE


class UrnePasEncoreEffacee(RegleViolee):
    fondement = EFFACEMENT_DE_L_URNE
    status = 409
    conseil = "Effacez d'abord l'urne."


class ClesDejaDetruites(DejaFait):
    fondement = EFFACEMENT_DE_L_URNE


@dataclass
class DetruireCles(ActeSurScrutin):
    """After the urn."""

    DROIT = "detruire_cles"

    def decide(self) -> Iterable[Event]:
        par = self.par(self.cree.college)
        if self.etat.efface_le is None:
            raise UrnePasEncoreEffacee("L'urne de ce vote n'est pas encore détruite.")
        if self.etat.cles_detruites:
            raise ClesDejaDetruites("Les clés de ce vote sont déjà détruites.")
        yield ClesDetruites(survenu_le=self.le, regle=EFFACEMENT_DE_L_URNE.id, par=par)
