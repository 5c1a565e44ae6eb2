"""The rule-sets of the register, read from their own streams: one a rule, a few facts each."""

from datetime import date
from typing import Any

import msgspec

from domain.jeux_de_regles import Jeu, Jeux, flux_regles
from domain.ledger.entry import recorded
from domain.ledger.event import TOPICS, Recorded, stream_id
from domain.majorites.moteurs import MOTEURS
from web.pages import date_longue, nombre
from web.services import Services

READ = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s) ORDER BY notification_id"""
STREAMS = [stream_id(flux_regles(moteur)) for moteur in MOTEURS]
PORTEES = {
    "conseil": "le Conseil",
    "ctm": "les conférences territoriales des maires",
    "conseil_municipal": "les conseils municipaux",
    "commission": "les commissions",
    "comite": "les comités",
    "developpement": "le Conseil de développement",
    "participation": "le GEPI",
    "jeunes": "COMET Jeunes",
}
CONFERENCE = "la Conférence métropolitaine"


class Registre(msgspec.Struct):
    """Every rule-set, and the acts that made each."""

    jeux: Jeux
    faits: list[Recorded]

    def actes(self, jeu: str) -> list[dict[str, Any]]:
        """The acts on this set, oldest first, as a page shows them."""
        return [
            {
                "mot": ACTES[type(fact.event).__name__],
                "date": date_longue(fact.event.survenu_le),
                "numero": nombre(fact.position),
                "index": fact.position - 1,
                "par": getattr(fact.event, "par", ""),
                "motif": getattr(fact.event, "motif", ""),
            }
            for fact in self.faits
            if getattr(fact.event, "jeu", "") == jeu
        ]


ACTES = {
    "JeuDeReglesPropose": "Proposée",
    "JeuDeReglesPublie": "Publiée par une seconde personne",
    "JeuDeReglesEcarte": "Écartée",
    "ValiditeClose": "Validité fermée",
}


async def read_jeux(services: Services) -> Registre:
    """All of them, as they stand."""
    topics = [topic for topic in TOPICS if topic.startswith("regles_datees/")]
    rows = await services.fetch(READ, (STREAMS, topics))
    found = Registre(Jeux(), [recorded(at, bytes(state)) for at, state in rows])
    for fact in found.faits:
        found.jeux.retenir(fact.event)
    return found


def etat(jeu: Jeu, le: date) -> tuple[str, str]:
    """Where it stands on that day: a kind for `components/dossier.html`, and words."""
    if jeu.etat == "propose":
        return "en-cours", "Proposée : elle ne vaut pas encore"
    if jeu.etat == "ecarte":
        return "retire", "Écartée"
    if jeu.vaut(le):
        return "fait", "En vigueur"
    return ("a-venir", "À venir") if le < jeu.propose.du else ("sans-objet", "Finie")


def portee(jeu: Jeu) -> str:
    """The bodies that it rules."""
    return PORTEES.get(jeu.propose.portee or "", CONFERENCE)
