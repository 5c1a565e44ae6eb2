"""The shared tablet: a QR code of the bureau binds it to one scrutin until the evening. Nothing is written here."""

from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from domain.calendrier import PARIS
from web.propositions.jetons import seal, unseal
from web.services import Services, services
from web.vote.screens import PRIVATE, on_kiosk, screen
from web.vote.sending import read_fields
from web.vote.session import KIOSK, cookie, cookie_name, end

PRINTED_AHEAD = 60 * 86400  # seconds: how long before its day a tablet's QR code may be made


class Tablette(msgspec.Struct, frozen=True):
    """A tablet's scrutin, and the day that it serves."""

    reference: str
    jour: date


def jeton_tablette(services: Services, reference: str, jour: date) -> str:
    """What the bureau's QR code holds after `/vote/tablette/`, for one scrutin and one day in Paris."""
    return seal(services.secret, KIOSK, msgspec.json.encode(Tablette(reference, jour)))


def bound_reference(request: Request[Any, Any, Any]) -> str | None:
    """The scrutin of this tablet, today."""
    found = _read(request, request.cookies.get(cookie_name(request, KIOSK), ""))
    return found.reference if found else None


@get("/vote/tablette/{jeton:str}", sync_to_thread=False)
def bind(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[Any]:
    """Asks the adult before the tablet becomes a voting booth; 403 when the code is of another day."""
    valable = _read(request, jeton) is not None
    title = "Cette tablette devient un isoloir" if valable else "Ce code de tablette n’est plus valable"
    context: dict[str, Any] = {"surtitre": "Bureau de vote", "valable": valable, "jeton": jeton}
    return screen(request, "tablette.html", status=200 if valable else 403, titre=title, **context)


@post("/vote/tablette/{jeton:str}")
async def bound(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[Any]:
    """The tablet serves this scrutin until midnight."""
    await read_fields(request)
    if _read(request, jeton) is None:
        return Redirect(f"/vote/tablette/{jeton}", status_code=303, headers=dict(PRIVATE))
    now = datetime.now(PARIS)
    evening = datetime.combine(now.date() + timedelta(days=1), time(), PARIS)
    answer = end(request, Redirect("/vote", status_code=303, headers=dict(PRIVATE)))
    answer.set_cookie(cookie(request, KIOSK, jeton, int((evening - now).total_seconds())))
    return answer


@get("/vote/tes-droits", sync_to_thread=False)
def rights(request: Request[Any, Any, Any]) -> Response[Any]:
    """What a pupil of 12 is promised, in 150 words."""
    return screen(request, "tes_droits.html", titre="Tes droits", tablette=on_kiosk(request))


def _read(request: Request[Any, Any, Any], jeton: str) -> Tablette | None:
    content = unseal(services(request).secret, KIOSK, jeton, PRINTED_AHEAD)
    found = msgspec.json.decode(content, type=Tablette) if content else None
    return found if found and found.jour == datetime.now(PARIS).date() else None


ROUTES = (bind, bound, rights)
