"""The person's session on her own page: a sealed cookie that names one dossier, for half an hour, and no account.

A cookie rather than an address: on a shared device « Fermer » really closes the page, and no link in the history
opens it again.
"""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie

from web.propositions.jetons import seal, unseal
from web.services import services

SECONDS = 1800


class Suivi(msgspec.Struct, frozen=True):
    """What the code opened: the dossier, and the HMAC of the code, which the person's acts must show."""

    reference: str
    code_empreinte: str


def open_suivi(request: Request[Any, Any, Any], answer: Response[Any], suivi: Suivi) -> Response[Any]:
    """The answer, with the session."""
    content = seal(services(request).secret, "suivi", msgspec.json.encode(suivi))
    answer.set_cookie(_cookie(request, content, SECONDS))
    return answer


def close_suivi(request: Request[Any, Any, Any], answer: Response[Any]) -> Response[Any]:
    """The answer, which ends the session."""
    answer.set_cookie(_cookie(request, "", 0))
    return answer


def current_suivi(request: Request[Any, Any, Any]) -> Suivi | None:
    """The session, or None when there is none or it is over."""
    content = unseal(services(request).secret, "suivi", request.cookies.get(_name(request), ""), SECONDS)
    return msgspec.json.decode(content, type=Suivi) if content else None


def _name(request: Request[Any, Any, Any]) -> str:
    return "__Host-suivi" if services(request).settings.secure else "suivi"


def _cookie(request: Request[Any, Any, Any], value: str, seconds: int) -> Cookie:
    secure = services(request).settings.secure
    name = _name(request)
    return Cookie(key=name, value=value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=secure)
