"""Rédiger le procès-verbal, l'arrêter à la séance suivante, le publier ; rectifier ce qui a été mal noté."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.seances.actes import ActeSurSeance, flux_seance
from domain.seances.events import (
    PvArrete,
    PvPublie,
    PvRedige,
    RectificationEnregistree,
    SeanceOuverte,
    SeancePlanifiee,
)
from domain.seances.regles import DEROULEMENT, PROCES_VERBAL
from domain.texte import ligne, propre

SIGNES_DEBATS = 8_000


class PvIncomplet(RegleViolee):
    fondement = PROCES_VERBAL
    conseil = "Complétez ce qui manque, puis arrêtez le procès-verbal."


class PvDejaFait(DejaFait):
    fondement = PROCES_VERBAL


class SeanceSuivante(RegleViolee):
    fondement = PROCES_VERBAL
    conseil = "Le procès-verbal est arrêté au début d'une séance suivante de la même instance, déjà ouverte."


class RectificationImpossible(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Choisissez un acte de cette séance, autre que sa planification."


@dataclass
class RedigerPv(ActeSurSeance):
    """After the meeting; may be written again until it is adopted."""

    DROIT = "rediger_pv"

    debats: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if not self.seance.levee:
            raise PvIncomplet("La séance n'est pas levée.")
        if self.seance.pv not in ("", "redige"):
            raise PvDejaFait("Ce procès-verbal est déjà arrêté.")
        missing = _manque(self)
        if missing:
            raise PvIncomplet(f"Il manque : {', '.join(missing)}.")
        text = propre(self.debats, SIGNES_DEBATS, "debats", "La teneur des débats")
        yield PvRedige(survenu_le=self.le, regle=PROCES_VERBAL.id, debats=text, par=par)


def _manque(acte: ActeSurSeance) -> list[str]:
    """The statutory headings that the facts of the meeting do not fill."""
    seance = acte.seance
    found = {"le ou la secrétaire": seance.secretaire, "les présents": seance.venus, "le quorum": seance.quorums}
    return [name for name, fact in found.items() if not fact]


@dataclass
class ArreterPv(ActeSurSeance):
    """At the start of `a_la_seance`, a later meeting of the same body."""

    DROIT = "rediger_pv"

    a_la_seance: str
    instances: list[str] = field(default_factory=list, init=False)
    ouvertures: int = field(default=0, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), flux_seance(self.a_la_seance)]

    def know(self, event: Event) -> None:
        if isinstance(event, SeancePlanifiee):
            self.instances.append(event.instance)
        if isinstance(event, SeanceOuverte):
            self.ouvertures += 1
        if len(self.instances) < 2:  # the first meeting's facts come first
            super().know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.pv in ("arrete", "publie"):
            raise PvDejaFait("Ce procès-verbal est déjà arrêté.")
        if self.seance.pv != "redige":
            raise PvIncomplet("Ce procès-verbal n'est pas rédigé.")
        if self.instances[1:] != [self.instance] or self.ouvertures < 2:
            raise SeanceSuivante("Cette séance ne peut pas arrêter ce procès-verbal.", field="a_la_seance")
        yield PvArrete(survenu_le=self.le, regle=PROCES_VERBAL.id, a_la_seance=self.a_la_seance, par=par)


@dataclass
class PublierPv(ActeSurSeance):
    """Put online; `empreinte` is the sha256 of the file."""

    DROIT = "rediger_pv"

    empreinte: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.pv == "publie":
            raise PvDejaFait("Ce procès-verbal est déjà publié.")
        if self.seance.pv != "arrete":
            raise PvIncomplet("Ce procès-verbal n'est pas arrêté.")
        if self.empreinte is not None and not re.fullmatch("[0-9a-f]{64}", self.empreinte):
            raise PvIncomplet("L'empreinte du fichier n'est pas lisible.", field="empreinte")
        yield PvPublie(survenu_le=self.le, regle=PROCES_VERBAL.id, empreinte=self.empreinte, par=par)


@dataclass
class RectifierSeance(ActeSurSeance):
    """`version` is the event of this meeting that was wrong; the right one is noted after it."""

    DROIT = "tenir_seance"

    version: int
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        facts = self.seance.faits
        wrong = facts[self.version - 1] if 1 <= self.version <= len(facts) else None
        if wrong is None or isinstance(wrong, SeancePlanifiee | RectificationEnregistree):
            raise RectificationImpossible("Cet acte ne se rectifie pas.", field="version")
        if self.version in self.seance.rectifies:
            raise PvDejaFait("Cet acte est déjà rectifié.")
        motif = ligne(self.motif, "motif", "La raison")
        yield RectificationEnregistree(
            survenu_le=self.le, regle=DEROULEMENT.id, version=self.version, motif=motif, par=par
        )
