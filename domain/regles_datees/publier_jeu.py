"""Publier ou écarter un jeu de règles : the second person."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.regles_datees.actes import ActeSurJeu, ValiditeImpossible
from domain.regles_datees.events import JeuDeReglesEcarte, JeuDeReglesPublie
from domain.regles_datees.regles import DEUX_PERSONNES_REGLES
from domain.texte import SIGNES_MOTIF, propre


@dataclass
class PublierJeu(ActeSurJeu):
    """By somebody who did not hold the function that proposed it, that day. Its examples are executed again."""

    DROIT = "publier_jeu"

    def decide(self) -> Iterable[Event]:
        par = self.par()
        found = self.a_decider()
        wanted = found.propose
        self.executer(wanted.parametres, wanted.exemples)
        for other in self.jeux.par_id.values():
            same = other.etat == "publie" and other.propose.portee == wanted.portee
            if same and other.chevauche(wanted.du, wanted.au):
                raise ValiditeImpossible(f"La règle « {other.propose.jeu} » vaut déjà une partie de ces jours.")
        yield JeuDeReglesPublie(survenu_le=self.le, regle=DEUX_PERSONNES_REGLES.id, jeu=self.jeu, par=par)


@dataclass
class EcarterJeu(ActeSurJeu):
    """The second person says no, and why."""

    DROIT = "publier_jeu"

    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self.a_decider()
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "La raison")
        yield JeuDeReglesEcarte(survenu_le=self.le, regle=DEUX_PERSONNES_REGLES.id, jeu=self.jeu, motif=motif, par=par)
