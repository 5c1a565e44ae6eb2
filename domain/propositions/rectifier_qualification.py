"""Rectifier la qualification : the former one stays readable, with the reason of the change."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import Competence, QualificationRectifiee
from domain.propositions.qualifier_proposition import qualification
from domain.propositions.regles import THEMES
from domain.texte import ligne


class RienARectifier(DejaFait):
    fondement = THEMES


@dataclass
class RectifierQualification(ActeSurProposition):
    """All three values again, and why: `motif` is public."""

    DROIT = "rectifier_qualification"

    theme: str
    competence: Competence
    titre: str
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit(meme_fini=True)  # the title stays public after the end
        former = self.dossier.lue()
        titre = qualification(self.theme, self.titre)
        if (former.theme, former.competence, former.titre) == (self.theme, self.competence, titre):
            raise RienARectifier("La qualification est déjà celle-là.")
        yield QualificationRectifiee(
            survenu_le=self.le,
            regle=THEMES.id,
            theme=self.theme,
            competence=self.competence,
            titre=titre,
            motif=ligne(self.motif, "motif", "La raison"),
            par=par,
        )
