"""Inscrire un abondement : the commune adds its own money to its account."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.enveloppes.compte import Compte, Exercices
from domain.enveloppes.events import AbondementInscrit
from domain.enveloppes.regles import ABONDEMENT
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.money import verifie_montant
from domain.texte import ligne


class SansAbondement(RegleViolee):
    fondement = ABONDEMENT
    conseil = "Seul le fonds d'initiative communale d'une commune peut être abondé."


@dataclass
class InscrireAbondement(ActeDeFonction):
    """`acte` is the number of the municipal act that decides it."""

    DROIT = "inscrire_abondement"

    insee: str
    annee: int
    cents: int
    acte: str
    exercices: Exercices = field(default_factory=Exercices, init=False)

    def reads(self) -> list[str]:
        return [Compte("fic", self.insee, self.annee).flux, flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.exercices.retenir(event)

    def decide(self) -> Iterable[Event]:
        par = self.par(f"conseil-municipal-{self.insee}")
        if self.annee not in self.exercices.par_annee:
            raise SansAbondement("Cette commune n'a pas de dotation cette année-là.", field="annee")
        yield AbondementInscrit(
            survenu_le=self.le,
            regle=ABONDEMENT.id,
            cents=verifie_montant(self.cents),
            acte=ligne(self.acte, "acte", "Le numéro de l'acte"),
            par=par,
        )
