"""When the vote opens, for an agenda (RFC 5545)."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from web.services import services
from web.vote.ballot import Vote, read_vote
from web.vote.screens import PRIVATE


@get("/vote/agenda/{reference:str}")
async def agenda(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """The vote of this scrutin, from its opening to its end."""
    vote = await read_vote(services(request), reference)
    if vote is None:
        raise NotFoundException("Ce vote n’est pas dans le registre.")
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="vote-{vote.reference}.ics"'}
    host = services(request).settings.public_url.partition("://")[2]
    return Response(calendar(vote, host).encode(), media_type="text/calendar; charset=utf-8", headers=headers)


def calendar(vote: Vote, host: str) -> str:
    """One event; its UID never changes, so that a second download replaces the first."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Registre//Vote//FR",
        "BEGIN:VEVENT",
        f"UID:{vote.reference}@{host}",
        f"DTSTAMP:{_utc(vote.cree.ouvre_le)}",
        f"DTSTART:{_utc(vote.cree.ouvre_le)}",
        f"DTEND:{_utc(vote.cree.ferme_le)}",
        f"SUMMARY:{_text(f'Vote : {vote.surtitre}')}",
        f"DESCRIPTION:{_text('Garde bien ton billet.')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Lines of at most 75 bytes, cut between characters."""
    parts = [""]
    for sign in line:
        if len((parts[-1] + sign).encode()) > 74:
            parts.append(" ")
        parts[-1] += sign
    return parts


ROUTES = (agenda,)
