"""Proclamer le résultat : the winners are public, and complaints are received from that day on."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.calendrier import terme
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import ResultatProclame
from domain.scrutins.regles import ESSAI, RECLAMATIONS


class EssaiNonProclame(RegleViolee):
    fondement = ESSAI
    conseil = "Le résultat de l'essai se lit sur la page du dépouillement. Détruisez ensuite son urne."


@dataclass
class ProclamerResultat(ActeSurScrutin):
    """The day it is proclaimed does not count in the delay; a delay that ends on a day off is carried over."""

    DROIT = "proclamer_resultat"

    def decide(self) -> Iterable[Event]:
        par = self.agit("depouille")
        if self.cree.essai:
            raise EssaiNonProclame("Un vote d'essai ne se proclame pas.")
        compte = self.etat.depouille
        assert compte is not None  # the phase says so
        yield ResultatProclame(
            survenu_le=self.le,
            regle=RECLAMATIONS.id,
            gagnants=compte.gagnants,
            reclamations_jusqu_au=terme(self.le, self.cree.jours_reclamation),
            par=par,
        )
