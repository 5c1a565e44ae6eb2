"""One account (a beneficiary, an envelope, a year), folded from its events; and the year after it, where it matters."""

import re
from dataclasses import dataclass, field

from domain.enveloppes import events as e
from domain.enveloppes.masses import CLE_DE_REPARTITION
from domain.errors import Introuvable
from domain.ledger.event import Event

_BENEFICIAIRE = re.compile("[0-9a-z][0-9a-z-]{0,60}")


class CompteInconnu(Introuvable):
    fondement = CLE_DE_REPARTITION
    conseil = "Vérifiez l'enveloppe, le bénéficiaire et l'année : le compte s'ouvre avec sa dotation."


@dataclass(frozen=True)
class Compte:
    """Which account: `nom` of the envelope, INSEE code or slug of a conférence, year."""

    nom: str
    beneficiaire: str
    annee: int

    @property
    def flux(self) -> str:
        """Its stream. Raises CompteInconnu on words that no account can have."""
        if (
            not _BENEFICIAIRE.fullmatch(self.beneficiaire)
            or not 2015 <= self.annee <= 2100
            or not self.nom.isidentifier()
        ):
            raise CompteInconnu("Ce compte n'est pas dans le registre.")
        return f"comptes/{self.nom}/{self.beneficiaire}/{self.annee}"

    @property
    def suivant(self) -> "Compte":
        """The same one, a year later."""
        return Compte(self.nom, self.beneficiaire, self.annee + 1)


@dataclass
class Sommes:
    """What happened on an account, in cents. `engage` and `mandate` are by operation, net of what was released."""

    dotation: int = 0
    rectifie: int = 0
    reconduit: int = 0
    reconduit_de: int | None = None
    abonde: int = 0
    engage: dict[str, int] = field(default_factory=dict)
    mandate: dict[str, int] = field(default_factory=dict)
    deliberation: str = ""

    def solde(self, sorti: int = 0) -> int:
        """What is left. `sorti`: what was carried over to the next year."""
        came = self.dotation + self.rectifie + self.reconduit + self.abonde
        return came - sum(self.engage.values()) - sorti

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.CreditEngage():
                self.engage[event.operation] = self.engage.get(event.operation, 0) + event.cents
            case e.CreditLibere():
                self.engage[event.operation] = self.engage.get(event.operation, 0) - event.cents
            case e.CreditMandate():
                self.mandate[event.operation] = self.mandate.get(event.operation, 0) + event.cents
            case e.DotationInscrite():
                self.dotation, self.deliberation = event.cents, event.deliberation
            case e.DotationRectifiee():
                self.rectifie += event.difference_cents
            case e.ReconductionAccordee():
                self.reconduit, self.reconduit_de = self.reconduit + event.cents, event.de_annee
            case e.AbondementInscrit():
                self.abonde += event.cents


@dataclass
class Exercices:
    """The accounts of several years, read one stream after the other: each begins with its allocation."""

    par_annee: dict[int, Sommes] = field(default_factory=dict)
    _courante: Sommes | None = None

    def retenir(self, event: Event) -> None:
        """Adds what this event says to the account being read; ignores what is no fact of an account."""
        if isinstance(event, e.DotationInscrite):
            self._courante = self.par_annee.setdefault(event.annee, Sommes())
        if self._courante is not None:
            self._courante.retenir(event)

    def solde(self, annee: int) -> int:
        """What is left on the account of that year. Raises CompteInconnu."""
        sums = self.par_annee.get(annee)
        if sums is None:
            raise CompteInconnu("Ce compte n'a pas encore de dotation.")
        return sums.solde(self.sorti(annee))

    def sorti(self, annee: int) -> int:
        """What the following year received from that one."""
        after = self.par_annee.get(annee + 1)
        return after.reconduit if after and after.reconduit_de == annee else 0
