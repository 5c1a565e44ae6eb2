"""The QR code that turns a tablet into a voting booth for the day; it is shown to the bureau only."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from domain.calendrier import PARIS
from web.access import require
from web.impression.compiler import qr
from web.pages import date_longue, page
from web.scrutins.acte import entete, fil
from web.scrutins.vue import lire
from web.services import services
from web.vote.tablet import jeton_tablette

DROIT = "ouvrir_scrutin"


@get("/bureau/scrutins/{reference:str}/tablette")
async def ouvrir_tablette(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """Today's code, and how to use it."""
    vue, day = await lire(request, reference), datetime.now(PARIS).date()
    await require(request, DROIT, vue.cree.college)
    jeton = jeton_tablette(services(request), reference, day)
    address = f"{services(request).settings.public_url}/vote/tablette/{jeton}"
    return page(
        request,
        "scrutins/tablette.html",
        titre="Ouvrir une tablette",
        fil=fil(vue, ("tablette", "Ouvrir une tablette")),
        vue=entete(vue),
        jour=date_longue(day),
        adresse=address,
        code_qr=qr(address),
    )
