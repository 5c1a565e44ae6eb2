"""Déposer une réclamation : anybody contests the vote, within the delay. The words are read by the team only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendrier import date_longue
from domain.choix import verifie_choix
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import SurScrutin, a_l_etape, regle_du_vote
from domain.scrutins.events import MotifReclamation, ReclamationDeposee
from domain.scrutins.regles import RECLAMATIONS
from domain.texte import SIGNES_MOTIF, ligne_ou_rien, propre


class ReclamationTropTot(RegleViolee):
    fondement = RECLAMATIONS
    conseil = "Dites tout de suite au bureau de vote ce qui ne va pas : il note l'incident, et le note publiquement."


class DelaiDeReclamationPasse(RegleViolee):
    fondement = RECLAMATIONS
    conseil = "Écrivez à la Direction de l'éducation."


@dataclass
class DeposerReclamation(SurScrutin):
    """`le` is the day in Paris; `contact` a way to answer, if the person wants one."""

    le: date
    motif: MotifReclamation
    texte: str
    contact: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        regle_du_vote(self.etat)
        if self.etat.phase not in ("proclame", "efface", "annule"):
            raise ReclamationTropTot("Le résultat n'est pas encore proclamé.")
        known = self.etat.proclame
        if known is not None and self.le > known.reclamations_jusqu_au:
            raise DelaiDeReclamationPasse(f"Le délai a fini le {date_longue(known.reclamations_jusqu_au)}.")
        a_l_etape(self.etat, "proclame")
        yield ReclamationDeposee(
            survenu_le=self.le,
            regle=RECLAMATIONS.id,
            rang=len(self.etat.reclamations) + 1,
            motif=self.motif,
            texte=propre(self.texte, SIGNES_MOTIF, "texte", "La réclamation"),
            contact=ligne_ou_rien(self.contact, "contact", "Le contact"),
        )
