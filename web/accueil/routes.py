"""Home page and health; the pages that explain the site."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get

from domain.calendrier import PARIS
from web.accueil.metriques import metrics
from web.accueil.pages import accessibilite, aide, donnees_personnelles, plan
from web.accueil.semaine import semaine
from web.pages import page
from web.services import services

STANDING = """SELECT h.size, coalesce(c.size, 0), floor(extract(epoch FROM now() - c.signed_at))::int
    FROM ledger.head h
    LEFT JOIN (SELECT size, signed_at FROM ledger.checkpoints ORDER BY size DESC LIMIT 1) c ON true"""


@get("/")
async def accueil(request: Request[Any, Any, Any]) -> Response[str]:
    """Three doors: say, follow, check; then this week, and what is late."""
    day = datetime.now(PARIS).date()
    found = await semaine(services(request), day)
    lines: dict[str, Any] = {"recents": found.recentes(day), "lignes": found.lignes, "retards": found.retards}
    return page(request, "accueil/accueil.html", titre="Accueil", **lines)


@get("/sante", sync_to_thread=False)
def sante() -> dict[str, str]:
    """The process is up."""
    return {"etat": "en marche"}


@get("/sante/pret")
async def sante_pret(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """The database answers and the projections follow: `retard` in events. 503 when not, with the reason.

    `a_signer`: events that no checkpoint covers yet; `age_du_point`: seconds since the last one, null before it.
    """
    found = services(request)
    [(size, signed, age)] = await found.fetch(STANDING)
    [(position,)] = await found.fetch("SELECT position FROM tracking")
    late = {"retard": size - position, "a_signer": size - signed, "age_du_point": age}
    state = {"taille": size, **late, "arret": found.live.halted}
    return Response(state, status_code=503 if found.live.halted else 200)


ROUTES = (accueil, sante, sante_pret, metrics, aide, plan, accessibilite, donnees_personnelles)
