"""Déclarer les billets : so many slips were printed; their digest is in the register before the vote opens."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte, positif
from domain.scrutins.events import BilletsCrees
from domain.scrutins.regles import BILLETS_COMPTES

BILLETS_MAX = 200_000


class TropDeBillets(RegleViolee):
    fondement = BILLETS_COMPTES
    conseil = "Vérifiez ce nombre : un billet par élève, et quelques-uns de plus."


@dataclass
class DeclarerBillets(ActeSurScrutin):
    """`empreinte`: digest of the sorted credentials of these `n` slips."""

    DROIT = "declarer_billets"

    n: int
    empreinte: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret")
        if self.etat.n_crees + positif(self.n) > BILLETS_MAX:
            raise TropDeBillets("C'est plus de billets qu'un vote n'en peut avoir.", field="n")
        yield BilletsCrees(
            survenu_le=self.le, regle=BILLETS_COMPTES.id, n=self.n, empreinte=empreinte(self.empreinte), par=par
        )
