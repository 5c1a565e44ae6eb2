"""Ouvrir une enveloppe : an amount for some years, by a deliberation."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actes import flux_personne
from domain.choix import verifie_choix
from domain.enveloppes.actes import ActeDelibere, flux_deliberation
from domain.enveloppes.events import EnveloppeOuverte, NomEnveloppe
from domain.enveloppes.masses import ANNEES, MASSES, MASSES_DU_PACTE
from domain.errors import RegleViolee
from domain.identifiers import suite_annuelle
from domain.ledger.event import Event
from domain.money import euros, verifie_montant
from domain.texte import ligne


class MasseDuPacte(RegleViolee):
    fondement = MASSES_DU_PACTE
    conseil = "Reprenez le montant et les années du Pacte ; une autre somme est une autre enveloppe, hors du Pacte."


@dataclass
class OuvrirEnveloppe(ActeDelibere):
    """`montant_cents` for `annee_debut`..`annee_fin`. FIC, PROX and projets are the Pacte's: its amounts, its years."""

    DROIT = "ouvrir_enveloppe"

    enveloppe: NomEnveloppe
    titre: str
    montant_cents: int
    annee_debut: int
    annee_fin: int

    def series(self) -> str:
        return suite_annuelle("EN", self.annee_debut if 2015 <= self.annee_debut <= 2099 else self.le.year)

    def reads(self) -> list[str]:
        return [f"enveloppes/{self.reference}", flux_deliberation(self.deliberation), flux_personne(self.acteur)]

    def decide(self) -> Iterable[Event]:
        par = self.par()
        verifie_choix(self)
        cents = verifie_montant(self.montant_cents, "montant_cents")
        years = (self.annee_debut, self.annee_fin)
        expected = MASSES.get(self.enveloppe)
        if expected is not None and (cents, *years) != (expected, ANNEES[0], ANNEES[-1]):
            raise MasseDuPacte(
                f"Le Pacte donne {euros(expected)} à cette enveloppe, de {ANNEES[0]} à {ANNEES[-1]}.",
                field="montant_cents",
            )
        if not years[0] <= years[1] <= years[0] + 10:
            raise MasseDuPacte(
                "Une enveloppe va d'une année à une autre, dix ans plus tard au plus.", field="annee_fin"
            )
        yield EnveloppeOuverte(
            survenu_le=self.le,
            regle=MASSES_DU_PACTE.id,
            enveloppe=self.enveloppe,
            titre=ligne(self.titre, "titre", "Le titre"),
            montant_cents=cents,
            annee_debut=self.annee_debut,
            annee_fin=self.annee_fin,
            deliberation=self.deliberee(),
            hors_pacte=expected is None,
            par=par,
        )
