"""Orienter une situation individuelle : name the service that can help; write nothing of the situation."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.coordonnees import lien, telephone
from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import SituationOrientee
from domain.propositions.regles import ETAPES
from domain.texte import ligne


class DejaOrientee(DejaFait):
    fondement = ETAPES


@dataclass
class OrienterSituation(ActeSurProposition):
    """`service` is a service or an association, with a telephone or a link where it has one."""

    DROIT = "orienter_situation"

    service: str
    telephone: str | None = None
    lien: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        service = ligne(self.service, "service", "Le service")
        if service in self.dossier.orientations:
            raise DejaOrientee(f"La personne est déjà orientée vers : {service}.")
        yield SituationOrientee(
            survenu_le=self.le,
            service=service,
            telephone=telephone(self.telephone, service=True) if self.telephone else None,
            lien=lien(self.lien) if self.lien else None,
            par=par,
        )
