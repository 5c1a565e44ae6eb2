"""Constater la réalisation : it is there; what it cost, what one sees."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeSurBudget, EtapePrecedente
from domain.budget_participatif.events import RealisationConstatee
from domain.budget_participatif.montants import montant
from domain.budget_participatif.regles import REALISATION
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.texte import propre

SIGNES_DESCRIPTION = 300


class RealisationDejaConstatee(DejaFait):
    fondement = REALISATION


class PhotoIllisible(RegleViolee):
    fondement = REALISATION
    conseil = "Envoyez la photo à nouveau."


@dataclass
class ConstaterRealisation(ActeSurBudget):
    """`photo` is the sha256 (hexadecimal) of a picture that the site keeps; `description` says what it shows."""

    DROIT = "constater_realisation"

    projet: str
    cout_reel_cents: int
    description: str
    photo: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.projet(self.projet)
        if self.projet not in self.budget.commandes:
            raise EtapePrecedente("Les travaux de ce projet ne sont pas commandés.", field="projet")
        if self.projet in self.budget.realises:
            raise RealisationDejaConstatee("La réalisation de ce projet est déjà constatée.", field="projet")
        if self.photo is not None and not re.fullmatch("[0-9a-f]{64}", self.photo):
            raise PhotoIllisible("Cette photo n'est pas enregistrée.", field="photo")
        yield RealisationConstatee(
            survenu_le=self.le,
            regle=REALISATION.id,
            projet=self.projet,
            cout_reel_cents=montant(self.cout_reel_cents, "cout", zero=True),
            description=propre(self.description, SIGNES_DESCRIPTION, "description", "La description"),
            photo=self.photo,
            par=par,
        )
