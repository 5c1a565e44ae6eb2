"""Accorder une reconduction : what is left of a year goes to the next one, once, by a decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import flux_personne
from domain.enveloppes.actes import ActeDelibere, flux_deliberation
from domain.enveloppes.compte import Compte, CompteInconnu, Exercices
from domain.enveloppes.engager_credit import SoldeInsuffisant
from domain.enveloppes.events import ReconductionAccordee
from domain.enveloppes.regles import RECONDUCTION
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.money import verifie_montant


class ReconductionDejaAccordee(DejaFait):
    fondement = RECONDUCTION


class AnneePasFinie(RegleViolee):
    fondement = RECONDUCTION
    conseil = "Attendez la fin de l'année : ce qui reste peut encore être engagé."


@dataclass
class AccorderReconduction(ActeDelibere):
    """`cents` of the account of `annee` go to the year after, whose allocation is there."""

    DROIT = "accorder_reconduction"

    nom: str
    beneficiaire: str
    annee: int
    cents: int
    exercices: Exercices = field(default_factory=Exercices, init=False)

    def reads(self) -> list[str]:
        compte = Compte(self.nom, self.beneficiaire, self.annee)
        streams = (compte.suivant.flux, compte.flux, flux_deliberation(self.deliberation))
        return [*streams, flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.exercices.retenir(event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        left, cents = self.exercices.solde(self.annee), verifie_montant(self.cents)
        if self.annee + 1 not in self.exercices.par_annee:
            raise CompteInconnu("L'année suivante n'a pas encore de dotation.", field="annee")
        if self.exercices.sorti(self.annee):
            raise ReconductionDejaAccordee("Cette année est déjà reconduite sur la suivante.")
        if self.le.year <= self.annee:
            raise AnneePasFinie(f"L'année {self.annee} n'est pas finie.", field="annee")
        if cents > left:
            raise SoldeInsuffisant("Il reste moins que cela sur l'année.", field="cents")
        yield ReconductionAccordee(
            survenu_le=self.le,
            regle=RECONDUCTION.id,
            de_annee=self.annee,
            cents=cents,
            deliberation=self.deliberee(),
            par=par,
        )
