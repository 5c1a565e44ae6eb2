"""When the vote opens, for an agenda (RFC 5545)."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from web.ics import evenement
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
    """One event, with what a pupil must not forget."""
    opens, closes = vote.cree.ouvre_le, vote.cree.ferme_le
    title = f"Vote : {vote.surtitre}"
    return evenement(f"{vote.reference}@{host}", "Vote", opens, closes, title, description="Garde bien ton billet.")


ROUTES = (agenda,)
