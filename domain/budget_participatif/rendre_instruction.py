"""Rendre l'examen technique d'un projet candidat : an opinion, its reason, the cost as reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeDeLEdition
from domain.budget_participatif.events import Faisabilite, InstructionRendue
from domain.budget_participatif.montants import montant, raison
from domain.budget_participatif.regles import JURY
from domain.errors import DejaFait
from domain.ledger.event import Event


class InstructionDejaRendue(DejaFait):
    fondement = JURY


@dataclass
class RendreInstruction(ActeDeLEdition):
    """Once for each project."""

    DROIT = "rendre_instruction"
    ETAPES = ("instruction",)

    projet: str
    avis: Faisabilite
    motif: str
    cout_cents: int

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.candidat(self.projet)
        if self.projet in self.budget.examens:
            raise InstructionDejaRendue("L'examen technique de ce projet est déjà rendu.", field="projet")
        yield InstructionRendue(
            survenu_le=self.le,
            regle=JURY.id,
            projet=self.projet,
            avis=self.avis,
            motif=raison(self.motif),
            cout_cents=montant(self.cout_cents, "cout"),
            par=par,
        )
