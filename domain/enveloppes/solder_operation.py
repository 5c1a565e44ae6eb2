"""Solder une opération : its final account."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.enveloppes.actes import ActeSurOperation, OperationPasPrete
from domain.enveloppes.events import OperationSoldee
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.ledger.event import Event
from domain.money import verifie_montant


@dataclass
class SolderOperation(ActeSurOperation):
    """After the acceptance of the works."""

    DROIT = "solder_operation"

    cout_reel_cents: int

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self.faite.ouverte()
        if self.faite.etape != "receptionnee":
            raise OperationPasPrete("Les travaux ne sont pas réceptionnés.")
        cents = verifie_montant(self.cout_reel_cents, "cout_reel_cents")
        yield OperationSoldee(survenu_le=self.le, regle=ORDRE_DES_OPERATIONS.id, cout_reel_cents=cents, par=par)
