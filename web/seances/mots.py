"""The words of meetings: states, what each fact says, the vote in a sentence."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from domain.calendrier import PARIS
from domain.ledger.event import Event
from domain.majorites.simple import Resultat
from domain.majorites.suffrages import Suffrages
from domain.seances import events as e
from web.pages import NBSP, date_longue
from web.seances.lecture import Reunion

ETATS: Final = {
    "planifiee": ("a-venir", "Planifiée"),
    "convoquee": ("a-venir", "Convoquée"),
    "ouverte": ("en-cours", "En cours"),
    "levee": ("fait", "Tenue"),
    "annulee": ("retire", "Annulée"),
}
ORIGINES: Final = {"presidence": "la présidence", "metropole": "la Métropole", "membres": "des membres"}
MODES: Final = {"ordinaire": "scrutin ordinaire", "public": "scrutin public", "secret": "scrutin secret"}
SENS: Final = {
    "pour": "Pour",
    "contre": "Contre",
    "abstention": "Abstention",
    "nul": "Blanc ou nul",
    "ne_prend_pas_part": "Ne prend pas part",
}
AVIS: Final = {"favorable": "Avis favorable", "defavorable": "Avis défavorable", "sans_avis": "Sans avis"}
DECISIONS: Final = {"favorable": "Adopté", "defavorable": "Rejeté", "sans_avis": "Sans décision"}
PV: Final = {"": "à rédiger", "redige": "rédigé", "arrete": "arrêté", "publie": "publié"}


def heure(moment: datetime) -> str:
    """« 11 h 42 », in Paris; nothing at midnight sharp, which an extract without hours is entered at."""
    at = moment.astimezone(PARIS)
    if not (at.hour or at.minute):
        return ""
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02d}".removesuffix(f"{NBSP}00")


def a_heure(moment: datetime) -> str:
    """« à 11 h 42 » after a space, or nothing."""
    return f" à {at}" if (at := heure(moment)) else ""


def quand(moment: date | None) -> str:
    """« lundi 6 novembre 2017 à 9 h »; the day alone where no hour is known."""
    return f"{date_longue(moment)}{a_heure(moment) if isinstance(moment, datetime) else ''}"


def issue(reunion: Reunion, vote: e.VoteCompte) -> str:
    """« Avis favorable » in a conférence, « Adopté » elsewhere."""
    return (AVIS if reunion.type == "ctm" else DECISIONS)[vote.issue]


def suffrages(vote: e.VoteCompte) -> Suffrages | None:
    """The count, None where the source carries none."""
    if vote.pour is None or vote.contre is None:
        return None
    return Suffrages(vote.presents, vote.pouvoirs, vote.pour, vote.contre, vote.abstentions or 0, vote.nuls or 0)


def phrase_du_vote(vote: e.VoteCompte) -> str:
    """The arithmetic of a vote, unfolded; nothing is guessed where no count is carried."""
    counts = suffrages(vote)
    if counts is None:
        return "Le détail du vote n’est pas porté."
    chair: Any = vote.president
    return Resultat(counts, vote.issue, vote.preponderante, chair).phrase


def nombre(n: int, mot: str) -> str:
    """« 1 présent », « 12 présents »."""
    return f"{n} {mot}{'s' if n > 1 else ''}"


def liste(reunion: Reunion, elus: Sequence[str], most: int = 8) -> str:
    """Names in a sentence; beyond `most`, how many."""
    if len(elus) > most:
        return nombre(len(elus), "membre")
    return ", ".join(reunion.nom(elu) for elu in elus)


def phrase(reunion: Reunion, event: Event) -> str:
    """What happened, in one sentence."""
    return _cadre(reunion, event) or _tenue(reunion, event) or _vote(reunion, event) or _pv(reunion, event)


def _cadre(reunion: Reunion, event: Event) -> str:
    match event:
        case e.SeancePlanifiee():
            who = ORIGINES[event.a_l_initiative_de]
            return f"Séance planifiée pour le {quand(event.prevue_le)}, à l’initiative de {who}."
        case e.PointInscrit():
            return f"Point {event.rang} inscrit{NBSP}: {event.objet}."
        case e.OrdreDuJourReordonne():
            return f"Ordre du jour{NBSP}: points {', '.join(map(str, event.rangs))}."
        case e.ConvocationEnvoyee():
            why = f", en urgence{NBSP}: {event.motif}" if event.urgence else ""
            return f"Convocation envoyée {nombre(event.jours, 'jour')} avant{why}."
        case e.SeanceReportee():
            return f"Séance reportée au {quand(event.au)}{NBSP}: {event.motif}."
        case e.SeanceAnnulee():
            return f"Séance annulée{NBSP}: {event.motif}."
        case e.SeanceOuverte():
            return f"Séance ouverte{a_heure(event.heure)}, sous la présidence de {reunion.nom(event.president)}."
        case e.SeanceLevee():
            return f"Séance levée{a_heure(event.heure)}."
    return ""


def _tenue(reunion: Reunion, event: Event) -> str:
    match event:
        case e.SecretaireElu():
            return f"{reunion.nom(event.elu)} est secrétaire de séance."
        case e.PresencesConstatees():
            what = "Arrivée" if event.mouvement == "arrivee" else "Départ"
            return f"{what}{a_heure(event.heure)}{NBSP}: {liste(reunion, event.elus)}."
        case e.AbsenceExcusee():
            return f"{reunion.nom(event.elu)} s’excuse."
        case e.PouvoirDonne():
            return f"{reunion.nom(event.mandant)} donne pouvoir à {reunion.nom(event.mandataire)}."
        case e.PouvoirRevoque():
            return f"{reunion.nom(event.mandant)} reprend son pouvoir."
        case e.QuorumConstate():
            word = "atteint" if event.atteint else "non atteint"
            where = f", point {event.rang}" if event.rang else ""
            counted = nombre(event.presents, "présent")
            if event.regle is None:
                return f"{counted} dans la salle{where}."
            return f"Quorum {word}{where}{NBSP}: {counted}, {nombre(event.seuil, 'exigé')}."
        case e.UrgenceVotee():
            return f"L’urgence est {'admise' if event.admise else 'refusée'}."
        case e.HuisClosDecide():
            return f"Huis clos{NBSP}: {event.motif}."
    return ""


def _vote(reunion: Reunion, event: Event) -> str:
    match event:
        case e.PointAppele():
            return f"Point {event.rang} appelé{a_heure(event.heure)}."
        case e.DeportDeclare():
            return f"{reunion.nom(event.elu)} se déporte pour le point {event.rang}."
        case e.AuditionTenue():
            return f"Entendu sur le point {event.rang}{NBSP}: {event.qualite}."
        case e.ScrutinDemande():
            asked = f", demandé par {nombre(len(event.demandeurs), 'membre')}" if event.demandeurs else ""
            return f"Point {event.rang}{NBSP}: {MODES[event.mode]}{asked}."
        case e.VoixNominatives():
            return f"Point {event.rang}{NBSP}: voix par nom, lot {event.lot} sur {event.lots}."
        case e.VoteCompte():
            return f"Point {event.rang}, {issue(reunion, event).lower()}. {phrase_du_vote(event)}"
        case e.PointRenvoye():
            return f"Point {event.rang} renvoyé{NBSP}: {event.motif}."
    return ""


def _pv(reunion: Reunion, event: Event) -> str:
    match event:
        case e.PvRedige():
            return "Procès-verbal rédigé."
        case e.PvArrete():
            return f"Procès-verbal arrêté à la séance {event.a_la_seance}."
        case e.PvPublie():
            return "Procès-verbal publié."
        case e.RectificationEnregistree():
            wrong = next((f.event for f in reunion.faits if f.fact.version == event.version), None)
            said = phrase(reunion, wrong) if wrong is not None else ""
            return f"Rectifié{NBSP}: «{NBSP}{said.rstrip('.')}{NBSP}». {event.motif}"
    return ""
