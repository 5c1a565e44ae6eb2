"""Trancher une réclamation : with a public reason; it may cancel the vote."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, raison
from domain.scrutins.events import DecisionReclamation, ReclamationTranchee, ScrutinAnnule
from domain.scrutins.regles import ANNULATION, RECLAMATIONS


class ReclamationInconnue(Introuvable):
    fondement = RECLAMATIONS
    conseil = "Choisissez une réclamation de la liste."


class ReclamationDejaTranchee(DejaFait):
    fondement = RECLAMATIONS


class RaisonTropCourte(RegleViolee):
    fondement = RECLAMATIONS
    conseil = "Dites pourquoi, en une phrase au moins, sans nommer personne."


@dataclass
class TrancherReclamation(ActeSurScrutin):
    """`rang` is the number of the complaint. `scrutin_annule` cancels the vote in the same act."""

    DROIT = "trancher_reclamation"

    rang: int
    decision: DecisionReclamation
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("proclame")
        known = self.etat.reclamations.get(self.rang)
        if known is None:
            raise ReclamationInconnue("Cette réclamation n'existe pas.", field="rang")
        if known.decision is not None:
            raise ReclamationDejaTranchee("Cette réclamation est déjà tranchée.", field="rang")
        motif = raison(self.motif, RaisonTropCourte)
        yield ReclamationTranchee(
            survenu_le=self.le, regle=RECLAMATIONS.id, rang=self.rang, decision=self.decision, motif=motif, par=par
        )
        if self.decision == "scrutin_annule":
            yield ScrutinAnnule(survenu_le=self.le, regle=ANNULATION.id, motif=motif, par=par)
