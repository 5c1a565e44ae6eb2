"""Security headers on every answer (ANSSI-PA-009): Litestar sets no CSP."""

from typing import Any

from litestar.types import Message, Scope

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'"
)
HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", b"camera=(self), microphone=(self), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
SECURE_HEADERS = (*HEADERS, (b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
VOTE = ("/vote", "/v/")
PRIVATE = (*VOTE, "/bureau", "/suivi", "/dire", "/connexion", "/suivre", "/api")


async def security_headers(message: Message, scope: Scope) -> None:
    """Adds what the answer does not set itself; a page about one person, or that shows who she is, is never stored.

    A `before_send` hook: a middleware would miss the answers of the router itself (404, 405).
    """
    if message["type"] != "http.response.start":
        return
    headers: list[Any] = list(message["headers"])
    there = {name.lower() for name, _ in headers}
    if scope["path"].startswith(VOTE) and b"referrer-policy" not in there:  # an error's page too tells nobody
        headers.append((b"referrer-policy", b"no-referrer"))
        there.add(b"referrer-policy")
    always = SECURE_HEADERS if scope["litestar_app"].opt["secure"] else HEADERS
    headers += [pair for pair in always if pair[0] not in there]
    if b"cache-control" not in there:
        private = scope["path"].startswith(PRIVATE) or scope.get("personne") is not None
        headers.append((b"cache-control", b"no-store" if private else b"no-cache"))
    message["headers"] = headers
