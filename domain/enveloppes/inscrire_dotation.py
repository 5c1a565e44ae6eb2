"""Inscrire une dotation : a year's amount on an account, as the split in force gives it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import flux_personne
from domain.enveloppes import events as e
from domain.enveloppes.actes import ActeDelibere, DeliberationManquante, flux_deliberation
from domain.enveloppes.compte import Compte, Exercices
from domain.enveloppes.enveloppe import Enveloppe, de_l_annee, flux_enveloppe
from domain.enveloppes.masses import CLE_DE_REPARTITION, NOUVEAU_PARTAGE
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.money import verifie_montant


class DotationDejaInscrite(DejaFait):
    fondement = CLE_DE_REPARTITION


class DotationDifferente(RegleViolee):
    fondement = CLE_DE_REPARTITION
    conseil = "Reprenez le montant du partage adopté : il est montré sur la page de la répartition."


class AnneePasCommencee(RegleViolee):
    fondement = NOUVEAU_PARTAGE
    conseil = "Attendez le 1er janvier de cette année : le partage peut encore changer d'ici là."


@dataclass
class InscrireDotation(ActeDelibere):
    """The allocation of `compte`. `cents` is only for an envelope without a key; otherwise it is computed."""

    DROIT = "inscrire_dotation"

    enveloppe: str
    nom: str
    beneficiaire: str
    ctm: str
    annee: int
    cents: int | None = None
    connu: Enveloppe = field(default_factory=Enveloppe, init=False)
    exercices: Exercices = field(default_factory=Exercices, init=False)

    def reads(self) -> list[str]:
        compte = Compte(self.nom, self.beneficiaire, self.annee)
        streams = (compte.flux, flux_enveloppe(self.enveloppe), flux_deliberation(self.deliberation))
        return [*streams, flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.connu.retenir(event)
        self.exercices.retenir(event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        opened = self.connu.connue()
        if self.exercices.par_annee:
            raise DotationDejaInscrite("Ce compte a déjà sa dotation de l'année.")
        if opened.enveloppe != self.nom or not opened.annee_debut <= self.annee <= opened.annee_fin:
            raise DotationDifferente("Ce compte n'est pas de cette enveloppe, ou pas de ces années.", field="annee")
        if self.annee > self.le.year:
            raise AnneePasCommencee(f"L'année {self.annee} n'a pas commencé.", field="annee")
        yield e.DotationInscrite(
            survenu_le=self.le,
            regle=CLE_DE_REPARTITION.id,
            enveloppe=self.enveloppe,
            nom=opened.enveloppe,
            beneficiaire=self.beneficiaire,
            annee=self.annee,
            cents=self._cents(opened),
            deliberation=self.deliberee(),
            par=par,
        )

    def _cents(self, opened: e.EnveloppeOuverte) -> int:
        split = self.connu.en_vigueur(self.annee)
        if split is None:
            if opened.enveloppe in ("fic", "prox", "projets"):
                raise DeliberationManquante("Aucun partage de cette enveloppe n'est adopté pour cette année.")
            return verifie_montant(self.cents or 0)
        whole = [p.cents for p in split.parts if (p.insee or p.ctm) == (self.beneficiaire if p.insee else self.ctm)]
        if not whole:
            raise DotationDifferente("Ce bénéficiaire n'est pas dans le partage.", field="beneficiaire")
        due = de_l_annee(whole[0], split, opened, self.annee)
        if self.cents not in (None, due):
            raise DotationDifferente("Ce montant n'est pas celui du partage adopté.", field="cents")
        return due
