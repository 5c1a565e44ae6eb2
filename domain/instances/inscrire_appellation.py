"""Inscrire une appellation : another name of an instance, with its dates where they are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.errors import DejaFait, Introuvable
from domain.instances.events import AppellationInscrite, InstanceInscrite
from domain.instances.inscrire_instance import DatesInversees, flux_instance
from domain.instances.regles import INSTANCES
from domain.ledger.event import Event
from domain.texte import ligne, ligne_ou_rien


class InstanceNonInscrite(Introuvable):
    fondement = INSTANCES
    conseil = "Inscrivez d'abord l'instance."


class AppellationDejaInscrite(DejaFait):
    fondement = INSTANCES


@dataclass
class InscrireAppellation(ActeDeFonction):
    """From `du` to `au` included, each where it is known. `source` says where the name was read."""

    DROIT = "inscrire_appellation"

    instance: str
    nom: str
    source: str
    sigle: str | None = None
    du: date | None = None
    au: date | None = None
    noms: list[str] = field(default_factory=list, init=False)

    def reads(self) -> list[str]:
        return [flux_instance(self.instance), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, InstanceInscrite | AppellationInscrite):
            self.noms.append(event.nom)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        nom = ligne(self.nom, "nom", "Le nom")
        if not self.noms:
            raise InstanceNonInscrite("Cette instance n'est pas dans le registre.", field="instance")
        if nom in self.noms:
            raise AppellationDejaInscrite("Ce nom est déjà inscrit.", field="nom")
        if self.du is not None and self.au is not None and self.au < self.du:
            raise DatesInversees("La fin vient avant le début.", field="au")
        yield AppellationInscrite(
            survenu_le=self.du or self.le,
            regle=INSTANCES.id,
            nom=nom,
            sigle=ligne_ou_rien(self.sigle, "sigle", "Le sigle", 40),
            du=self.du,
            au=self.au,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
