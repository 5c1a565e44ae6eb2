"""Abandonner un projet : it will not be done, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeSurBudget
from domain.budget_participatif.events import ProjetAbandonne
from domain.budget_participatif.montants import raison
from domain.budget_participatif.rattacher_scrutin import flux_scrutin
from domain.budget_participatif.regles import LISTE, REALISATION
from domain.budget_participatif.resultat import Resultat
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class ProjetDejaRealise(DejaFait):
    fondement = REALISATION
    conseil = "Un projet réalisé n'est plus abandonné."


class ListeFigee(RegleViolee):
    fondement = LISTE
    conseil = "La liste arrêtée ne change pas avant la proclamation du résultat."


@dataclass
class AbandonnerProjet(ActeSurBudget):
    """Before the list is closed, or once the result is proclaimed. `scrutin` is the dossier's own, if it has one."""

    DROIT = "abandonner_projet"

    projet: str
    motif: str
    scrutin: str | None = None
    resultat: Resultat = field(default_factory=Resultat, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), *([flux_scrutin(self.scrutin)] if self.scrutin else [])]

    def know(self, event: Event) -> None:
        super().know(event)
        self.resultat.know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.projet(self.projet)
        if self.projet in self.budget.realises:
            raise ProjetDejaRealise("Ce projet est réalisé.", field="projet")
        if self.budget.liste and self.budget.candidature is None:
            if self.budget.scrutin is None:
                raise ListeFigee("La liste est arrêtée et le vote n'a pas eu lieu.", field="projet")
            self.resultat.elus(self.scrutin or "", self.budget.scrutin)
        yield ProjetAbandonne(
            survenu_le=self.le,
            regle=REALISATION.id,
            projet=self.projet,
            motif=raison(self.motif, regle=REALISATION),
            par=par,
        )
