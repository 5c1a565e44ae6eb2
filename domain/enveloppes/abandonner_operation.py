"""Abandonner une opération : said, with its reason; each account then releases what it held."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.choix import verifie_choix
from domain.enveloppes.actes import ActeSurOperation, OperationDejaFaite
from domain.enveloppes.events import MotifAbandon, OperationAbandonnee
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.ledger.event import Event
from domain.texte import ligne


@dataclass
class AbandonnerOperation(ActeSurOperation):
    """Before the acceptance of the works."""

    DROIT = "abandonner_operation"

    motif: MotifAbandon
    explication: str

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        proposal = self.faite.proposee
        par = self.par(f"conseil-municipal-{proposal.beneficiaire}" if proposal else None)
        self.faite.ouverte()
        if self.faite.etape == "receptionnee":
            raise OperationDejaFaite("Les travaux sont réceptionnés : soldez l'opération.")
        yield OperationAbandonnee(
            survenu_le=self.le,
            regle=ORDRE_DES_OPERATIONS.id,
            motif=self.motif,
            explication=ligne(self.explication, "explication", "La raison"),
            par=par,
        )
