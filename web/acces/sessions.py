"""Sessions and the tokens of programs: 256 random bits, of which the database keeps only the SHA-256."""

import hashlib
import secrets
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from web.acces.persons import Person, named
from web.forms import session_cookie, session_token
from web.services import Services, services

IDLE = "12 hours"  # a night ends it
LONGEST = "7 days"
SEEN_EVERY = "5 minutes"
PROGRAM_LIFE = "1 year"

OF_SESSION = """SELECT personne, slug, titres, positions FROM web.sessions JOIN personnes ON personne = person
    WHERE token = %s AND expires_at > now()"""
OF_PROGRAM = """SELECT personne, slug, titres, positions FROM web.api_tokens JOIN personnes ON personne = person
    WHERE token = %s AND expires_at > now()"""


def digest(token: str) -> bytes:
    """What is stored of a token (it has 256 random bits: a plain hash is enough)."""
    return hashlib.sha256(token.encode()).digest()


async def person_of_session(services: Services, token: str) -> Person | None:
    """Who is signed in with this cookie, if she still holds a function; the session lives on."""
    found = await named(services, await services.fetch(OF_SESSION, (digest(token),)))
    if found:
        await services.fetch(
            "UPDATE web.sessions SET seen_at = now(), expires_at = least(now() + %s::interval,"
            " created_at + %s::interval) WHERE token = %s AND seen_at < now() - %s::interval RETURNING 1",
            (IDLE, LONGEST, digest(token), SEEN_EVERY),
        )
    return found[0] if found else None


async def person_of_token(services: Services, token: str) -> Person | None:
    """In whose name this program acts, if she still holds a function."""
    found = await named(services, await services.fetch(OF_PROGRAM, (digest(token),)))
    if found:
        await services.fetch(
            "UPDATE web.api_tokens SET seen_at = now() WHERE token = %s"
            " AND (seen_at IS NULL OR seen_at < now() - %s::interval) RETURNING 1",
            (digest(token), SEEN_EVERY),
        )
    return found[0] if found else None


async def open_session(request: Request[Any, Any, Any], person: str) -> Cookie:
    """A new session in place of the one that this browser had; what the cookie was before opens nothing."""
    found, token = services(request), secrets.token_urlsafe(32)
    former = session_token(request)
    async with found.pool.connection() as connection, connection.transaction():
        await connection.execute("DELETE FROM web.sessions WHERE token = %s OR expires_at < now()", (digest(former),))
        await connection.execute(
            "INSERT INTO web.sessions (token, person, expires_at) VALUES (%s, %s, now() + %s::interval)",
            (digest(token), person, IDLE),
        )
    return cookie(request, token)


async def close_session(request: Request[Any, Any, Any]) -> Cookie:
    """Ends the session of this browser."""
    token = session_token(request)
    await services(request).fetch("DELETE FROM web.sessions WHERE token = %s RETURNING 1", (digest(token),))
    return cookie(request, "", max_age=0)


def cookie(request: Request[Any, Any, Any], token: str, max_age: int | None = None) -> Cookie:
    """The session cookie: gone with the browser, out of reach of scripts and of other sites' forms."""
    return Cookie(
        session_cookie(request),
        value=token,
        max_age=max_age,
        path="/",
        secure=services(request).settings.secure,
        httponly=True,
        samesite="lax",
    )


async def new_token(services: Services, person: str, label: str) -> str:
    """A token for a program that acts in this person's name, for a year; shown once."""
    token = f"registre_{secrets.token_urlsafe(32)}"
    await services.fetch(
        "INSERT INTO web.api_tokens (token, person, label, expires_at) VALUES (%s, %s, %s, now() + %s::interval)"
        " RETURNING 1",
        (digest(token), person, label, PROGRAM_LIFE),
    )
    return token
