"""Décider une opération : the body that the Pacte names, by an act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.enveloppes.actes import ActeSurOperation, OperationDejaFaite, OperationPasPrete
from domain.enveloppes.events import OperationDecidee
from domain.enveloppes.regles import QUI_DECIDE
from domain.errors import RegleViolee
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.texte import ligne


class MauvaiseInstance(RegleViolee):
    fondement = QUI_DECIDE
    conseil = "FIC : le conseil municipal de la commune. Les autres enveloppes : le Conseil de la Métropole."


@dataclass
class DeciderOperation(ActeSurOperation):
    """`instance` is the slug of the body that decides, `acte` the number of its act."""

    DROIT = "decider_operation"

    instance: str
    acte: str
    inscrite: InstanceInscrite | None = field(default=None, init=False)

    def reads(self) -> list[str]:
        if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", self.instance):
            raise MauvaiseInstance("Cette instance n'est pas dans le registre.", field="instance")
        return [*super().reads(), f"instances/{self.instance}"]

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, InstanceInscrite):
            self.inscrite = event

    def decide(self) -> Iterable[Event]:
        par = self.par(self.instance)
        proposal = self.faite.ouverte()
        if self.faite.decidee is not None:
            raise OperationDejaFaite("Cette opération est déjà décidée.")
        if self.faite.avis is None:
            raise OperationPasPrete("L'avis technique manque.")
        expected = f"conseil-municipal-{proposal.beneficiaire}" if proposal.nom == "fic" else None
        right = self.inscrite is not None and (
            self.instance == expected if expected else self.inscrite.type == "conseil"
        )
        if not right:
            raise MauvaiseInstance("Ce n'est pas à cette instance de décider.", field="instance")
        yield OperationDecidee(
            survenu_le=self.le,
            regle=QUI_DECIDE.id,
            instance=self.instance,
            acte=ligne(self.acte, "acte", "Le numéro de l'acte"),
            par=par,
        )
