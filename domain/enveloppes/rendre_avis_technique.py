"""Rendre un avis technique : the services say whether and how it can be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.enveloppes.actes import ActeSurOperation, OperationDejaFaite
from domain.enveloppes.events import AvisTechniqueRendu
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.ledger.event import Event
from domain.texte import ligne


@dataclass
class RendreAvisTechnique(ActeSurOperation):
    """Before the decision; `motif` is public."""

    DROIT = "rendre_avis_technique"

    favorable: bool
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self.faite.ouverte()
        if self.faite.decidee is not None:
            raise OperationDejaFaite("Cette opération est déjà décidée.")
        yield AvisTechniqueRendu(
            survenu_le=self.le,
            regle=ORDRE_DES_OPERATIONS.id,
            favorable=self.favorable,
            motif=ligne(self.motif, "motif", "L'avis"),
            par=par,
        )
