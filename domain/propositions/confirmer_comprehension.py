"""« J'ai compris » : said by the person, once there is an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.propositions.dossier import ActeDeLAuteur
from domain.propositions.events import ComprehensionConfirmee
from domain.propositions.regles import RAPPEL


class DejaComprise(DejaFait):
    fondement = RAPPEL
    conseil = "Vous n'avez rien à faire."


@dataclass
class ConfirmerComprehension(ActeDeLAuteur):
    """Ends the call-back that was owed, if there was one."""

    def decide(self) -> Iterable[Event]:
        self.agit(meme_clos=True)
        self.dossier.repondue()
        if self.dossier.comprise:
            raise DejaComprise("Vous avez déjà dit que vous avez compris.")
        yield ComprehensionConfirmee(survenu_le=self.le)
