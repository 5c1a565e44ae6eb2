"""`/argent`: the 200 million euros of the Pacte at a glance."""

from typing import Any

from litestar import Request, Response, get

from web.argent.bilan import bilan
from web.argent.lecture import une_fois
from web.colleges.pages import fil
from web.pages import page
from web.services import services


@get("/argent")
async def voir_argent(request: Request[Any, Any, Any]) -> Response[str]:
    """Envelopes, years, conférences, axes; operations above the thresholds; what is carried over."""
    context = await une_fois(services(request), "bilan", bilan)
    crumbs = fil(("/", "Accueil"), ("/argent", "Argent"))
    return page(request, "argent/argent.html", titre="L’argent du Pacte", fil=crumbs, **context)
