"""Mandater un crédit : committed money is paid."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.enveloppes.engager_credit import ActeSurCredit
from domain.enveloppes.events import CreditMandate
from domain.enveloppes.liberer_credit import PlusQueLEngage, reste_a_payer
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.ledger.event import Event
from domain.money import verifie_montant


@dataclass
class MandaterCredit(ActeSurCredit):
    """At most what is committed to the operation on this account and not yet paid."""

    DROIT = "mandater_credit"

    def decide(self) -> Iterable[Event]:
        par, cents = self.par(), verifie_montant(self.cents)
        self.exercices.solde(self.annee)
        if cents > reste_a_payer(self):
            raise PlusQueLEngage("C'est plus que ce qui est engagé et pas encore payé.", field="cents")
        yield CreditMandate(
            survenu_le=self.le, regle=ORDRE_DES_OPERATIONS.id, operation=self.operation, cents=cents, par=par
        )
