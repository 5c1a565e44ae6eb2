"""Échanger un billet contre du papier : before the paper ballot is given. Which slip is not written, nor when."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import BilletEchangeContrePapier
from domain.scrutins.regles import PAPIER


class AucunBilletAEchanger(RegleViolee):
    fondement = PAPIER
    conseil = "Notez d'abord les billets remis à cette classe."


@dataclass
class EchangerBillet(ActeSurScrutin):
    """One slip. The urn makes it unusable first."""

    DROIT = "echanger_billet"

    def decide(self) -> Iterable[Event]:
        par = self.agit("ouvert")
        if self.etat.n_echanges >= self.etat.en_main:
            raise AucunBilletAEchanger("Tous les billets remis sont déjà échangés.", field="code")
        yield BilletEchangeContrePapier(regle=PAPIER.id, par=par)
