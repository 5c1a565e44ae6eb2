"""Days: working days in France, terms that end on one, dates as people read them."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@lru_cache(maxsize=64)
def jours_feries(annee: int) -> frozenset[date]:
    """Public holidays of mainland France (Code du travail, L3133-1)."""
    import holidays  # here: it takes longer to load than all of the domain

    return frozenset(holidays.country_holidays("FR", years=annee))


def ouvre(jour: date) -> bool:
    """Monday to Friday, public holidays excepted."""
    return jour.weekday() < 5 and jour not in jours_feries(jour.year)


@lru_cache(maxsize=4096)
def terme(depart: date, jours: int) -> date:
    """Last day of a delay of so many days; the day it starts does not count; moved on to the next working day."""
    return prochain_jour_ouvre(depart + timedelta(days=jours))


def mois_apres(depart: date, mois: int) -> date:
    """The same day so many months later; the last day of a shorter month (30 November + 3 months = 28 February)."""
    years, month = divmod(depart.year * 12 + depart.month - 1 + mois, 12)
    return date(years, month + 1, min(depart.day, monthrange(years, month + 1)[1]))


def prochain_jour_ouvre(depart: date) -> date:
    """That day, or the first working day after it."""
    found = depart
    while not ouvre(found):
        found += timedelta(days=1)
    return found


@lru_cache(maxsize=4096)
def jour(moment: date | datetime) -> date:
    """The day of a moment, in Paris."""
    return moment.astimezone(PARIS).date() if isinstance(moment, datetime) else moment


def date_longue(moment: date) -> str:
    """« 14 avril 2026 », « 1er mai 2026 »."""
    return f"{'1er' if moment.day == 1 else moment.day} {_MOIS[moment.month - 1]} {moment.year}"
