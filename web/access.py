"""Who is asking, and what the register lets her do: rights come from functions recorded there, with their dates.

A handler of the office says `acteur = await require(request, "donner_suite", instance)`; the command checks again,
on the person's own stream, in the transaction that writes.
"""

import re
from contextlib import suppress
from datetime import date
from typing import Any, cast
from urllib.parse import quote

import msgspec
import psycopg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from psycopg_pool import PoolTimeout

from domain.actes import FonctionManquante
from domain.droits import FONCTIONS
from web.acces.persons import Person, today
from web.acces.sessions import person_of_session, person_of_token
from web.errors import on_error
from web.forms import session_token
from web.services import services

UNAWARE = ("/sante", "/metrics")
LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]{0,500}")  # printable ASCII without the backslash


class Acteur(msgspec.Struct, frozen=True):
    """Who acts, by which function (`animation:gepi`), on which day in Paris: what commands of the office take."""

    personne: str
    fonction: str
    le: date


class NotSignedIn(HTTPException):
    """This page or this act needs a person who is signed in."""

    status_code = 401
    detail = "C’est réservé aux équipes : identifiez-vous."


async def current_person(request: Request[Any, Any, Any]) -> Person | None:
    """The person who is signed in and holds a function today, or None. Read once a request; pages show her name.

    Under `/api` only a Bearer token counts, so that no other site can make a browser act there.
    """
    scope = cast(dict[str, Any], request.scope)
    if "personne" not in scope:
        scope["personne"] = await _load(request)
    found: Person | None = scope["personne"]
    return found


async def _load(request: Request[Any, Any, Any]) -> Person | None:
    if request.url.path.startswith("/api"):
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return await person_of_token(services(request), token.strip()) if scheme.lower() == "bearer" else None
    session = session_token(request)
    return await person_of_session(services(request), session) if session else None


async def before_request(request: Request[Any, Any, Any]) -> None:
    """For the application's `before_request`: every page of somebody signed in says so. Costs nothing to others."""
    if session_token(request) and not request.scope["path"].startswith(UNAWARE):
        lost = (psycopg.OperationalError, PoolTimeout) if request.method == "POST" else ()
        with suppress(*lost):  # the form is read first, so that the page of the error gives it back
            await current_person(request)


async def require_person(request: Request[Any, Any, Any]) -> Person:
    """The person signed in, whatever her function. Raises NotSignedIn (401; a redirection for pages)."""
    person = await current_person(request)
    if person is None:
        raise NotSignedIn
    return person


async def require(request: Request[Any, Any, Any], droit: str, instance: str | None = None) -> Acteur:
    """Who acts, and by which function, for this right in this instance. Raises NotSignedIn, FonctionManquante (403)."""
    person = await require_person(request)
    titre = person.titre(droit, instance)
    if titre is None:
        names = [fonction.nom for fonction in FONCTIONS.values() if droit in fonction.droits]
        raise FonctionManquante(f"Cet acte demande une autre fonction : {' ou '.join(names)}.")
    return Acteur(person.id, titre.id, today())


def to_sign_in(request: Request[Any, Any, Any], error: NotSignedIn) -> Response[Any]:
    """For the application's `exception_handlers`: a page leads to signing in and back, an act is answered 401."""
    if request.method == "GET" and not request.url.path.startswith("/api"):
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/connexion?suite={quote(here, safe='')}", status_code=303)
    answer = on_error(request, error)
    answer.headers["WWW-Authenticate"] = 'Bearer realm="registre"'
    return answer


def local_path(suite: str) -> str:
    """Where to go back after signing in: a path of this site, or "" (never another site)."""
    return suite if LOCAL_PATH.fullmatch(suite) and not suite.startswith("/connexion") else ""
