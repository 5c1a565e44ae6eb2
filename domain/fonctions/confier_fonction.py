"""Confier une fonction : somebody may act from a day on, in an instance or in the whole register."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.coordonnees import courriel
from domain.droits import FONCTIONS, Titre, retenir
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.fonctions.regles import FONCTIONS_CONFIEES
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.texte import ligne


class FonctionInconnue(RegleViolee):
    fondement = FONCTIONS_CONFIEES
    conseil = f"Choisissez une de ces fonctions : {', '.join(FONCTIONS)}."


class InstanceDeLaFonction(RegleViolee):
    fondement = FONCTIONS_CONFIEES
    conseil = "Choisissez une instance pour les fonctions qui se tiennent dans une instance, aucune pour les autres."


class InstanceInconnue(Introuvable):
    fondement = FONCTIONS_CONFIEES
    conseil = "Inscrivez d'abord cette instance."


class PasASoiMeme(RegleViolee):
    fondement = FONCTIONS_CONFIEES
    conseil = "Demandez à une autre personne de l'administration."


class DatesInversees(RegleViolee):
    fondement = FONCTIONS_CONFIEES
    conseil = "Vérifiez les deux dates."


class FonctionDejaConfiee(DejaFait):
    fondement = FONCTIONS_CONFIEES


def flux_instance(instance: str | None) -> list[str]:
    """The stream of this instance, to stand on; none where there is no instance. Raises InstanceInconnue."""
    if instance is None:
        return []
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", instance):
        raise InstanceInconnue("Cette instance n'est pas dans le registre.", field="instance")
    return [f"instances/{instance}"]


def portee_verifiee(fonction: str, instance: str | None, connue: bool) -> None:
    """Raises FonctionInconnue, InstanceDeLaFonction or InstanceInconnue."""
    if fonction not in FONCTIONS:
        raise FonctionInconnue("Cette fonction n'existe pas.", field="fonction")
    if (FONCTIONS[fonction].portee == "instance") != (instance is not None):
        needs = "se tient dans une instance" if instance is None else "se tient dans tout le registre"
        raise InstanceDeLaFonction(f"« {FONCTIONS[fonction].nom} » {needs}.", field="instance")
    if instance is not None and not connue:
        raise InstanceInconnue("Cette instance n'est pas dans le registre.", field="instance")


@dataclass
class ConfierFonction(ActeDeFonction):
    """`personne` is the uuid of who receives it, new or known; from `du` to `au` included."""

    DROIT = "confier_fonction"

    personne: str
    fonction: str
    nom: str
    courriel: str
    du: date
    au: date | None = None
    instance: str | None = None
    siens: list[Titre] = field(default_factory=list, init=False)
    connue: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        people = (flux_personne(self.personne), flux_personne(self.acteur))
        return [*dict.fromkeys(people), *flux_instance(self.instance)]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case InstanceInscrite():
                self.connue = event.type != "service"
            case FonctionConfiee() | FonctionRetiree() if event.personne == self.personne:
                retenir(self.siens, event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        portee_verifiee(self.fonction, self.instance, self.connue)
        if self.personne == self.acteur:
            raise PasASoiMeme("Personne ne se confie une fonction à soi-même.", field="personne")
        if self.au is not None and self.au < self.du:
            raise DatesInversees("La fin vient avant le début.", field="au")
        wanted = Titre(self.fonction, self.instance, self.du, self.au)
        if any(titre.id == wanted.id and _overlap(titre, wanted) for titre in self.siens):
            raise FonctionDejaConfiee("Cette personne tient déjà cette fonction à ces dates.")
        yield FonctionConfiee(
            survenu_le=self.du,
            regle=FONCTIONS_CONFIEES.id,
            personne=self.personne,
            fonction=self.fonction,
            instance=self.instance,
            du=self.du,
            au=self.au,
            par=par,
            nom=ligne(self.nom, "nom", "Le nom"),
            courriel=courriel(self.courriel),
        )


def _overlap(one: Titre, other: Titre) -> bool:
    empty = one.au is not None and one.au < one.du  # withdrawn before it began
    return not empty and one.du <= (other.au or date.max) and other.du <= (one.au or date.max)
