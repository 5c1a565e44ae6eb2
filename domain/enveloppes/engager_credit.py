"""Engager un crédit : an account pays for an operation that was decided; never more than what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.enveloppes import events as e
from domain.enveloppes.actes import Operation, OperationPasPrete, flux_operation
from domain.enveloppes.compte import Compte, Exercices
from domain.enveloppes.regles import COMPTE_JAMAIS_NEGATIF, PROJET_DE_TERRITOIRE, QUI_DECIDE
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.money import euros, verifie_montant

CREDITS = (e.CreditEngage, e.CreditLibere, e.CreditMandate)


class SoldeInsuffisant(RegleViolee):
    fondement = COMPTE_JAMAIS_NEGATIF
    conseil = "Engagez au plus ce qui reste, ou demandez une reconduction ou un abondement."


class AutreCompte(RegleViolee):
    fondement = QUI_DECIDE
    conseil = "Engagez l'opération sur le compte de son bénéficiaire, dans son enveloppe."


class ProjetDeTerritoireManquant(RegleViolee):
    fondement = PROJET_DE_TERRITOIRE
    conseil = "Faites d'abord délibérer le projet de territoire de cette conférence."


@dataclass
class ActeSurCredit(ActeDeFonction):
    """An act on an account for an operation: the account of `annee`, the year after it, the operation."""

    nom: str
    beneficiaire: str
    annee: int
    operation: str
    cents: int
    exercices: Exercices = field(default_factory=Exercices, init=False)
    faite: Operation = field(default_factory=Operation, init=False)

    def reads(self) -> list[str]:
        compte = Compte(self.nom, self.beneficiaire, self.annee)
        streams = (compte.flux, compte.suivant.flux, flux_operation(self.operation))
        return [*streams, flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        self.exercices.retenir(event)
        if not isinstance(event, CREDITS):  # an account has thousands of them, and they say nothing else
            super().know(event)
            self.faite.retenir(event)

    def au_titre(self) -> str:
        """The function that acts, in the commune's council where the account is a commune's."""
        return self.par(f"conseil-municipal-{self.beneficiaire}")


@dataclass
class EngagerCredit(ActeSurCredit):
    """`cents` of the account are committed to the operation."""

    DROIT = "engager_credit"

    territoire: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        place = [f"territoires/{self.beneficiaire}"] if self.nom == "projets" else []
        return [*super().reads(), *place]

    def know(self, event: Event) -> None:
        super().know(event)
        self.territoire = self.territoire or isinstance(event, e.ProjetDeTerritoireDelibere)

    def decide(self) -> Iterable[Event]:
        par = self.au_titre()
        left, cents = self.exercices.solde(self.annee), verifie_montant(self.cents)
        proposal = self.faite.ouverte()
        if (proposal.nom, proposal.beneficiaire) != (self.nom, self.beneficiaire):
            raise AutreCompte("Cette opération n'est pas de ce compte.", field="operation")
        if self.faite.decidee is None:
            raise OperationPasPrete("Cette opération n'est pas encore décidée.", field="operation")
        if self.nom == "projets" and not self.territoire:
            raise ProjetDeTerritoireManquant("Le projet de territoire de cette conférence n'est pas adopté.")
        if cents > left:
            raise SoldeInsuffisant(f"Il reste {euros(left)} sur ce compte.", field="cents")
        yield e.CreditEngage(
            survenu_le=self.le, regle=COMPTE_JAMAIS_NEGATIF.id, operation=self.operation, cents=cents, par=par
        )
