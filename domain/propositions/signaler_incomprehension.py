"""« Je n'ai pas compris » : a call-back is owed, and a closed dossier opens again."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.coordonnees import telephone
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeDeLAuteur
from domain.propositions.events import IncomprehensionSignalee
from domain.propositions.regles import RAPPEL

DEMI_JOURNEES = tuple(
    f"{jour}_{moment}"
    for jour in ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
    for moment in ("matin", "apres_midi")
)


class DemiJourneeInconnue(RegleViolee):
    fondement = RAPPEL
    conseil = "Choisissez des demi-journées de la liste, du lundi matin au vendredi après-midi."


class RappelDejaDemande(DejaFait):
    fondement = RAPPEL
    conseil = "Vous n'avez rien à faire : l'équipe va vous appeler."


@dataclass
class SignalerIncomprehension(ActeDeLAuteur):
    """The telephone is optional where the team has one already; half-days are among DEMI_JOURNEES."""

    telephone: str | None = None
    demi_journees: tuple[str, ...] = ()

    def decide(self) -> Iterable[Event]:
        self.agit(meme_clos=True)
        if self.dossier.rappel_du:
            raise RappelDejaDemande("Vous avez déjà demandé à être rappelé ou rappelée.")
        if any(choice not in DEMI_JOURNEES for choice in self.demi_journees):
            raise DemiJourneeInconnue("Cette demi-journée n'est pas dans la liste.", field="demi_journees")
        yield IncomprehensionSignalee(
            survenu_le=self.le,
            regle=RAPPEL.id,
            telephone=telephone(self.telephone) if self.telephone else None,
            demi_journees=[choice for choice in DEMI_JOURNEES if choice in self.demi_journees] or None,
        )
