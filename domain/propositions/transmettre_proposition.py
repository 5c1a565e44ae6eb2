"""Transmettre une proposition : send it to the service that can answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import PropositionTransmise
from domain.propositions.regles import ETAPES
from domain.texte import ligne, ligne_ou_rien


class PasEncoreAdoptee(RegleViolee):
    fondement = ETAPES
    conseil = "Notez d'abord que le groupe l'a adoptée."


class DejaTransmise(DejaFait):
    fondement = ETAPES


@dataclass
class TransmettreProposition(ActeSurProposition):
    """To a service, and to the body that steers it. May go to several services, once to each."""

    DROIT = "transmettre_proposition"

    service: str
    pilote: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if not self.dossier.adoptee:
            raise PasEncoreAdoptee("Le groupe n'a pas encore adopté cette proposition.")
        service = ligne(self.service, "service", "Le service")
        if service in self.dossier.services:
            raise DejaTransmise(f"La proposition est déjà transmise à : {service}.")
        yield PropositionTransmise(
            survenu_le=self.le,
            regle=ETAPES.id,
            service=service,
            pilote=ligne_ou_rien(self.pilote, "pilote", "Le pilote"),
            par=par,
        )
