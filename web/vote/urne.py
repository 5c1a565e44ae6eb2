"""The sealed ballot reaches the urn, once, whatever the network does; then the tablet forgets."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.scrutins.traceurs import lire_traceur
from web.errors import fault
from web.services import services
from web.urne.store import Depot, deposer, etat_billet
from web.vote.ballot import Vote, read_vote, refusal
from web.vote.entree import show
from web.vote.refus import BilletDejaServi, BilletInconnu, BulletinEfface, BulletinIllisible, VoteFini
from web.vote.screens import PRIVATE, on_kiosk, screen
from web.vote.sending import read_fields, sealed_bytes, wants_json
from web.vote.session import Fini, Isoloir, current, end, ended, read_ticket

DAY = 86400
ALREADY = "Ton bulletin était déjà bien arrivé. Il compte une seule fois."


@post("/vote/urne", status_code=200)
async def drop(request: Request[Any, Any, Any]) -> Response[Any]:
    """Puts the sealed ballot in the urn: JSON for the page's script, else 303 to « A voté ! ».

    Sending the same bytes again is told so and counts once; anything else under a used slip is 409.
    """
    fields = await read_fields(request)
    vote = None
    try:
        sealed, (slip, live) = sealed_bytes(fields.get("scelle", "")), await _slip(request, fields.get("billet", ""))
        told = await deposer(services(request), slip.reference, slip.credential, sealed)
        if told not in ("accepte", "deja_le_meme"):
            vote = await read_vote(services(request), slip.reference)
            raise _refusal(told, vote)
    except RegleViolee as error:
        return _refused(request, error, vote)
    traceur = _tracker(fields.get("numero", "")) if live else ""
    return _done(request, Fini(slip.reference, traceur, told == "deja_le_meme"))


@get("/vote/fini")
async def finished(request: Request[Any, Any, Any]) -> Response[Any]:
    """« A voté ! » for who votes without JavaScript, for five minutes and as long as nobody closes it."""
    found = ended(request)
    vote = await read_vote(services(request), found.reference) if found else None
    if found is None or vote is None:
        return end(request, Redirect("/vote", status_code=303, headers=dict(PRIVATE)))
    context: dict[str, Any] = {
        "surtitre": vote.surtitre,
        "essai": vote.cree.essai,
        "deja": found.deja,
        "traceur": found.traceur,
    }
    return screen(request, "fini.html", titre="A voté\u00a0!", **context)


@get("/vote/fermer")
async def leave(request: Request[Any, Any, Any], efface: FromQuery[str] = "") -> Response[Any]:
    """« Élève suivant », « Fermer », or nobody there any more: nothing is left here."""
    kiosk = on_kiosk(request)
    path = "/vote?efface=1" if efface else "/vote" if kiosk else "/"
    return end(request, Redirect(path, status_code=303, headers=dict(PRIVATE)))


async def _slip(request: Request[Any, Any, Any], value: str) -> tuple[Isoloir, bool]:
    """The slip of a form, and whether this browser is still in its session.

    Where the session is over, only a ballot that is already there may be sent again. Raises BulletinEfface.
    """
    slip, fresh, here = read_ticket(request, value, DAY), read_ticket(request, value), current(request)
    if slip is None:
        raise BulletinEfface
    live = fresh is not None and here is not None and here.credential == slip.credential
    if not live and await etat_billet(services(request), slip.reference, slip.credential) != "utilise":
        raise BulletinEfface
    return slip, live


def _refusal(told: Depot, vote: Vote | None) -> RegleViolee:
    """What this answer of the urn is, where the ballot is not in it."""
    match told:
        case "deja_un_autre":
            return BilletDejaServi()
        case "longueur":
            return BulletinIllisible()
        case _ if vote is None or told == "inconnu":
            return BilletInconnu()
        case "annule":
            return refusal(vote, "annule") or BilletInconnu()
        case _:
            return refusal(vote, "libre") or VoteFini("Le vote est fini. Ton bulletin n’est pas dans l’urne.")


def _refused(request: Request[Any, Any, Any], error: RegleViolee, vote: Vote | None) -> Response[Any]:
    if wants_json(request):
        found = fault(error)
        return Response({"message": found.message}, status_code=found.status, headers=dict(PRIVATE))
    return end(request, show(request, error, vote))


def _done(request: Request[Any, Any, Any], fini: Fini) -> Response[Any]:
    if wants_json(request):
        return end(request, Response({"message": ALREADY if fini.deja else ""}, headers=dict(PRIVATE)))
    return end(request, Redirect("/vote/fini", status_code=303, headers=dict(PRIVATE)), fini)


def _tracker(text: str) -> str:
    try:
        return lire_traceur(text)
    except RegleViolee:
        return ""


ROUTES = (drop, finished, leave)
