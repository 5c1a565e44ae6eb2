"""Forms: what a browser posts, read with limits; the tokens that go with it."""

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any, cast
from urllib.parse import unquote_to_bytes, urlsplit

import msgspec
from litestar import Request
from litestar.exceptions import ClientException, HTTPException, PermissionDeniedException

from domain.ledger.store import Once
from web.services import services

MAX_BODY = 64 * 1024
MAX_FIELDS = 200

Form = dict[str, str]


class BodyTooLarge(HTTPException):
    """More than 64 KiB were sent to a form."""

    status_code = 413
    detail = "Votre envoi est trop long."


class WrongType(HTTPException):
    """The body is not a form."""

    status_code = 415
    detail = "Ce format d'envoi n'est pas accepté."


class ExpiredForm(PermissionDeniedException):
    """The token is not this session's: the page was open for too long, or somebody signed in or out meanwhile."""

    def __init__(self) -> None:
        super().__init__("Cette page est restée ouverte trop longtemps.")


class Draft(msgspec.Struct, frozen=True):
    """A form that could not be taken: where it goes, its fields, and what was written in it, to be read."""

    action: str
    champs: Form
    textes: list[str]


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The fields of a urlencoded form, last value each; its origin and its CSRF token are checked.

    Raises 400 on what is not UTF-8, 403 on a foreign origin or a forged token, 413, 415. What was typed is kept: the
    page of any error after this gives it back (`draft`).
    """
    check_origin(request)
    fields = parse_form(request, await read_body(request))
    cast(dict[str, Any], request.scope)["formulaire"] = fields
    if not hmac.compare_digest(fields.get("csrf", "").encode(), csrf_token(request).encode()):
        raise ExpiredForm
    return fields


def draft(request: Request[Any, Any, Any]) -> Draft | None:
    """What `read_form` read for this request, with its idempotency key: sending it twice is one act."""
    fields: Form = cast(dict[str, Any], request.scope).get("formulaire", {})
    kept = {name: value for name, value in fields.items() if name != "csrf"}
    written = [value for value in kept.values() if " " in value.strip()]
    action = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Draft(action, kept, written) if kept else None


def parse_form(request: Request[Any, Any, Any], body: bytes) -> Form:
    """The fields of a urlencoded body. Raises 400 or 415."""
    kind = header(request, b"content-type").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise WrongType
    try:
        fields = body.decode("ascii").replace("+", " ").split("&", MAX_FIELDS)
        if len(fields) > MAX_FIELDS:
            raise ValueError("too many fields")
        pairs = (field.partition("=") for field in fields if field)
        return {_decoded(name): _decoded(value) for name, _, value in pairs}
    except ValueError as error:
        raise ClientException("Ce formulaire n'est pas lisible. Rechargez la page.") from error


def _decoded(text: str) -> str:
    return unquote_to_bytes(text).decode() if "%" in text else text


async def read_body(request: Request[Any, Any, Any]) -> bytes:
    """The body, up to 64 KiB. Raises 413."""
    body, more = b"", True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise ClientException("L'envoi s'est arrêté avant la fin.")
        body, more = body + message.get("body", b""), message.get("more_body", False)
        if len(body) > MAX_BODY:
            raise BodyTooLarge
    return body


def check_origin(request: Request[Any, Any, Any]) -> None:
    """Refuses (403) a request that another site's page made: Origin and Sec-Fetch-Site, as browsers send them."""
    foreign = header(request, b"sec-fetch-site") in ("cross-site", "same-site")
    if origin := header(request, b"origin"):
        public = urlsplit(services(request).settings.public_url).netloc
        foreign = foreign or urlsplit(origin).netloc not in (header(request, b"host"), public)
    if foreign:
        raise PermissionDeniedException("Cet envoi vient d'un autre site. Ouvrez la page ici, puis recommencez.")


def header(request: Request[Any, Any, Any], name: bytes) -> str:
    """The first header of this name (lower case), or "": the framework would decode them all, for each form."""
    return next((value.decode("latin-1") for said, value in request.scope["headers"] if said == name), "")


def session_cookie(request: Request[Any, Any, Any]) -> str:
    """Name of the session cookie; `__Host-` when the public URL is https."""
    return "__Host-s" if services(request).settings.secure else "s"


def session_token(request: Request[Any, Any, Any]) -> str:
    """What the session cookie holds, or "". Most people have none: their headers are not parsed for so little."""
    if not header(request, b"cookie"):
        return ""
    return request.cookies.get(session_cookie(request), "")


def csrf_token(request: Request[Any, Any, Any], session: str | None = None) -> str:
    """The token of this session's forms (of anonymous forms when there is no session)."""
    return _csrf(services(request).secret, session_token(request) if session is None else session)


@lru_cache(maxsize=1024)
def _csrf(secret: bytes, session: str) -> str:
    return hmac.digest(secret, b"csrf\0" + session.encode(), "sha256").hex()[:32]


def new_key() -> str:
    """A fresh idempotency key, for a hidden field."""
    return secrets.token_urlsafe(16)


def once(key: str, scope: str, fields: Form) -> Once:
    """The idempotency key of a filing, as the ledger keeps it: digests, never the content."""
    digest = hashlib.sha256(f"{scope}\0{key}".encode()).digest()
    content = "\0".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "csrf")
    return Once(digest, hashlib.sha256(f"{key}\0{content}".encode()).digest())
