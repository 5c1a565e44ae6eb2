"""What the acts of a meeting share: the meeting, the members of that day, the hour that does not go back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import jour
from domain.composition import Composition, flux_assemblee
from domain.errors import DejaFait, RegleViolee
from domain.identifiers import est_reference
from domain.instances.events import InstanceInscrite
from domain.jeux_de_regles import Jeux, flux_regles
from domain.law import Regle
from domain.ledger.event import Event
from domain.seances.regles import DEROULEMENT
from domain.seances.seance import Seance, SeanceInconnue


class PasEnExercice(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Vérifiez le membre : il doit siéger ce jour-là."


class HeureQuiRecule(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Notez l'heure du fait. Si une heure d'avant est fausse, rectifiez-la."


class SeancePasOuverte(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Ouvrez d'abord la séance."


class SeanceFinie(DejaFait):
    fondement = DEROULEMENT
    conseil = "Pour corriger ce qui a été noté, enregistrez une rectification."


class DateImpossible(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Vérifiez la date et l'heure."


def moment_possible(moment: datetime, champ: str) -> datetime:
    """This moment, with its offset, in this century. Raises DateImpossible."""
    if moment.tzinfo is None or not 2000 <= moment.year <= 2099:
        raise DateImpossible("Cette date n'est pas possible pour une séance.", field=champ)
    return moment


def flux_seance(reference: str) -> str:
    """The stream of a meeting. Raises SeanceInconnue on what is no reference."""
    if not est_reference(reference) or not reference.startswith("SEA-"):
        raise SeanceInconnue("Cette séance n'est pas dans le registre.")
    return f"seances/{reference}"


@dataclass
class ActeSurSeance(ActeDeFonction):
    """An act on one meeting of `instance`, whose members of that day it reads."""

    reference_seance: str
    instance: str
    seance: Seance = field(default_factory=Seance, init=False)
    composition: Composition = field(default_factory=Composition, init=False)
    inscrite: InstanceInscrite | None = field(default=None, init=False)
    jeux: Jeux = field(default_factory=Jeux, init=False)

    REGLE: ClassVar[str] = ""  # the rule that may be set otherwise by a published set (`domain.jeux_de_regles`)

    def reads(self) -> list[str]:
        body = flux_assemblee(self.instance)
        sets = [flux_regles(self.REGLE)] if self.REGLE else []
        here = (flux_seance(self.reference_seance), flux_personne(self.acteur), body, f"instances/{self.instance}")
        return [*here, *sets]

    def know(self, event: Event) -> None:
        super().know(event)
        self.jeux.retenir(event)
        self.seance.retenir(event)
        self.composition.retenir(event)
        if isinstance(event, InstanceInscrite):
            self.inscrite = event

    def agit(self) -> str:
        """The function that acts in this body. Raises SeanceInconnue when the meeting is another body's."""
        par = self.par(self.instance)
        if self.seance.connue().instance != self.instance:
            raise SeanceInconnue("Cette séance est celle d'une autre instance.")
        if self.seance.annulee:
            raise SeanceFinie("Cette séance est annulée.")
        return par

    def en_seance(self, heure: datetime | None = None) -> str:
        """The same, during the meeting, at an hour that does not go back."""
        par = self.agit()
        if self.seance.ouverte is None:
            raise SeancePasOuverte("La séance n'est pas ouverte.")
        if self.seance.levee:
            raise SeanceFinie("La séance est levée.")
        if heure is not None:
            self.heure(heure)
        return par

    def heure(self, heure: datetime) -> datetime:
        """The hour itself. Raises HeureQuiRecule before the last one noted, or on another day."""
        if heure.tzinfo is None:
            raise HeureQuiRecule("Cette heure n'a pas de fuseau.", field="heure")
        if self.seance.moment is not None and heure < self.seance.moment:
            raise HeureQuiRecule("Cette heure vient avant la dernière notée.", field="heure")
        return heure

    def en_vigueur(self) -> Regle | None:
        """The published rule-set of the day of the meeting for this kind of body, or None."""
        assert self.inscrite is not None
        return self.jeux.en_vigueur(self.REGLE, self.inscrite.type, self.jour)

    @property
    def jour(self) -> date:
        """The day of the meeting, in Paris."""
        assert self.seance.prevue_le is not None
        return jour(self.seance.ouverte.heure if self.seance.ouverte else self.seance.prevue_le)

    def membres(self, elus: Iterable[str], champ: str = "elus") -> tuple[str, ...]:
        """These members, each once, in order. Raises PasEnExercice."""
        sitting = self.composition.en_exercice(self.jour)
        chosen = tuple(dict.fromkeys(elus))
        for elu in chosen:
            if elu not in sitting:
                raise PasEnExercice(f"« {elu[:60]} » ne siège pas ce jour-là.", field=champ)
        return chosen

    def presents(self, elus: Iterable[str], champ: str = "elus") -> tuple[str, ...]:
        """These members, who are in the room. Raises PasEnExercice."""
        chosen = self.membres(elus, champ)
        for elu in chosen:
            if elu not in self.seance.presents:
                raise PasEnExercice(f"« {elu[:60]} » n'est pas dans la salle.", field=champ)
        return chosen
