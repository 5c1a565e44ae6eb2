"""The ballot and its read-back. With JavaScript only the first page is asked for: the rest happens in the browser."""

import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.scrutins.bulletins import clair
from domain.scrutins.traceurs import traceur
from web.errors import fault
from web.forms import Form
from web.services import services
from web.urne.sealing import sceller
from web.urne.store import etat_billet
from web.vote.ballot import Vote, context, read_vote, refusal
from web.vote.choix import Choix, back_fields, read_choices, typed
from web.vote.entree import show
from web.vote.refus import BilletInconnu, BulletinEfface, BulletinMalRempli
from web.vote.screens import PRIVATE, screen, zipped
from web.vote.sending import read_fields
from web.vote.session import Isoloir, current, end, keep, read_ticket, ticket

TRACKER_BYTES = 5
READ_BACK = "Voici ton bulletin. Il n’est pas encore dans l’urne."


class NotHere(Exception):
    """This browser has no session for that form: a screen brought back by « Back »."""


@get("/vote/bulletin")
async def bulletin(request: Request[Any, Any, Any]) -> Response[Any]:
    """The ballot of the slip that has just been entered; without one, the door."""
    found = current(request)
    if found is None:
        return end(request, _door())
    vote = await read_vote(services(request), found.reference)
    error = refusal(vote, await etat_billet(services(request), found.reference, found.credential)) if vote else None
    if vote is None or error is not None:
        return end(request, show(request, error or BilletInconnu(), vote))
    return keep(request, zipped(request, _ballot(request, vote, found, {})), found)


@post("/vote/bulletin", status_code=200)
async def change(request: Request[Any, Any, Any]) -> Response[Any]:
    """« Changer », without JavaScript: the ballot as it was filled."""
    return await _answer(request, lambda vote, found, fields: _ballot(request, vote, found, typed(vote.cree, fields)))


@post("/vote/relecture", status_code=200)
async def read_back(request: Request[Any, Any, Any]) -> Response[Any]:
    """Without JavaScript: the server seals, shows what it sealed, and forgets. The form that follows holds no choice
    but for « Changer »."""
    return await _answer(request, lambda vote, found, fields: _read_back(request, vote, found, fields))


@post("/vote/encore", status_code=200)
async def still_here(request: Request[Any, Any, Any]) -> Response[Any]:
    """« Je suis encore là »: the session lives again as long. JSON, for the page's script."""
    try:
        found = opened(request, await read_fields(request))
    except (NotHere, BulletinEfface):
        return Response({"billet": ""}, status_code=403, headers=dict(PRIVATE))
    return keep(request, Response({"billet": ticket(request, found)}, headers=dict(PRIVATE)), found)


def opened(request: Request[Any, Any, Any], fields: Form) -> Isoloir:
    """The session that this form was shown in and that this browser still has. Raises BulletinEfface, NotHere."""
    shown, found = read_ticket(request, fields.get("billet", "")), current(request)
    if shown is None:
        raise BulletinEfface
    if found is None or (found.reference, found.credential) != (shown.reference, shown.credential):
        raise NotHere
    return found


async def _answer(request: Request[Any, Any, Any], make: Any) -> Response[Any]:
    fields = await read_fields(request)
    try:
        found = opened(request, fields)
        vote = await read_vote(services(request), found.reference)
        if vote is None:
            raise BilletInconnu
        if error := refusal(vote, "libre"):
            return end(request, show(request, error, vote))
        return keep(request, make(vote, found, fields), found)
    except NotHere:
        return end(request, _door())
    except RegleViolee as error:
        return end(request, show(request, error, None))


def _read_back(request: Request[Any, Any, Any], vote: Vote, found: Isoloir, fields: Form) -> Response[Any]:
    try:
        chosen = read_choices(vote.cree, fields)
    except BulletinMalRempli as error:
        return _ballot(request, vote, found, typed(vote.cree, fields), error)
    words = traceur(secrets.token_bytes(TRACKER_BYTES))
    text = clair(chosen.ids, chosen.points, words, vote.cree.longueur)
    keys = b64decode(vote.cle_bureau or ""), b64decode(vote.cle_metropole or "")
    sealed = sceller(text, *keys, vote.reference, found.credential)
    parts: dict[str, Any] = {
        "scelle": urlsafe_b64encode(sealed).rstrip(b"=").decode(),
        "traceur": words,
        "lignes": _lines(vote, found, chosen),
        "retour": back_fields(vote.cree, chosen),
        "billet": ticket(request, found),
        "surtitre": vote.surtitre,
        "essai": vote.cree.essai,
    }
    return screen(request, "relecture.html", titre=READ_BACK, padded=True, **parts)


def _lines(vote: Vote, found: Isoloir, chosen: Choix) -> list[tuple[str, str]]:
    titles = {projet.id: projet.titre for projet in vote.cree.projets}
    if chosen.points:
        lines = [
            (titles[key], f"{n}\u00a0point{'s' if n > 1 else ''}")
            for key, n in zip(chosen.ids, chosen.points, strict=True)
        ]
    elif vote.cree.type_vote == "ordinal":
        lines = [(titles[key], f"Place {place}") for place, key in enumerate(chosen.ids, 1)]
    else:
        lines = [(titles[key], "") for key in chosen.ids]
    return lines


def _ballot(
    request: Request[Any, Any, Any],
    vote: Vote,
    found: Isoloir,
    values: Mapping[str, str],
    error: BulletinMalRempli | None = None,
) -> Response[Any]:
    faute = fault(error) if error else None
    parts = context(vote, found, values) | {"billet": ticket(request, found), "faute": faute}
    return screen(request, "bulletin.html", status=422 if error else 200, padded=bool(values or error), **parts)


def _door() -> Redirect:
    return Redirect("/vote", status_code=303, headers=dict(PRIVATE))


ROUTES = (bulletin, change, read_back, still_here)
