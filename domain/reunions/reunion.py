"""What the three acts on a meeting share: the instance's own stream, the meetings it knows, the place and the hour."""

import re
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import date_longue
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.reunions.events import ReunionAnnoncee, ReunionAnnulee, ReunionReportee
from domain.reunions.regles import REUNIONS
from domain.texte import ligne

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_HEURE = re.compile(r"(?:[01]?[0-9]|2[0-3])[:hH][0-5][0-9]")


class GroupeInconnu(Introuvable):
    fondement = REUNIONS
    conseil = "Choisissez une instance de ce registre."


class ReunionInconnue(Introuvable):
    fondement = REUNIONS
    conseil = "Choisissez une des réunions annoncées."


class ReunionPassee(RegleViolee):
    fondement = REUNIONS
    conseil = "Donnez un jour à venir. Une séance déjà tenue se note avec ses propositions."


class ReunionDejaAnnulee(DejaFait):
    fondement = REUNIONS


class HeureIllisible(RegleViolee):
    fondement = REUNIONS
    conseil = "Écrivez par exemple 18:30, ou laissez vide."


@dataclass
class ActeSurReunion(ActeDeFonction):
    """An act on the meetings of `instance` (a slug)."""

    instance: str
    inscrite: bool = field(default=False, init=False)
    reunions: dict[int, tuple[date, str | None, str]] = field(default_factory=dict, init=False)
    annulees: set[int] = field(default_factory=set, init=False)

    def reads(self) -> list[str]:
        if not _SLUG.fullmatch(self.instance):
            raise GroupeInconnu("Cette instance n'est pas dans le registre.", field="instance")
        return [f"instances/{self.instance}", flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case InstanceInscrite():
                self.inscrite = True
            case ReunionAnnoncee() | ReunionReportee():
                self.reunions[event.numero] = (event.le, event.heure, event.lieu)
            case ReunionAnnulee():
                self.annulees.add(event.numero)

    def agit(self) -> str:
        """The function that acts. Raises GroupeInconnu."""
        par = self.par(self.instance)
        if not self.inscrite:
            raise GroupeInconnu("Cette instance n'est pas dans le registre.", field="instance")
        return par

    def annoncee(self, numero: int) -> tuple[date, str | None, str]:
        """The meeting of this number, still to come. Raises ReunionInconnue, ReunionDejaAnnulee, ReunionPassee."""
        if numero not in self.reunions:
            raise ReunionInconnue("Cette réunion n'est pas annoncée.", field="numero")
        if numero in self.annulees:
            raise ReunionDejaAnnulee("Cette réunion est déjà annulée.", field="numero")
        if self.reunions[numero][0] < self.le:
            quand = date_longue(self.reunions[numero][0])
            raise ReunionPassee(f"Cette réunion devait avoir lieu le {quand} : ce jour est passé.", field="numero")
        return self.reunions[numero]

    def rendez_vous(self, jour: date, heure: str | None, lieu: str) -> tuple[date, str | None, str]:
        """Day, hour (`18:30`) and place, cleaned. Raises ReunionPassee, HeureIllisible, TexteVide."""
        if jour < self.le:
            raise ReunionPassee("Ce jour est déjà passé.", field="jour")
        typed = (heure or "").strip()
        if typed and not _HEURE.fullmatch(typed):
            raise HeureIllisible("Cette heure n'est pas lisible.", field="heure")
        hours, _, minutes = re.sub("[hH]", ":", typed).partition(":")
        return jour, f"{int(hours):02d}:{minutes}" if typed else None, ligne(lieu, "lieu", "Le lieu")
