"""Adopter une proposition : the group makes it its own, by consensus or by a vote."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import ModeAdoption, PropositionAdoptee
from domain.propositions.regles import ETAPES


class PasEncoreDiscutee(RegleViolee):
    fondement = ETAPES
    conseil = "Notez d'abord la séance où le groupe en a parlé."


class VoteIncomplet(RegleViolee):
    fondement = ETAPES
    conseil = "Donnez le nombre de voix pour, de voix contre et d'abstentions."


class VoteNonMajoritaire(RegleViolee):
    fondement = ETAPES
    conseil = "Une proposition qui n'a pas la majorité n'est pas adoptée : elle peut revenir à une autre séance."


class PlusDeVoixQueDePersonnes(RegleViolee):
    fondement = ETAPES
    conseil = "Vérifiez les voix, ou le nombre de personnes de la séance."


class DejaAdoptee(DejaFait):
    fondement = ETAPES


@dataclass
class AdopterProposition(ActeSurProposition):
    """By vote, the three counts are needed, and there are more for than against; by consensus there are none."""

    DROIT = "adopter_proposition"

    mode: ModeAdoption
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if not self.dossier.seances:
            raise PasEncoreDiscutee("Le groupe n'a pas encore parlé de cette proposition.")
        if self.dossier.adoptee:
            raise DejaAdoptee("Le groupe a déjà adopté cette proposition.")
        counts = self._voix() if self.mode == "vote" else (None, None, None)
        yield PropositionAdoptee(
            survenu_le=self.le,
            regle=ETAPES.id,
            mode=self.mode,
            pour=counts[0],
            contre=counts[1],
            abstentions=counts[2],
            par=par,
        )

    def _voix(self) -> tuple[int, int, int]:
        pour, contre, abstentions = self.pour, self.contre, self.abstentions
        if pour is None or contre is None or abstentions is None or min(pour, contre, abstentions) < 0:
            raise VoteIncomplet("Il manque un des trois nombres du vote.", field="pour")
        people = self.dossier.seances[-1].participants
        if pour + contre + abstentions > people:
            raise PlusDeVoixQueDePersonnes(f"La dernière séance comptait {people} personnes.", field="pour")
        if pour <= contre:
            raise VoteNonMajoritaire(f"{pour} pour et {contre} contre : ce n'est pas une majorité.", field="pour")
        return pour, contre, abstentions
