"""Constater les présences, excuser, donner ou révoquer un pouvoir."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.choix import verifie_choix
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.majorites.seuils import pouvoir_possible
from domain.seances.actes import ActeSurSeance
from domain.seances.events import (
    AbsenceExcusee,
    Mouvement,
    PouvoirDonne,
    PouvoirRevoque,
    PresencesConstatees,
)
from domain.seances.regles import DEROULEMENT, POUVOIRS


class DejaConstate(DejaFait):
    fondement = DEROULEMENT


class PouvoirImpossible(RegleViolee):
    fondement = POUVOIRS
    conseil = "Choisissez un autre membre présent, qui ne tient pas déjà un pouvoir."


class PouvoirInconnu(RegleViolee):
    fondement = POUVOIRS
    conseil = "Vérifiez qui a donné pouvoir à qui."


@dataclass
class ConstaterPresences(ActeSurSeance):
    """These members come or go at that hour. Who is noted twice for the same thing is refused."""

    DROIT = "tenir_seance"

    elus: tuple[str, ...]
    mouvement: Mouvement
    heure_fait: datetime

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.en_seance(self.heure_fait)
        chosen = self.membres(self.elus)
        there = self.seance.presents
        wrong = [elu for elu in chosen if (elu in there) == (self.mouvement == "arrivee")]
        if wrong or not chosen:
            names = ", ".join(wrong[:5]) or "personne"
            raise DejaConstate(f"C'est déjà noté ainsi : {names}.")
        yield PresencesConstatees(
            survenu_le=self.heure_fait,
            regle=DEROULEMENT.id,
            elus=chosen,
            mouvement=self.mouvement,
            heure=self.heure_fait,
            par=par,
        )


@dataclass
class ExcuserAbsence(ActeSurSeance):
    """A member said that she would not come."""

    DROIT = "tenir_seance"

    elu: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        [elu] = self.membres([self.elu], "elu")
        if elu in self.seance.excuses or elu in self.seance.presents:
            raise DejaConstate("Ce membre est déjà excusé, ou présent.")
        yield AbsenceExcusee(survenu_le=self.le, regle=DEROULEMENT.id, elu=elu, par=par)


@dataclass
class DonnerPouvoir(ActeSurSeance):
    """`mandant` is away, `mandataire` in the room and holds no other one (or no more than the rule of that day)."""

    DROIT = "tenir_seance"
    REGLE = "pouvoirs"

    mandant: str
    mandataire: str
    recu_a: datetime

    def decide(self) -> Iterable[Event]:
        par = self.en_seance(self.recu_a)
        [who] = self.membres([self.mandant], "mandant")
        [by] = self.membres([self.mandataire], "mandataire")
        if who in self.seance.presents:
            raise PouvoirImpossible("Qui est présent ne donne pas son pouvoir.", field="mandant")
        if by not in self.seance.presents:
            raise PouvoirImpossible("Qui tient le pouvoir doit être dans la salle.", field="mandataire")
        if who in self.seance.pouvoirs:
            raise PouvoirImpossible("Ce membre a déjà donné son pouvoir.", field="mandant")
        held = [giver for giver, holder in self.seance.pouvoirs.items() if holder == by]
        rule = self.en_vigueur() or POUVOIRS
        if not pouvoir_possible(len(held), int(rule.parametres["par_membre"])):
            raise PouvoirImpossible(f"Ce membre tient déjà le pouvoir de « {held[0]} ».", field="mandataire")
        yield PouvoirDonne(
            survenu_le=self.recu_a, regle=rule.id, mandant=who, mandataire=by, recu_a=self.recu_a, par=par
        )


@dataclass
class RevoquerPouvoir(ActeSurSeance):
    """The proxy ends, at that hour."""

    DROIT = "tenir_seance"

    mandant: str
    heure_fait: datetime

    def decide(self) -> Iterable[Event]:
        par = self.en_seance(self.heure_fait)
        if self.mandant not in self.seance.pouvoirs:
            raise PouvoirInconnu("Ce membre n'a pas donné de pouvoir.", field="mandant")
        yield PouvoirRevoque(
            survenu_le=self.heure_fait, regle=POUVOIRS.id, mandant=self.mandant, heure=self.heure_fait, par=par
        )
