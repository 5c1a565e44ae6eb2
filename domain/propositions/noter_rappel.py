"""Noter un rappel : somebody called back, and reached the person or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import IssueRappel, RappelNote
from domain.propositions.regles import RAPPEL


class AucunRappelDu(DejaFait):
    fondement = RAPPEL
    conseil = "Rechargez la page : le rappel est peut-être déjà noté."


@dataclass
class NoterRappel(ActeSurProposition):
    """`absent` leaves the call-back owed, three times at most."""

    DROIT = "noter_rappel"

    issue: IssueRappel

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if not self.dossier.rappel_du:
            raise AucunRappelDu("Aucun rappel n'est attendu sur ce dossier.")
        yield RappelNote(survenu_le=self.le, regle=RAPPEL.id, issue=self.issue, par=par)
