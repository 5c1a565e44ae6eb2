"""Ajouter une photo : before or after the works, with words for who cannot see it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.choix import verifie_choix
from domain.enveloppes.actes import ActeSurOperation, OperationInconnue
from domain.enveloppes.events import MomentPhoto, PhotoAjoutee
from domain.enveloppes.regles import ORDRE_DES_OPERATIONS
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import ligne


class PhotoIllisible(RegleViolee):
    fondement = ORDRE_DES_OPERATIONS
    conseil = "Choisissez une image JPEG ou PNG, puis renvoyez-la."


@dataclass
class AjouterPhoto(ActeSurOperation):
    """`empreinte` is the sha256 of a picture that the site keeps; `description` tells it."""

    DROIT = "ajouter_photo"

    moment: MomentPhoto
    empreinte: str
    description: str

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par()
        if self.faite.proposee is None:
            raise OperationInconnue("Cette opération n'est pas dans le registre.")
        if not re.fullmatch("[0-9a-f]{64}", self.empreinte):
            raise PhotoIllisible("Cette photo n'a pas pu être lue.", field="photo")
        yield PhotoAjoutee(
            survenu_le=self.le,
            regle=ORDRE_DES_OPERATIONS.id,
            moment=self.moment,
            empreinte=self.empreinte,
            description=ligne(self.description, "description", "La description"),
            par=par,
        )
