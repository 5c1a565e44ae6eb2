"""Illustrer un projet : a picture for its ballot card, with words for who cannot see it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeSurBudget
from domain.budget_participatif.events import ProjetIllustre
from domain.budget_participatif.regles import LISTE
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import ligne

SIGNES_DESCRIPTION = 160


class ImageManquante(RegleViolee):
    fondement = LISTE
    conseil = "Choisissez une image JPEG ou PNG, puis renvoyez-la."


class ImagesFigees(RegleViolee):
    fondement = LISTE
    conseil = "Un bulletin ne change plus quand son vote est préparé."


@dataclass
class IllustrerProjet(ActeSurBudget):
    """`image` is the sha256 (hexadecimal) of a picture that the site keeps. Until the vote is prepared."""

    DROIT = "illustrer_projet"

    projet: str
    image: str | None
    description: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.projet(self.projet)
        if self.budget.scrutin is not None:
            raise ImagesFigees("Le vote de ce dossier est déjà préparé.", field="projet")
        if self.image is None or not re.fullmatch("[0-9a-f]{64}", self.image):
            raise ImageManquante("Il manque l'image de ce projet.", field="photo")
        yield ProjetIllustre(
            survenu_le=self.le,
            regle=LISTE.id,
            projet=self.projet,
            image=self.image,
            description=ligne(self.description, "description", "La description", SIGNES_DESCRIPTION),
            par=par,
        )
