"""An envelope, folded from its events: its amount, the inputs of its split, the split in force for each year."""

from dataclasses import dataclass, field

from domain.enveloppes import events as e
from domain.enveloppes.actes import ActeDelibere
from domain.enveloppes.masses import MASSES_DU_PACTE
from domain.enveloppes.repartition import annuites
from domain.errors import Introuvable
from domain.identifiers import est_reference
from domain.ledger.event import Event


class EnveloppeInconnue(Introuvable):
    fondement = MASSES_DU_PACTE


@dataclass
class Enveloppe:
    """What is known of it. `repartitions` in their order: the last one that began before a year rules it."""

    ouverte: e.EnveloppeOuverte | None = None
    donnees: e.DonneesArretees | None = None
    repartitions: list[e.RepartitionAdoptee] = field(default_factory=list)

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.EnveloppeOuverte():
                self.ouverte = event
            case e.DonneesArretees():
                self.donnees = event
            case e.RepartitionAdoptee():
                self.repartitions.append(event)

    def connue(self) -> e.EnveloppeOuverte:
        """Its opening. Raises EnveloppeInconnue."""
        if self.ouverte is None:
            raise EnveloppeInconnue("Cette enveloppe n'est pas dans le registre.", field="enveloppe")
        return self.ouverte

    def en_vigueur(self, annee: int) -> e.RepartitionAdoptee | None:
        """The split that rules this year: a new one changes the future only."""
        return next((one for one in reversed(self.repartitions) if one.annee_debut <= annee), None)

    def a_partager(self, annee: int) -> int:
        """What a split from this year on shares, in cents: all that the years before it were not given."""
        opened, given = self.connue(), 0
        for year in range(opened.annee_debut, annee):
            split = self.en_vigueur(year)
            given += sum(de_l_annee(p.cents, split, opened, year) for p in split.parts) if split else 0
        return opened.montant_cents - given


def de_l_annee(cents: int, split: e.RepartitionAdoptee, opened: e.EnveloppeOuverte, annee: int) -> int:
    """The share of this year in a part of a split, which rules from its first year to the envelope's last one."""
    return annuites(cents, opened.annee_fin - split.annee_debut + 1)[annee - split.annee_debut]


def flux_enveloppe(reference: str) -> str:
    """The stream of an envelope. Raises EnveloppeInconnue on what is no reference."""
    if not est_reference(reference) or not reference.startswith("EN-"):
        raise EnveloppeInconnue("Cette enveloppe n'est pas dans le registre.", field="enveloppe")
    return f"enveloppes/{reference}"


@dataclass
class ActeSurEnveloppe(ActeDelibere):
    """An act on one envelope, by a deliberation."""

    enveloppe: str
    connu: Enveloppe = field(default_factory=Enveloppe, init=False)

    def know(self, event: Event) -> None:
        super().know(event)
        self.connu.retenir(event)
