"""Tokens for programs that act in the name of the person signed in."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.texte import ligne
from web.acces.sessions import new_token
from web.access import require_person
from web.errors import Fault, fault
from web.forms import read_form
from web.pages import page
from web.services import services

LABEL_SIGNS = 80
MINE = """SELECT id, label, created_at, seen_at, expires_at FROM web.api_tokens
    WHERE person = %s AND expires_at > now() ORDER BY created_at DESC"""


@get("/bureau/jetons")
async def jetons(request: Request[Any, Any, Any]) -> Response[str]:
    """The tokens of the person signed in."""
    return await show(request)


@post("/bureau/jetons")
async def creer_jeton(request: Request[Any, Any, Any]) -> Response[str]:
    """A new token, shown this once."""
    person, fields = await require_person(request), await read_form(request)
    try:
        label = ligne(fields.get("usage"), "usage", "L'usage", LABEL_SIGNS)
    except RegleViolee as error:
        return await show(request, usage=fields.get("usage", ""), faute=fault(error))
    return await show(request, nouveau=await new_token(services(request), person.id, label))


@post("/bureau/jetons/{jeton:uuid}/supprimer")
async def supprimer_jeton(request: Request[Any, Any, Any], jeton: FromPath[UUID]) -> Redirect:
    """The token opens nothing from now on."""
    person = await require_person(request)
    await read_form(request)
    await services(request).fetch(
        "DELETE FROM web.api_tokens WHERE id = %s AND person = %s RETURNING 1", (jeton, person.id)
    )
    return Redirect("/bureau/jetons", status_code=303)


async def show(
    request: Request[Any, Any, Any], usage: str = "", nouveau: str = "", faute: Fault | None = None
) -> Response[str]:
    """The page, filled, with what was refused or the token just made."""
    person = await require_person(request)
    rows = await services(request).fetch(MINE, (person.id,))
    names = ("id", "usage", "cree_le", "vu_le", "expire_le")
    return page(
        request,
        "acces/jetons.html",
        status=faute.status if faute else 200,
        titre="Jetons pour les programmes",
        fil=[{"href": "/bureau", "label": "Bureau"}, {"href": "/bureau/jetons", "label": "Jetons"}],
        jetons_actifs=[dict(zip(names, row, strict=True)) for row in rows],
        usage=usage,
        nouveau=nouveau,
        faute=faute,
    )


ROUTES = (jetons, creer_jeton, supprimer_jeton)
