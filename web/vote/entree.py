"""The slip: its code typed at `/vote`, or read from its QR code at `/v/{code}`. Only a good slip opens a session."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.scrutins.codes import CodeMalCopie, lire_code
from web.errors import Fault, fault
from web.limits import TooMany
from web.services import services
from web.urne.store import etat_billet, trouver_scrutin
from web.vote import refus
from web.vote.attempts import MANY, wrong
from web.vote.ballot import Vote, kiosk_vote, read_vote, refusal
from web.vote.screens import PRIVATE, on_kiosk, screen
from web.vote.sending import read_fields
from web.vote.session import Isoloir, current, end, isoloir, keep

AGAIN = (CodeMalCopie, refus.BilletInconnu, TooMany)  # the field stays, to correct a sign
REASONS: dict[type[RegleViolee], str] = {
    CodeMalCopie: "copie",
    refus.BilletInconnu: "inconnu",
    refus.BilletDejaServi: "servi",
    refus.BilletAnnule: "annule",
    refus.VotePasOuvert: "attente",
    refus.VoteFini: "fini",
}
WRONG_SCAN = "Il y a une erreur de copie dans le code. Écris-le ici, comme sur ton billet."


@get("/vote")
async def code(
    request: Request[Any, Any, Any],
    refus: FromQuery[str] = "",
    scrutin: FromQuery[str] = "",
    efface: FromQuery[str] = "",
) -> Response[Any]:
    """Where the code is typed; always empty, and whoever was here before is gone. `refus`: why a QR code failed."""
    vote = await read_vote(services(request), scrutin) if scrutin else await kiosk_vote(request)
    error = _told(refus, vote)
    answer = _form(request, vote, efface=bool(efface)) if error is None else show(request, error, vote)
    return end(request, answer)


@post("/vote", status_code=200)
async def enter(request: Request[Any, Any, Any]) -> Response[Any]:
    """The code that was typed: 303 to the ballot, or why not (422, 404, 409, 429)."""
    typed = (await read_fields(request)).get("code", "")[:60]
    slip = await open_slip(request, typed)
    if slip.session is not None:
        return keep(request, _to("/vote/bulletin"), slip.session)
    return end(request, show(request, slip.error or refus.BilletInconnu(), slip.vote, typed))


@get("/v/{code:str}")
async def scan(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """The QR code: 303 at once, so that the code leaves the address bar, whatever it is worth."""
    slip = await open_slip(request, code[:60])
    if slip.session is not None:
        return keep(request, _to("/vote/bulletin"), slip.session)
    told = {"refus": next((name for kind, name in REASONS.items() if isinstance(slip.error, kind)), "essais")}
    if slip.vote is not None:
        told["scrutin"] = slip.vote.reference
    return end(request, _to(f"/vote?{urlencode(told)}"))


class Slip(msgspec.Struct, frozen=True):
    """What a code opens: a session, or why none (`error`), and for which scrutin where the slip exists."""

    vote: Vote | None
    session: Isoloir | None = None
    error: Exception | None = None


async def open_slip(request: Request[Any, Any, Any], typed: str) -> Slip:
    """Looks a code up. A bad copy is told before anything is read or counted.

    The session that this browser has for the same slip goes on, and its order with it.
    """
    found, here = services(request), await kiosk_vote(request)
    try:
        slip = await trouver_scrutin(found, lire_code(typed))
    except CodeMalCopie as error:
        return Slip(here, error=error)
    vote = await read_vote(found, slip[0]) if slip else None
    if slip is None or vote is None or (here is not None and here.reference != vote.reference):
        return Slip(here, error=await wrong(found, here))
    refused = refusal(vote, await etat_billet(found, *slip))
    if refused is not None:
        return Slip(vote, error=refused)
    mine = current(request)
    kept = mine is not None and (mine.reference, mine.credential) == slip
    return Slip(vote, mine if kept else isoloir(*slip))


def show(request: Request[Any, Any, Any], error: Exception, vote: Vote | None, typed: str = "") -> Response[Any]:
    """Why the slip opens nothing: the form again where the code may be wrong, else a page that says what to do."""
    found = fault(error)
    if isinstance(error, AGAIN):
        return _form(request, vote, faute=found, code=typed)
    context: dict[str, Any] = {"college": vote.lieu if vote else "", "essai": bool(vote and vote.cree.essai)}
    if vote and not on_kiosk(request):
        context["agenda"] = f"/vote/agenda/{vote.reference}" if isinstance(error, refus.VotePasOuvert) else ""
        context["resultats"] = f"/scrutins/{vote.reference}" if isinstance(error, refus.VoteFini) else ""
    title = TITLES.get(type(error), "Ton billet")
    common: dict[str, Any] = {
        "agenda": "",
        "resultats": "",
        "recommencer": isinstance(error, refus.BulletinEfface),
        "titre": title,
    }
    return screen(request, "refus.html", status=found.status, faute=found, **(common | context))


TITLES: dict[type[Exception], str] = {
    refus.VotePasOuvert: "C’est bientôt",
    refus.VoteFini: "Le vote est fini",
    refus.BulletinEfface: "Le bulletin s’est effacé",
}


def _form(
    request: Request[Any, Any, Any], vote: Vote | None, *, faute: Fault | None = None, **context: Any
) -> Response[Any]:
    common: dict[str, Any] = {
        "code": "",
        "efface": False,
        "champ": faute is not None,
        "college": vote.lieu if vote else "",
    }
    essai = bool(vote and vote.cree.essai)
    status = faute.status if faute else 200
    title = "Ton code de vote"
    return screen(request, "code.html", status=status, titre=title, faute=faute, essai=essai, **(common | context))


def _told(reason: str, vote: Vote | None) -> Exception | None:
    """The refusal that a QR code led to, told again at an address without the code."""
    kind = next((kind for kind, name in REASONS.items() if name == reason), None)
    if reason == "essais":
        return TooMany(MANY.seconds)
    if kind is None:
        return None
    if kind is CodeMalCopie:
        return CodeMalCopie(WRONG_SCAN)
    if kind in (refus.BilletInconnu, refus.BilletDejaServi):
        return kind()
    if vote is None:
        return None
    return refusal(vote, "annule" if kind is refus.BilletAnnule else "libre")


def _to(path: str) -> Redirect:
    return Redirect(path, status_code=303, headers=dict(PRIVATE))


ROUTES = (code, enter, scan)
