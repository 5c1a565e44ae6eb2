"""Qualifier une proposition : the team has read it, and says what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.coordonnees import nomme_quelqu_un
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import Competence, PropositionQualifiee
from domain.propositions.regles import THEMES
from domain.texte import SIGNES_TITRE, ligne


class ThemeInconnu(RegleViolee):
    fondement = THEMES
    conseil = "Choisissez un thème de la liste."


class TitreQuiNommeQuelquUn(RegleViolee):
    fondement = THEMES
    conseil = "Écrivez un titre qui dit le sujet, et personne."


class DejaQualifiee(DejaFait):
    fondement = THEMES
    conseil = "Pour la corriger, passez par « Rectifier », en disant pourquoi."


def qualification(theme: str, titre: str) -> str:
    """The title, cleaned. Raises ThemeInconnu, TitreQuiNommeQuelquUn, TexteVide, TexteTropLong."""
    if theme not in THEMES.parametres:
        raise ThemeInconnu("Ce thème n'est pas dans la liste.", field="theme")
    found = ligne(titre, "titre", "Le titre", SIGNES_TITRE)
    if nomme_quelqu_un(found):
        raise TitreQuiNommeQuelquUn("Le titre montre un courriel ou un téléphone.", field="titre")
    return found


@dataclass
class QualifierProposition(ActeSurProposition):
    """`theme` is an id of the rule `themes-2026`; `titre` is short, public, and names nobody."""

    DROIT = "qualifier_proposition"

    theme: str
    competence: Competence
    titre: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.dossier.qualification is not None:
            raise DejaQualifiee("Cette proposition est déjà lue et classée.")
        titre = qualification(self.theme, self.titre)
        yield PropositionQualifiee(
            survenu_le=self.le, regle=THEMES.id, theme=self.theme, competence=self.competence, titre=titre, par=par
        )
