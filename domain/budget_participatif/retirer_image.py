"""Retirer une image : somebody can be recognised on it, or it shows something else; the register says it went."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.dossier import ActeSurBudget
from domain.budget_participatif.events import ImageRetiree
from domain.budget_participatif.montants import raison
from domain.budget_participatif.regles import REALISATION
from domain.errors import Introuvable
from domain.ledger.event import Event


class ImageInconnue(Introuvable):
    fondement = REALISATION
    conseil = "Rechargez la page du dossier."


@dataclass
class RetirerImage(ActeSurBudget):
    """At any time: the picture of the ballot card, and that of what was built, of this project."""

    DROIT = "retirer_image"

    projet: str
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        shown = (self.budget.images.get(self.projet), self.budget.photos.get(self.projet))
        images = dict.fromkeys(image for image in shown if image is not None)
        if not images:
            raise ImageInconnue("Ce projet n'a pas d'image.", field="projet")
        motif = raison(self.motif, regle=REALISATION)
        for image in images:
            yield ImageRetiree(
                survenu_le=self.le, regle=REALISATION.id, projet=self.projet, image=image, motif=motif, par=par
            )
