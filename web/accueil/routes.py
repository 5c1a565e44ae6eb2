"""Home page and health."""

from typing import Any

from litestar import Request, Response, get

from web.pages import page
from web.services import services


@get("/", sync_to_thread=False)
def accueil(request: Request[Any, Any, Any]) -> Response[str]:
    """Three doors: say, follow, check."""
    return page(request, "accueil/accueil.html", titre="Accueil")


@get("/sante", sync_to_thread=False)
def sante() -> dict[str, str]:
    """The process is up."""
    return {"etat": "en marche"}


@get("/sante/pret")
async def sante_pret(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """The database answers and the projections follow: `retard` in events. 503 when not, with the reason."""
    found = services(request)
    [(size,)] = await found.fetch("SELECT size FROM ledger.head")
    [(position,)] = await found.fetch("SELECT position FROM tracking")
    state = {"taille": size, "retard": size - position, "arret": found.live.halted}
    return Response(state, status_code=503 if found.live.halted else 200)


ROUTES = (accueil, sante, sante_pret)
