"""Inscrire une instance : a body, or a service that answers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.coordonnees import courriel, telephone
from domain.errors import DejaFait, RegleViolee
from domain.instances.events import InstanceInscrite, TypeInstance
from domain.instances.regles import INSTANCES, SERVICE_JOIGNABLE
from domain.ledger.event import Event
from domain.texte import ligne

RECOIVENT = ("participation", "jeunes", "developpement")
SIGNES_IDENTIFIANT = 40


class IdentifiantIllisible(RegleViolee):
    fondement = INSTANCES
    conseil = "Prenez des lettres minuscules sans accent, des chiffres et des tirets : gepi, ctm-plateau-nord."


class InstanceDejaInscrite(DejaFait):
    fondement = INSTANCES


class SerieImpossible(RegleViolee):
    fondement = INSTANCES
    conseil = "La suite des numéros est l'identifiant en majuscules : gepi donne GEPI."


class RepondantManquant(RegleViolee):
    fondement = INSTANCES
    conseil = "Inscrivez d'abord le service, puis nommez-le ici."


class ServiceInjoignable(RegleViolee):
    fondement = SERVICE_JOIGNABLE
    conseil = "Donnez l'adresse et le téléphone du service."


class DatesInversees(RegleViolee):
    fondement = INSTANCES
    conseil = "Vérifiez les deux dates."


def flux_instance(instance: str) -> str:
    """Stream of an instance. Raises IdentifiantIllisible."""
    if len(instance) > SIGNES_IDENTIFIANT or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", instance):
        raise IdentifiantIllisible("Cet identifiant n'est pas lisible.", field="instance")
    return f"instances/{instance}"


@dataclass
class InscrireInstance(ActeDeFonction):
    """`serie` (GEPI) for those that receive propositions; `repondant` is then the slug of a service."""

    DROIT = "inscrire_instance"

    instance: str
    nom: str
    sigle: str
    type: TypeInstance
    du: date
    source: str
    serie: str | None = None
    au: date | None = None
    repondant: str | None = None
    adresse: str | None = None
    telephone: str | None = None
    courriel: str | None = None
    inscrite: bool = field(default=False, init=False)
    service: InstanceInscrite | None = field(default=None, init=False)

    def reads(self) -> list[str]:
        streams = [flux_instance(self.instance), flux_personne(self.acteur)]
        if self.repondant is not None and self.repondant != self.instance:
            streams.append(flux_instance(self.repondant))
        return streams

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, InstanceInscrite):
            if event.instance == self.instance:
                self.inscrite = True
            else:
                self.service = event

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.inscrite:
            raise InstanceDejaInscrite("Cette instance est déjà inscrite.", field="instance")
        if self.au is not None and self.au < self.du:
            raise DatesInversees("La fin vient avant le début.", field="au")
        self._serie()
        if self.type == "service" and not (self.adresse and self.telephone):
            raise ServiceInjoignable("Il manque l'adresse ou le téléphone du service.", field="adresse")
        yield InstanceInscrite(
            survenu_le=self.du,
            regle=INSTANCES.id,
            instance=self.instance,
            nom=ligne(self.nom, "nom", "Le nom"),
            sigle=ligne(self.sigle, "sigle", "Le sigle", 40),
            type=self.type,
            serie=self.serie,
            du=self.du,
            au=self.au,
            source=ligne(self.source, "source", "La source"),
            repondant=self.repondant,
            adresse=ligne(self.adresse, "adresse", "L'adresse") if self.adresse else None,
            telephone=telephone(self.telephone, service=True) if self.telephone else None,
            courriel=courriel(self.courriel) if self.courriel else None,
            par=par,
        )

    def _serie(self) -> None:
        if self.serie is None:
            return
        if self.serie != self.instance.upper() or not re.fullmatch("[A-Z]{2,8}", self.serie):
            raise SerieImpossible("La suite des numéros ne suit pas l'identifiant.", field="serie")
        if self.type not in RECOIVENT:
            raise SerieImpossible("Cette sorte d'instance ne reçoit pas de propositions.", field="serie")
        if self.service is None or self.service.type != "service":
            raise RepondantManquant("Aucun service ne répond pour cette instance.", field="repondant")
