"""Rendre l'avis de faisabilité : can it be done, why, and what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import EtapePrecedente
from domain.budget_participatif.events import Faisabilite, FaisabiliteRendue
from domain.budget_participatif.idee import ActeSurIdee
from domain.budget_participatif.montants import montant, raison
from domain.budget_participatif.regles import FAISABILITE
from domain.errors import RegleViolee
from domain.ledger.event import Event


class CoutManquant(RegleViolee):
    fondement = FAISABILITE
    conseil = "Estimez le prix, même à peu près."


@dataclass
class RendreFaisabilite(ActeSurIdee):
    """`motif` is public, 20 signs at least; `cout_cents` is needed when it can be done. The last one holds."""

    DROIT = "rendre_faisabilite"

    avis: Faisabilite
    motif: str
    cout_cents: int | None = None

    def decide(self) -> Iterable[Event]:
        par, [idee] = self.agit()
        if not self.budget.idees_closes:
            raise EtapePrecedente("Les idées de ce collège ne sont pas encore closes.")
        idee.vivante()
        if self.avis == "recevable" and self.cout_cents is None:
            raise CoutManquant("Il manque le coût de cette idée.", field="cout")
        cost = None if self.cout_cents is None else montant(self.cout_cents, "cout")
        yield FaisabiliteRendue(
            survenu_le=self.le,
            regle=FAISABILITE.id,
            avis=self.avis,
            motif=raison(self.motif),
            cout_cents=cost,
            par=par,
        )
