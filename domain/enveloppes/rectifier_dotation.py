"""Rectifier une dotation : a past allocation was wrong; the difference is written, nothing is erased."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import flux_personne
from domain.enveloppes.actes import ActeDelibere, flux_deliberation
from domain.enveloppes.compte import Compte, Exercices
from domain.enveloppes.engager_credit import SoldeInsuffisant
from domain.enveloppes.events import DotationRectifiee
from domain.enveloppes.regles import ENVELOPPE_DELIBEREE
from domain.ledger.event import Event
from domain.money import MAX_CENTS, MontantInvalide
from domain.texte import ligne


@dataclass
class RectifierDotation(ActeDelibere):
    """`difference_cents` is added to the allocation; it may be negative, never below what was spent."""

    DROIT = "rectifier_dotation"

    nom: str
    beneficiaire: str
    annee: int
    difference_cents: int
    motif: str
    exercices: Exercices = field(default_factory=Exercices, init=False)

    def reads(self) -> list[str]:
        compte = Compte(self.nom, self.beneficiaire, self.annee)
        streams = (compte.flux, compte.suivant.flux, flux_deliberation(self.deliberation))
        return [*streams, flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.exercices.retenir(event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        left = self.exercices.solde(self.annee)
        if not self.difference_cents or abs(self.difference_cents) > MAX_CENTS:
            raise MontantInvalide("La différence n'est pas possible.", field="difference_cents")
        if left + self.difference_cents < 0:
            raise SoldeInsuffisant("Cette somme est déjà engagée : le compte serait négatif.", field="difference_cents")
        yield DotationRectifiee(
            survenu_le=self.le,
            regle=ENVELOPPE_DELIBEREE.id,
            difference_cents=self.difference_cents,
            motif=ligne(self.motif, "motif", "La raison"),
            deliberation=self.deliberee(),
            par=par,
        )
