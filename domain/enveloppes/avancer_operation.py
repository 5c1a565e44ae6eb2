"""Avancer une opération : works begin, works are accepted."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.choix import verifie_choix
from domain.enveloppes.actes import ActeSurOperation, OperationDejaFaite, OperationPasPrete
from domain.enveloppes.events import EtapeOperation, OperationAvancee
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.ledger.event import Event


@dataclass
class AvancerOperation(ActeSurOperation):
    """Decided, then begun, then accepted."""

    DROIT = "avancer_operation"

    etape: EtapeOperation

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par()
        self.faite.ouverte()
        if self.faite.decidee is None:
            raise OperationPasPrete("Cette opération n'est pas encore décidée.")
        if self.etape == self.faite.etape or self.faite.etape == "receptionnee":
            raise OperationDejaFaite("Cette étape est déjà notée.")
        if self.etape == "receptionnee" and self.faite.etape != "commencee":
            raise OperationPasPrete("Les travaux n'ont pas commencé.")
        yield OperationAvancee(survenu_le=self.le, regle=ORDRE_DES_OPERATIONS.id, etape=self.etape, par=par)
