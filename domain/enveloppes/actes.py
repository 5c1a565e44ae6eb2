"""What the acts on money share: whole amounts, an adopted deliberation, an operation in its state."""

import re
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.deliberations.events import DeliberationRetiree, DeliberationVotee
from domain.enveloppes import events as e
from domain.enveloppes.regles import ENVELOPPE_DELIBEREE, ORDRE_DES_OPERATIONS
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.identifiers import est_reference
from domain.ledger.event import Event

NUMERO = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{3,40}")


class DeliberationManquante(RegleViolee):
    fondement = ENVELOPPE_DELIBEREE
    conseil = "Inscrivez d'abord la délibération, et son vote, dans le registre."


class OperationInconnue(Introuvable):
    fondement = ORDRE_DES_OPERATIONS


class OperationPasPrete(RegleViolee):
    fondement = ORDRE_DES_OPERATIONS
    conseil = "Faites d'abord l'étape qui manque."


class OperationDejaFaite(DejaFait):
    fondement = ORDRE_DES_OPERATIONS


def flux_deliberation(numero: str) -> str:
    """The stream of a deliberation. Raises DeliberationManquante on what is no number."""
    if not NUMERO.fullmatch(numero):
        raise DeliberationManquante("Ce numéro de délibération n'est pas possible.", field="deliberation")
    return f"deliberations/{numero}"


@dataclass
class ActeDelibere(ActeDeFonction):
    """An act that stands on an adopted deliberation, by its number."""

    deliberation: str
    adoptee: bool = field(default=False, init=False)

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case DeliberationVotee():
                self.adoptee = event.issue == "adoptee"
            case DeliberationRetiree():
                self.adoptee = False

    def deliberee(self) -> str:
        """The number. Raises DeliberationManquante unless it was adopted and stands."""
        if not self.adoptee:
            raise DeliberationManquante(
                f"La délibération {self.deliberation} n'est pas adoptée dans ce registre.", field="deliberation"
            )
        return self.deliberation


@dataclass
class Operation:
    """An operation, folded from its events."""

    proposee: e.OperationProposee | None = None
    avis: e.AvisTechniqueRendu | None = None
    decidee: e.OperationDecidee | None = None
    etape: str = ""
    soldee: bool = False
    abandonnee: bool = False

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.OperationProposee():
                self.proposee = event
            case e.AvisTechniqueRendu():
                self.avis = event
            case e.OperationDecidee():
                self.decidee = event
            case e.OperationAvancee():
                self.etape = event.etape
            case e.OperationSoldee():
                self.soldee = True
            case e.OperationAbandonnee():
                self.abandonnee = True

    def ouverte(self) -> e.OperationProposee:
        """The proposal. Raises OperationInconnue, OperationDejaFaite when it is over."""
        if self.proposee is None:
            raise OperationInconnue("Cette opération n'est pas dans le registre.", field="operation")
        if self.abandonnee:
            raise OperationDejaFaite("Cette opération est abandonnée.", field="operation")
        if self.soldee:
            raise OperationDejaFaite("Cette opération est soldée : ses comptes sont finis.", field="operation")
        return self.proposee


def flux_operation(reference: str) -> str:
    """The stream of an operation. Raises OperationInconnue on what is no reference."""
    if not est_reference(reference) or not reference.startswith("OP-"):
        raise OperationInconnue("Cette opération n'est pas dans le registre.", field="operation")
    return f"operations/{reference}"


@dataclass
class ActeSurOperation(ActeDeFonction):
    """An act on one operation."""

    operation: str
    faite: Operation = field(default_factory=Operation, init=False)

    def reads(self) -> list[str]:
        return [flux_operation(self.operation), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.faite.retenir(event)
