"""Délibérer en jury : one decision for each project that was reviewed, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeDeLEdition, EtapePrecedente
from domain.budget_participatif.events import DecisionJury, JuryDelibere
from domain.budget_participatif.montants import raison
from domain.budget_participatif.regles import JURY
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class JuryDejaRendu(DejaFait):
    fondement = JURY


class ProjetImpossible(RegleViolee):
    fondement = JURY
    conseil = "Le jury ne retient pas un projet que l'examen technique a jugé impossible."


@dataclass
class DelibererJury(ActeDeLEdition):
    """The jury decides once; `motif` is public."""

    DROIT = "deliberer_jury"
    ETAPES = ("jury",)

    projet: str
    decision: DecisionJury
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.candidat(self.projet)
        examen = self.budget.examens.get(self.projet)
        if examen is None:
            raise EtapePrecedente("L'examen technique de ce projet n'est pas rendu.", field="projet")
        if self.projet in self.budget.jury:
            raise JuryDejaRendu("Le jury a déjà décidé pour ce projet.", field="projet")
        if self.decision == "retenu" and examen.avis == "non_recevable":
            raise ProjetImpossible("L'examen technique a jugé ce projet impossible.", field="decision")
        yield JuryDelibere(
            survenu_le=self.le,
            regle=JURY.id,
            projet=self.projet,
            decision=self.decision,
            motif=raison(self.motif),
            par=par,
        )
