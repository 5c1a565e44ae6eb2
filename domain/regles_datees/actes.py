"""What the acts on a rule-set share: its stream, its examples executed, the second person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.droits import tenait
from domain.errors import DejaFait, RegleViolee
from domain.jeux_de_regles import Jeu, Jeux, flux_regles, moteur_de
from domain.ledger.event import Event
from domain.majorites.entrees import lire
from domain.majorites.moteurs import MOTEURS, Moteur
from domain.regles_datees.events import ExempleDuJeu
from domain.regles_datees.regles import DEUX_PERSONNES_REGLES, JEUX_DE_REGLES, VALIDITE, JeuInconnu


class ExempleFaux(RegleViolee):
    fondement = JEUX_DE_REGLES
    conseil = "Corrigez l'exemple, ou les paramètres : les deux doivent dire la même chose."


class JeuDejaDecide(DejaFait):
    fondement = JEUX_DE_REGLES
    conseil = "Une règle publiée ne change plus : fermez sa validité, puis proposez la suivante."


class MemePersonnePourLaRegle(RegleViolee):
    fondement = DEUX_PERSONNES_REGLES
    conseil = "Demandez à quelqu'un d'autre, qui tient l'autre fonction."


class ValiditeImpossible(RegleViolee):
    fondement = VALIDITE
    conseil = "Changez les dates, ou fermez d'abord la validité de l'autre règle."


@dataclass
class ActeSurJeu(ActeDeFonction):
    """An act on the set of this name."""

    jeu: str
    jeux: Jeux = field(default_factory=Jeux, init=False)

    def reads(self) -> list[str]:
        return [flux_regles(moteur_de(self.jeu)), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.jeux.retenir(event)

    @property
    def moteur(self) -> Moteur:
        """The rule that it sets."""
        return MOTEURS[moteur_de(self.jeu)]

    def connu(self) -> Jeu:
        """The set. Raises JeuInconnu."""
        if self.jeu not in self.jeux.par_id:
            raise JeuInconnu("Ce jeu de règles n'est pas dans le registre.", field="jeu")
        return self.jeux.par_id[self.jeu]

    def a_decider(self) -> Jeu:
        """The set, which waits for its second person, who is not the first. Raises JeuDejaDecide, MemePersonne…"""
        found = self.connu()
        if found.etat != "propose":
            raise JeuDejaDecide("Cette proposition est déjà publiée ou écartée.")
        before = found.propose.survenu_le or self.le
        if tenait(self.titres, found.propose.par, before):
            raise MemePersonnePourLaRegle("Une autre personne doit le faire, au titre d'une autre fonction.")
        return found

    def executer(self, parametres: dict[str, int | str], exemples: Iterable[ExempleDuJeu]) -> None:
        """Raises ExempleFaux on the first example that the rule answers otherwise, ValeurImpossible."""
        lire(self.moteur.parametres, parametres)
        for rank, one in enumerate(exemples, start=1):
            found = self.moteur.executer(parametres, one.donne)
            if found.valeur != one.attendu:
                said = self.moteur.reponses.get(one.attendu, one.attendu[:40])
                raise ExempleFaux(
                    f"Exemple {rank} : la règle répond « {self.moteur.reponses[found.valeur]} », pas « {said} ». "
                    f"{found.phrase}",
                    field=f"exemple{rank}-attendu",
                )
