"""The terms of saisines, for an agenda (RFC 5545): a stable UID, one more SEQUENCE at each prorogation."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from projections.avis import SaisineRow
from web.avis.lecture import load
from web.avis.listes import ATTENDUE
from web.colleges.lecture import read
from web.ics import MEDIA_TYPE, fichier, texte
from web.propositions.instances import Annuaire, annuaire
from web.services import Services, services


@get("/avis.ics")
async def agenda_des_avis(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every term that still runs."""
    found = services(request)
    rows = await read(found, SaisineRow, f"{ATTENDUE} AND terme IS NOT NULL ORDER BY terme, depot LIMIT 1000")
    return await _answer(found, "avis", rows)


async def saisine_ics(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The term of one saisine, kept or cancelled. 404 where there is none."""
    found = await load(services(request), reference)
    if found is None or found.row.terme is None:
        raise NotFoundException(f"Aucune échéance n’est connue pour {reference[:40]}.")
    return await _answer(services(request), reference, [found.row])


async def _answer(found: Services, name: str, rows: Iterable[SaisineRow]) -> Response[bytes]:
    host = found.settings.public_url.partition("://")[2]
    names, site = await annuaire(found), found.settings.public_url
    events = (_event(row, row.terme, names, host, site) for row in rows if row.terme)
    text = fichier("Avis", chain.from_iterable(events))
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


def _event(row: SaisineRow, terme: date, names: Annuaire, host: str, site: str) -> list[str]:
    what = "Dernier jour pour rendre un avis" if row.silence_vaut_avis else "Réponse attendue"
    stamp = datetime.combine(row.deposee_le, datetime.min.time(), UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{row.reference}-terme@{host}",
        f"SEQUENCE:{row.prorogations + (1 if row.retiree_le else 0)}",
        f"STATUS:{'CANCELLED' if row.retiree_le else 'CONFIRMED'}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{terme:%Y%m%d}",
        f"DTEND;VALUE=DATE:{terme + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{texte(f'{what} : {row.objet} ({names.nom(row.a)})')}",
        f"URL:{site}/dossiers/{row.reference}",
        "END:VEVENT",
    ]
