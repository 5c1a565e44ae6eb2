"""The demonstration's meetings: a real conférence, invented acts; one was held, one is coming.

Who sits does so by function (`instances.conferences`); nobody is named.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.calendrier import PARIS
from domain.fonctions.confier_fonction import ConfierFonction
from domain.ledger.command import Command
from domain.seances.appeler_point import AppelerPoint, ConstaterQuorum, DeclarerDeport
from domain.seances.compter_vote import CompterVote
from domain.seances.constater_presences import ConstaterPresences, DonnerPouvoir, ExcuserAbsence
from domain.seances.convoquer import Convoquer
from domain.seances.inscrire_point import InscrirePoint, RenvoyerPoint
from domain.seances.planifier_seance import PlanifierSeance
from domain.seances.rediger_pv import RedigerPv
from domain.seances.tenir_seance import ElireSecretaire, LeverSeance, OuvrirSeance
from web.demonstration.acts import person
from web.demonstration.frame import START, _mail

CTM, SECRETARIAT = "ctm-val-d-yzeron", "secretariat-ctm-val-d-yzeron"
LIEU = "Salle des séances (démonstration)"
TENUE, A_VENIR = 31, 6  # days before and after today
MAIRES = (
    "maire-charbonnieres-les-bains",
    "maire-craponne",
    "maire-francheville",
    "maire-marcy-l-etoile",
    "maire-sainte-foy-les-lyon",
    "maire-saint-genis-les-ollieres",
    "maire-tassin-la-demi-lune",
)
POINTS = (
    "Partage des vélos entre les communes (démonstration)",
    "Horaires communs des déchèteries (démonstration)",
    "Calendrier des fêtes de quartier (démonstration)",
)
PROCHAINS = (
    "Arrêt du procès-verbal de la séance précédente (démonstration)",
    "Calendrier des fêtes de quartier, suite (démonstration)",
    "Ombre dans les cours d'école (démonstration)",
)
DEBATS = """Point 1. Partage des vélos
La présidence présente le projet : vingt vélos, prêtés d'une commune à l'autre.
Deux maires demandent une révision par an.

Point 2. Horaires des déchèteries
Les avis se partagent. Les uns veulent ouvrir le dimanche, les autres craignent le coût.

Point 3. Fêtes de quartier
Il manque le calendrier de deux communes : le point est renvoyé."""

# slug, function, instance, name
PERSONS = ((SECRETARIAT, "secretariat", CTM, "Secrétariat de la CTM Val d'Yzeron"),)
Made = Iterator[tuple[str, Command]]


def personnes() -> Made:
    """Who holds the meetings."""
    for slug, function, instance, called in PERSONS:
        held = f"{called} (démonstration)"
        yield (
            f"personnes/{slug}",
            ConfierFonction(
                person("administration"), START, person(slug), function, held, _mail(slug), START, instance=instance
            ),
        )


def planifier(today: date, days: int) -> Command:
    """A meeting so many days from today; its reference is drawn."""
    day = today + timedelta(days=days)
    return PlanifierSeance(_who(), day - timedelta(days=30), CTM, _heure(day, 18), LIEU, True)


def preparer(today: date, days: int, reference: str, points: tuple[str, ...]) -> Made:
    """Its agenda, and its convening."""
    day = today + timedelta(days=days)
    here = (_who(), day - timedelta(days=20), reference, CTM)
    for rank, objet in enumerate(points, start=1):
        yield f"{days}/point/{rank}", InscrirePoint(*here, objet, "metropole" if rank == 2 else "presidence")
    yield f"{days}/convocation", Convoquer(*here, day - timedelta(days=14))


def tenir(today: date, reference: str) -> Made:
    """Five are there, one is represented, one is excused; a tie that the chair decides; an item put off."""
    day = today - timedelta(days=TENUE)
    here = (_who(), day, reference, CTM)
    chair, second, *others = MAIRES
    yield "excuse", ExcuserAbsence(*here, others[4])
    yield "ouverture", OuvrirSeance(*here, _heure(day, 18, 5), chair)
    yield "presents", ConstaterPresences(*here, (chair, second, *others[:3]), "arrivee", _heure(day, 18, 5))
    yield "pouvoir", DonnerPouvoir(*here, others[3], second, _heure(day, 18, 6))
    yield "secretaire", ElireSecretaire(*here, second)
    yield "quorum", ConstaterQuorum(*here)
    yield "point-1", AppelerPoint(*here, 1, _heure(day, 18, 10))
    yield "vote-1", CompterVote(*here, 1, 5, 0, 1)
    yield "deport", DeclarerDeport(*here, others[2], 2)
    yield "point-2", AppelerPoint(*here, 2, _heure(day, 18, 40))
    yield "vote-2", CompterVote(*here, 2, 2, 2, 1, president="pour")
    yield "point-3", AppelerPoint(*here, 3, _heure(day, 19, 15))
    yield "renvoi-3", RenvoyerPoint(*here, 3, "Il manque le calendrier de deux communes")
    yield "fin", LeverSeance(*here, _heure(day, 19, 30))
    yield "pv", RedigerPv(_who(), day + timedelta(days=3), reference, CTM, DEBATS)


def _who() -> str:
    return person(SECRETARIAT)


def _heure(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), PARIS)
