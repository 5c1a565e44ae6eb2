"""Which meeting comes next, and how it is said."""

from datetime import date

from domain.ledger.event import Event
from domain.reunions.events import ReunionAnnoncee, ReunionAnnulee, ReunionReportee
from projections.reunions import ReunionRow
from web.pages import NBSP, date_longue
from web.services import Services

EVENTS = (ReunionAnnoncee, ReunionReportee, ReunionAnnulee)
COMING = """SELECT cle, instance, numero, le, heure, lieu, reportee, annulee, motif, position FROM reunions
    WHERE instance = %s AND le >= %s AND NOT annulee ORDER BY le, heure NULLS FIRST, numero"""


async def a_venir(services: Services, instance: str, jour: date) -> list[ReunionRow]:
    """The meetings of this instance from that day on, the next one first."""
    names = ReunionRow.__struct_fields__
    return [ReunionRow(**dict(zip(names, row, strict=True))) for row in await services.fetch(COMING, (instance, jour))]


async def prochaine(services: Services, instance: str, jour: date) -> str:
    """« mardi 14 avril 2026 à 18 h 30, Maison de la Métropole de Vénissieux », or nothing."""
    return next((rendez_vous(row.le, row.heure, row.lieu) for row in await a_venir(services, instance, jour)), "")


def rendez_vous(le: date, heure: str | None, lieu: str) -> str:
    """Day, hour and place, in words."""
    hours, _, minutes = (heure or "").partition(":")
    at = f" à {int(hours)}{NBSP}h{NBSP}{minutes}".removesuffix(f"{NBSP}00") if heure else ""
    return f"{date_longue(le)}{at}, {lieu}"


def phrase(event: Event) -> str:
    """What happened, in one or two plain sentences."""
    match event:
        case ReunionAnnoncee():
            return f"Prochaine réunion du groupe\u00a0: {rendez_vous(event.le, event.heure, event.lieu)}."
        case ReunionReportee():
            rendez = rendez_vous(event.le, event.heure, event.lieu)
            return f"La réunion du groupe est déplacée\u00a0: {rendez}. Raison\u00a0: {_sans_point(event.motif)}."
        case ReunionAnnulee():
            return f"La réunion du groupe n’aura pas lieu. Raison\u00a0: {_sans_point(event.motif)}."
    return ""


def _sans_point(text: str) -> str:
    return text.rstrip(" .")
