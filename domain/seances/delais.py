"""Delays of a meeting: whole days between the convening and the meeting, clear days for an urgent one."""

from datetime import date

from domain.law import Regle
from domain.majorites import seuils
from domain.seances.regles import CONVOCATION


def jours_avant(envoyee: date, seance: date) -> int:
    """Days from the sending to the meeting."""
    return (seance - envoyee).days


def delai_suffisant(envoyee: date, seance: date, urgence: bool, regle: Regle = CONVOCATION) -> bool:
    """Twelve days, or one clear day between the two when it is urgent (L3121-19); or what another rule says."""
    days, urgent = (int(regle.parametres[name]) for name in ("jours", "jours_urgence"))
    return seuils.delai_suffisant(envoyee, seance, urgence, days, urgent)


def moitie(membres: int, demandeurs: int) -> bool:
    """Half of the members of a conférence ask for a meeting (A:222)."""
    return demandeurs > 0 and 2 * demandeurs >= membres
