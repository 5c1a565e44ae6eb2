"""The voting session: one sealed cookie that names a slip by its credential. Nothing of it is kept here.

The form carries the same sealed value, so that a ballot is sent for the slip that it was shown for, and so that a
screen of the pupil before, brought back by « Back », opens nothing once her cookie is gone.
"""

import secrets
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie

from web.propositions.jetons import seal, unseal
from web.services import services

SECONDS = 900  # of a phone
KIOSK_SECONDS = 300  # of the shared tablet, where the page clears itself before that
ENDED_SECONDS = 300  # while the verification number can be shown again
SEED_BYTES = 8

BALLOT, ENDED, KIOSK = "vote", "vote-fini", "tablette"


class Isoloir(msgspec.Struct, frozen=True):
    """A slip at work: its scrutin, its credential (32 bytes), what its ballot's order is drawn from."""

    reference: str
    credential: bytes
    graine: bytes

    @property
    def titre(self) -> str:
        """The credential in hexadecimal, as the outer layer binds it."""
        return self.credential.hex()


class Fini(msgspec.Struct, frozen=True):
    """What « A voté ! » shows to who voted without JavaScript: her number, and whether it was there already."""

    reference: str
    traceur: str
    deja: bool = False


def isoloir(reference: str, credential: bytes) -> Isoloir:
    """A new session for this slip."""
    return Isoloir(reference, credential, secrets.token_bytes(SEED_BYTES))


def life(request: Request[Any, Any, Any]) -> int:
    """How many seconds a session lives here without a sign of life."""
    return KIOSK_SECONDS if cookie_name(request, KIOSK) in request.cookies else SECONDS


def ticket(request: Request[Any, Any, Any], found: Isoloir) -> str:
    """The session as a form carries it."""
    return seal(services(request).secret, BALLOT, msgspec.msgpack.encode(found))


def read_ticket(request: Request[Any, Any, Any], value: str, seconds: int | None = None) -> Isoloir | None:
    """The session in a form or a cookie; None when it is forged or older than its life (or than `seconds`)."""
    content = unseal(services(request).secret, BALLOT, value, life(request) if seconds is None else seconds)
    return msgspec.msgpack.decode(content, type=Isoloir) if content else None


def current(request: Request[Any, Any, Any]) -> Isoloir | None:
    """The session of the cookie."""
    return read_ticket(request, request.cookies.get(cookie_name(request, BALLOT), ""))


def keep(request: Request[Any, Any, Any], answer: Response[Any], found: Isoloir) -> Response[Any]:
    """The answer, which lets the session live again as long."""
    answer.set_cookie(cookie(request, BALLOT, ticket(request, found), life(request)))
    return answer


def end(request: Request[Any, Any, Any], answer: Response[Any], fini: Fini | None = None) -> Response[Any]:
    """The answer, which ends the session; `fini` is kept five minutes for the last screen."""
    if cookie_name(request, BALLOT) in request.cookies:
        answer.set_cookie(cookie(request, BALLOT, "", 0))
    if fini is not None:
        content = seal(services(request).secret, ENDED, msgspec.msgpack.encode(fini))
        answer.set_cookie(cookie(request, ENDED, content, ENDED_SECONDS))
    elif cookie_name(request, ENDED) in request.cookies:
        answer.set_cookie(cookie(request, ENDED, "", 0))
    return answer


def ended(request: Request[Any, Any, Any]) -> Fini | None:
    """What the last screen shows, as long as its cookie lives."""
    value = request.cookies.get(cookie_name(request, ENDED), "")
    content = unseal(services(request).secret, ENDED, value, ENDED_SECONDS)
    return msgspec.msgpack.decode(content, type=Fini) if content else None


def cookie_name(request: Request[Any, Any, Any], name: str) -> str:
    """Name of a cookie of the vote; `__Host-` when the public URL is https."""
    return f"__Host-{name}" if services(request).settings.secure else name


def cookie(request: Request[Any, Any, Any], name: str, value: str, seconds: int) -> Cookie:
    """A cookie of the vote: no script reads it, no other site sends it."""
    secure, key = services(request).settings.secure, cookie_name(request, name)
    return Cookie(key=key, value=value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=secure)
