"""Décrire un collège : where it is and how many pupils, at a rentrée."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif.college import college_ouvert, flux_college
from domain.budget_participatif.events import CollegeDecrit
from domain.budget_participatif.regles import COLLEGE
from domain.errors import RegleViolee
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.texte import ligne

EFFECTIF_MAXIMUM = 3_000
ANNEES = range(2000, 2101)


class EffectifImpossible(RegleViolee):
    fondement = COLLEGE
    conseil = "Écrivez le nombre d'élèves de la rentrée."


class UaiIllisible(RegleViolee):
    fondement = COLLEGE
    conseil = "Le numéro d'un collège a sept chiffres et une lettre : 0691234A."


@dataclass
class DecrireCollege(ActeDeFonction):
    """`rentree` is a year; `uai` the national number of the collège, nothing when it is fictional."""

    DROIT = "decrire_college"

    college: str
    commune: str
    effectif: int
    rentree: int
    uai: str | None = None
    inscrit: InstanceInscrite | None = field(default=None, init=False)

    def reads(self) -> list[str]:
        return [flux_college(self.college), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, InstanceInscrite):
            self.inscrit = event

    def decide(self) -> Iterable[Event]:
        par = self.par(self.college)
        college_ouvert(self.inscrit, self.le)
        if not 1 <= self.effectif <= EFFECTIF_MAXIMUM:
            raise EffectifImpossible("Ce nombre d'élèves n'est pas possible.", field="effectif")
        if self.rentree not in ANNEES:
            raise EffectifImpossible("Cette année de rentrée n'est pas possible.", field="rentree")
        uai = (self.uai or "").strip().upper() or None
        if uai is not None and not re.fullmatch("[0-9]{7}[A-Z]", uai):
            raise UaiIllisible("Ce numéro de collège n'est pas complet.", field="uai")
        yield CollegeDecrit(
            survenu_le=self.le,
            regle=COLLEGE.id,
            commune=ligne(self.commune, "commune", "La commune"),
            effectif=self.effectif,
            rentree=self.rentree,
            uai=uai,
            par=par,
        )
