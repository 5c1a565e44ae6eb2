"""Rattacher le scrutin : the real vote of this dossier, on its list and its budget."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeSurBudget, EtapePrecedente
from domain.budget_participatif.events import ScrutinRattache
from domain.budget_participatif.regles import SCRUTIN_DU_COLLEGE
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.events import ScrutinAnnule, ScrutinCree

_SCRUTIN = re.compile(r"SC-20[0-9]{2}-(?:[0-9]{4}|[1-9][0-9]{4,8})")


class ScrutinIntrouvable(Introuvable):
    fondement = SCRUTIN_DU_COLLEGE


class ScrutinDEssai(RegleViolee):
    fondement = SCRUTIN_DU_COLLEGE
    conseil = "Créez le vrai vote, puis rattachez-le."


class ScrutinDAilleurs(RegleViolee):
    fondement = SCRUTIN_DU_COLLEGE
    conseil = "Créez le vote depuis le dossier de ce collège."


class ScrutinSurUneAutreListe(RegleViolee):
    fondement = SCRUTIN_DU_COLLEGE
    conseil = "Créez un vote avec les projets, les prix et le budget de la liste arrêtée."


class ScrutinDejaRattache(DejaFait):
    fondement = SCRUTIN_DU_COLLEGE
    conseil = "Un autre vote ne remplace le premier que si celui-ci est annulé."


class ScrutinDejaAnnule(RegleViolee):
    fondement = SCRUTIN_DU_COLLEGE
    conseil = "Créez un nouveau vote."


def flux_scrutin(scrutin: str) -> str:
    """Stream of a scrutin. Raises ScrutinIntrouvable on what is not its number."""
    if not _SCRUTIN.fullmatch(scrutin) or scrutin.endswith("-0000"):
        raise ScrutinIntrouvable("Ce vote n'existe pas.", field="scrutin")
    return f"scrutins/{scrutin}"


@dataclass
class RattacherScrutin(ActeSurBudget):
    """`ancien` is the scrutin that this one replaces, once annulled."""

    DROIT = "rattacher_scrutin"

    scrutin: str
    ancien: str | None = None
    crees: list[ScrutinCree] = field(default_factory=list, init=False)
    annules: set[int] = field(default_factory=set, init=False)

    def reads(self) -> list[str]:
        former = [flux_scrutin(self.ancien)] if self.ancien and self.ancien != self.scrutin else []
        return [*super().reads(), flux_scrutin(self.scrutin), *former]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case ScrutinCree():
                self.crees.append(event)
            case ScrutinAnnule():
                self.annules.add(len(self.crees) - 1)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if not self.budget.liste:
            raise EtapePrecedente("La liste de ce collège n'est pas encore arrêtée.")
        if not self.crees:
            raise ScrutinIntrouvable("Ce vote n'est pas dans le registre.", field="scrutin")
        self._libre()
        self._du_dossier(self.crees[0])
        yield ScrutinRattache(survenu_le=self.le, regle=SCRUTIN_DU_COLLEGE.id, scrutin=self.scrutin, par=par)

    def _libre(self) -> None:
        if 0 in self.annules:
            raise ScrutinDejaAnnule("Ce vote est annulé.", field="scrutin")
        if (known := self.budget.scrutin) is None:
            return
        if self.scrutin == known or self.ancien != known or 1 not in self.annules:
            raise ScrutinDejaRattache(f"Ce dossier a déjà son vote, {known}.", field="scrutin")

    def _du_dossier(self, cree: ScrutinCree) -> None:
        intention = self.budget.connu(self.le)
        if cree.essai:
            raise ScrutinDEssai("Ce vote est un essai.", field="scrutin")
        if cree.dossier != self.dossier or cree.college != intention.college:
            raise ScrutinDAilleurs("Ce vote n'est pas celui de ce dossier.", field="scrutin")
        listed = {nom: self.budget.projets[nom].cout_cents for nom in self.budget.liste}
        asked = {projet.id: projet.cout_cents for projet in cree.projets}
        if listed != asked or cree.budget_cents != intention.budget_cents:
            raise ScrutinSurUneAutreListe("Ce vote porte sur une autre liste ou un autre budget.", field="scrutin")
