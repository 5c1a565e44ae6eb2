"""The journal's list: fifty events a page, newest first, by kind, dossier and day of recording."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec

from domain.ledger.entry import decode_entry, timestamp
from domain.ledger.event import stream_id
from web.journal.reading import Fact, facts_of
from web.journal.words import streams, topics
from web.pages import PARIS
from web.services import Services

PER_PAGE = 50
LAST = 1 << 62

LIST = """SELECT notification_id, state FROM ledger.stored_events
    WHERE notification_id > %s AND notification_id < %s"""


class Filters(msgspec.Struct, frozen=True):
    """What was asked. Days are those of Paris; `avant` and `apres` are positions, excluded."""

    nature: str = ""
    dossier: str = ""
    du: str = ""
    au: str = ""
    avant: int | None = None
    apres: int | None = None
    errors: dict[str, str] = {}

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        """From a query string; what cannot be read is kept as written and named in `errors`."""
        asked = {name: typed(query.get(name, "")) for name in ("nature", "dossier", "du", "au", "avant", "apres")}
        errors = {name: "Écrivez la date ainsi : 2026-04-14." for name in ("du", "au") if not _is_day(asked[name])}
        if asked["nature"] and not topics(asked["nature"]):
            errors["nature"] = "Choisissez une nature d’acte dans la liste."
        if len(asked["dossier"]) > 200:
            errors["dossier"] = "Recopiez le numéro du dossier, par exemple GEPI-2026-0087."
        return cls(
            nature=asked["nature"],
            dossier=asked["dossier"],
            du=asked["du"],
            au=asked["au"],
            avant=_position(asked["avant"]),
            apres=_position(asked["apres"]),
            errors=errors,
        )

    def url(self, **bounds: int) -> str:
        """The address of another page of the same list."""
        kept = {name: getattr(self, name) for name in ("nature", "dossier", "du", "au")}
        query = urlencode({name: value for name, value in (kept | bounds).items() if value})
        return f"/journal?{query}" if query else "/journal"

    @property
    def active(self) -> bool:
        return bool(self.nature or self.dossier or self.du or self.au)


def typed(text: Any) -> str:
    """What a person typed, without control characters and outer spaces."""
    return "".join(c for c in str(text) if c.isprintable()).strip()


def _is_day(text: str) -> bool:
    try:
        return not text or 1900 <= date.fromisoformat(text).year <= 2999
    except ValueError:
        return False


def _position(text: str) -> int | None:
    return min(int(text), LAST) if text.isdecimal() and len(text) < 30 else None


class Listing(msgspec.Struct, frozen=True):
    """One page of the list, and the addresses of its neighbours (empty when there is none)."""

    facts: list[Fact]
    newer: str
    older: str


async def listing(services: Services, filters: Filters) -> Listing:
    """The events of this page."""
    low, high = await _bounds(services, filters)
    forward = filters.apres is not None and filters.avant is None
    low, high = max(low, filters.apres or 0), min(high, filters.avant or LAST)
    query, parameters = LIST, list[Any]([low, high])
    if filters.nature:
        query, parameters = query + " AND topic = ANY(%s)", [*parameters, topics(filters.nature)]
    if filters.dossier:
        query += " AND originator_id = ANY(%s)"
        parameters = [*parameters, [stream_id(stream) for stream in streams(filters.dossier)]]
    query += " ORDER BY notification_id" + (" ASC" if forward else " DESC") + " LIMIT %s"
    facts = facts_of(await services.fetch(query, [*parameters, PER_PAGE + 1]))
    more, facts = len(facts) > PER_PAGE, facts[:PER_PAGE]
    if forward:
        facts.reverse()
    newer = more if forward else filters.avant is not None
    older = True if forward else more
    return Listing(
        facts,
        filters.url(apres=facts[0].position) if facts and newer else "",
        filters.url(avant=facts[-1].position) if facts and older else "",
    )


async def _bounds(services: Services, filters: Filters) -> tuple[int, int]:
    """Positions, both excluded, between which the events were recorded in these days."""
    low, high = 0, LAST
    if filters.du:
        low = await _first_since(services, date.fromisoformat(filters.du)) - 1
    if filters.au:
        high = await _first_since(services, date.fromisoformat(filters.au) + timedelta(days=1))
    return low, high


async def _first_since(services: Services, day: date) -> int:
    """First position recorded on this day or later, by bisection: positions follow the recording times, to within
    the difference between the clocks of two servers."""
    since = timestamp(datetime.combine(day, time(), PARIS))
    [(size,)] = await services.fetch("SELECT size FROM ledger.head")
    low, high = 1, size + 1
    while low < high:
        middle = (low + high) // 2
        at, recorded = await _recorded_from(services, middle, high)
        if recorded is not None and recorded < since:
            low = at + 1
        else:
            high = middle
    return low


async def _recorded_from(services: Services, position: int, end: int) -> tuple[int, str | None]:
    """First event from here that carries a recording time (batches of ballots carry none), and that time."""
    while position < end:
        rows = await services.fetch(
            "SELECT notification_id, state FROM ledger.stored_events"
            " WHERE notification_id >= %s AND notification_id < %s ORDER BY notification_id LIMIT 20",
            (position, end),
        )
        for at, state in rows:
            if (recorded := decode_entry(bytes(state)).enregistre_le) is not None:
                return at, recorded
        position += 20
    return position, None
