"""Libérer un crédit : committed money comes back to its account."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.enveloppes.engager_credit import ActeSurCredit
from domain.enveloppes.events import CreditLibere
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.money import verifie_montant
from domain.texte import ligne


class PlusQueLEngage(RegleViolee):
    fondement = ORDRE_DES_OPERATIONS
    conseil = "On ne libère et on ne paie que ce qui est engagé pour cette opération, et pas encore payé."


@dataclass
class LibererCredit(ActeSurCredit):
    """At most what is committed to the operation on this account and not yet paid."""

    DROIT = "liberer_credit"

    motif: str = ""

    def decide(self) -> Iterable[Event]:
        par, cents = self.au_titre(), verifie_montant(self.cents)
        self.exercices.solde(self.annee)
        if cents > reste_a_payer(self):
            raise PlusQueLEngage("C'est plus que ce qui est engagé et pas encore payé.", field="cents")
        yield CreditLibere(
            survenu_le=self.le,
            regle=ORDRE_DES_OPERATIONS.id,
            operation=self.operation,
            cents=cents,
            motif=ligne(self.motif, "motif", "La raison"),
            par=par,
        )


def reste_a_payer(acte: ActeSurCredit) -> int:
    """What this account still holds committed to the operation, in cents."""
    sums = acte.exercices.par_annee[acte.annee]
    return sums.engage.get(acte.operation, 0) - sums.mandate.get(acte.operation, 0)
