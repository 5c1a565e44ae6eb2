"""Clore une proposition : only answered, brought back, and with no call-back owed."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition, DossierClos
from domain.propositions.events import PropositionClose
from domain.propositions.regles import DROIT_DE_SUITE, RAPPEL


class SansReponse(RegleViolee):
    fondement = DROIT_DE_SUITE
    conseil = "Donnez d'abord une réponse, avec ses raisons."


class SansRestitution(RegleViolee):
    fondement = DROIT_DE_SUITE
    conseil = "Rapportez d'abord la réponse à la personne ou au groupe."


class RappelAttendu(RegleViolee):
    fondement = RAPPEL
    conseil = "Rappelez d'abord la personne, puis notez l'appel."


class DejaClose(DejaFait):
    fondement = DROIT_DE_SUITE


@dataclass
class CloreProposition(ActeSurProposition):
    """Nothing is closed without a reasoned follow-up."""

    DROIT = "clore_proposition"

    def decide(self) -> Iterable[Event]:
        try:
            par = self.agit()
        except DossierClos as closed:
            raise DejaClose("Ce dossier est déjà clos.") from closed
        if self.dossier.suite is None:
            raise SansReponse("Cette proposition n'a pas encore de réponse.")
        if not self.dossier.restituee:
            raise SansRestitution("La réponse n'a pas encore été rapportée.")
        if self.dossier.rappel_du:
            raise RappelAttendu("La personne attend qu'on la rappelle.")
        yield PropositionClose(survenu_le=self.le, regle=DROIT_DE_SUITE.id, par=par)
