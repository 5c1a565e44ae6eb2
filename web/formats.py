"""The same thing in another form: `/dossiers/X.json` and `.atom` beside `/dossiers/X`, for dossiers and instances.

The router has no suffixes: these addresses arrive at the page's handler, and are answered before it.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from web.access import before_request as who
from web.api.consultation import dossier_json, instance_json
from web.avis.agenda import saisine_ics
from web.avis.api import saisine_atom, saisine_json
from web.chaine.agenda import chaine_ics
from web.chaine.formats import chaine_atom, chaine_csv, chaine_json
from web.colleges.api import budget_atom, budget_json
from web.deliberations.api import deliberation_json
from web.errors import ADVICE_TO_PROGRAMS, fault, problem
from web.flux.feeds import dossier_atom, instance_atom
from web.seances.pages import seance_ics

Answer = Callable[[Request[Any, Any, Any], str], Awaitable[Response[bytes]]]

_SUFFIXED = re.compile(r"/(chaines|deliberations|dossiers|instances|seances)/([^/.]{1,80})\.(atom|csv|ics|json)")


def _by_series(usual: Answer, **others: Answer) -> Answer:
    """Some series of dossiers (BPC-2026-0001, AV-2026-0001) have their own forms."""

    async def other(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
        return await others.get(reference.partition("-")[0], usual)(request, reference)

    return other


async def _no_calendar(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    raise NotFoundException(f"Aucune échéance n’est connue pour {reference[:40]}.")


SUFFIXES = (".atom", ".csv", ".ics", ".json")
FORMATS: dict[tuple[str, str], Answer] = {
    ("chaines", "atom"): chaine_atom,
    ("chaines", "csv"): chaine_csv,
    ("chaines", "ics"): chaine_ics,
    ("chaines", "json"): chaine_json,
    ("dossiers", "atom"): _by_series(dossier_atom, BPC=budget_atom, AV=saisine_atom),
    ("dossiers", "ics"): _by_series(_no_calendar, AV=saisine_ics),
    ("dossiers", "json"): _by_series(dossier_json, BPC=budget_json, AV=saisine_json),
    ("deliberations", "json"): deliberation_json,
    ("instances", "atom"): instance_atom,
    ("instances", "json"): instance_json,
    ("seances", "ics"): seance_ics,
}


async def before_request(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """Who is asking; then the other form, where the address has a suffix."""
    await who(request)
    path = request.scope["path"]
    found = _SUFFIXED.fullmatch(path) if path.endswith(SUFFIXES) else None
    answer = FORMATS.get((found[1], found[3])) if found else None
    if found is None or answer is None:
        return None
    try:
        return await answer(request, found[2])
    except Exception as error:
        return problem(fault(error, ADVICE_TO_PROGRAMS), error)
