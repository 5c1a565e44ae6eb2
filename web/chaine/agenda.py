"""The decision and the terms of a chain, for an agenda (RFC 5545): stable UIDs, days without hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import NotFoundException

from domain.deliberations.deliberation import contestable_jusqu_au
from domain.deliberations.events import ActePublie
from web.atom import NEVER
from web.chaine.dossiers import chaine_de
from web.chaine.lecture import Chaine
from web.chaine.noeuds import noeuds, places
from web.chaine.pages import lire
from web.ics import MEDIA_TYPE, fichier, texte, utc
from web.services import services


class Jour(msgspec.Struct, frozen=True):
    """A day to keep: its part of the UID, what it is."""

    nom: str
    le: date
    titre: str


def jours_de(found: Chaine) -> Iterator[Jour]:
    """The decision, the last day to contest it, and the terms that run or have run out."""
    for node in noeuds(found, [p for p in places(found) if p.voie == "confluence" or p.attendu]):
        if node.le is not None and node.etat in ("fait", "a-venir", "en-retard"):
            name = "decision" if node.voie == "confluence" else node.cle.replace(" ", "-")
            yield Jour(name, node.le, node.titre)
    posted = next((f for f in found.propres if isinstance(f.event, ActePublie)), None)
    if posted is not None:
        yield Jour("recours", contestable_jusqu_au(posted.le), "Dernier jour pour contester")


async def chaine_ics(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """`/chaines/{reference}.ics`. 404 when nothing of it has a day."""
    found, site = await lire(request, reference, request.query_params.get("au")), services(request).settings.public_url
    days = list(jours_de(found))
    if not days:
        raise NotFoundException(f"La chaîne de {reference} n’a encore ni décision ni échéance.")
    stamp = max(found.faits, key=lambda f: f.fact.position).fact.recorded_at or NEVER
    host = site.partition("://")[2]
    events = (_event(found, day, host, site, stamp) for day in days)
    headers = {"Content-Disposition": f'attachment; filename="chaine-{reference}.ics"'}
    text = fichier("Chaîne", chain.from_iterable(events))
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


def _event(found: Chaine, day: Jour, host: str, site: str, stamp: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{found.reference}-{day.nom}@{host}",
        f"DTSTAMP:{utc(stamp.astimezone(UTC))}",
        f"DTSTART;VALUE=DATE:{day.le:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.le + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{texte(f'{day.titre} ({found.reference}) : {found.titre}')}",
        f"URL:{site}{chaine_de(found.reference)}",
        "END:VEVENT",
    ]
