"""What the page of a body says of its own life: dates and names, mergers, seats and presidencies, a past day."""

from datetime import date, timedelta
from typing import Any

from projections.instances import InstanceRow
from web.acces.persons import today
from web.mandats.fiche import fiche
from web.mandats.lecture import assemblees
from web.mandats.mots import SORTES
from web.pages import date_longue
from web.propositions.instances import Annuaire
from web.services import Services
from web.territoire.communes import read_communes

MUNICIPAL = "conseil-municipal-"


async def histoire(
    services: Services, names: Annuaire, row: InstanceRow, au: int | date | None = None
) -> dict[str, Any]:
    """The body now, or as of `au`: a legal day, or what the register knew at that act."""
    known = await assemblees(services)
    if isinstance(au, int):
        known = known.jusqu_a(au)
    day = au if isinstance(au, date) else today()
    return {
        "sorte": SORTES[row.type],
        "validite": validite(row),
        "jour": date_longue(day),
        "quand": quand(au),
        "noms": [nom for nom in row.appellations if nom["du"] or nom["au"]],
        "avant": [_ancien(name) for name in row.appellations],
        "liens": await _liens(services, names, row),
        "fiche": fiche(known.de(row.slug), day),
        "existe": existe(row, day),
    }


def quand(au: int | date | None) -> str:
    """« le lundi 6 novembre 2017 », « à l’acte n° 1842 », or nothing."""
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"


def existe(row: InstanceRow, le: date) -> bool:
    """Whether the body is there on that day."""
    return row.du <= le and (row.au is None or le <= row.au)


def nom_du_jour(row: InstanceRow, le: date) -> str:
    """What it was called on that day."""
    for name in row.appellations:
        since, until = (date.fromisoformat(name[end]) if name[end] else None for end in ("du", "au"))
        if until is not None and le <= until and (since is None or since <= le):
            return str(name["nom"])
    return row.nom


def validite(row: InstanceRow) -> str:
    """« depuis le 1er janvier 2015 », « du … au … »."""
    since = date_longue(row.du)
    return f"du {since} au {date_longue(row.au)}" if row.au else f"depuis le {since}"


def _ancien(name: dict[str, Any]) -> str:
    until = f", jusqu’au {date_longue(date.fromisoformat(name['au']))}" if name["au"] else ""
    return f"{name['nom']}{until}"


async def _liens(services: Services, names: Annuaire, row: InstanceRow) -> list[dict[str, str]]:
    """The commune, the councils that became this one, or the one that it became; the conference's communes."""
    if row.type == "ctm":
        return [{"href": f"/ctm/{row.slug.removeprefix('ctm-')}", "texte": "Ses communes et leurs dossiers"}]
    code = row.slug.removeprefix(MUNICIPAL)
    communes = await read_communes(services) if row.slug.startswith(MUNICIPAL) else None
    if communes is None or code not in communes.rows:
        return []
    town, found = communes.rows[code], []
    if town.devient:
        heir = names.par_slug.get(f"{MUNICIPAL}{town.devient}")
        if heir:
            day = date_longue((town.au or today()) + timedelta(days=1))
            found.append({"href": f"/instances/{heir.slug}", "texte": f"Depuis le {day} : {heir.nom}"})
    for other in communes.absorbed(town):
        former = names.par_slug.get(f"{MUNICIPAL}{other.insee}")
        if former:
            found.append({"href": f"/instances/{former.slug}", "texte": f"Il a pris la suite : {former.nom}"})
    return [*found, {"href": f"/communes/{code}", "texte": f"La commune : {town.nom}"}]
