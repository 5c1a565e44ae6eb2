"""Avancer l'édition : from one step to the next, never over one."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.edition import ETAPES, NOMS, ActeSurEdition
from domain.budget_participatif.events import EditionAvancee, EtapeEdition
from domain.budget_participatif.regles import EDITION
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class EtapeSautee(RegleViolee):
    fondement = EDITION
    conseil = "Passez par chaque étape, dans l'ordre."


class EtapeDejaPassee(DejaFait):
    fondement = EDITION


@dataclass
class AvancerEdition(ActeSurEdition):
    """`etape` is the one that comes right after the present one."""

    DROIT = "avancer_edition"

    etape: EtapeEdition

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self.etat.ouverte(self.le)
        here, there = ETAPES.index(self.etat.etape), ETAPES.index(self.etape)
        if there <= here:
            raise EtapeDejaPassee(f"L'édition en est déjà à l'étape « {NOMS[self.etat.etape]} ».", field="etape")
        if there > here + 1:
            raise EtapeSautee(f"L'étape suivante est « {NOMS[ETAPES[here + 1]]} ».", field="etape")
        yield EditionAvancee(survenu_le=self.le, regle=EDITION.id, etape=self.etape, par=par)
