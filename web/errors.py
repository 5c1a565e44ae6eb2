"""Refusals and errors, as pages for people and RFC 9457 problems for programs."""

import logging
import traceback
from collections.abc import Mapping
from typing import Any

import msgspec
import psycopg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from psycopg_pool import PoolTimeout

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.ledger.event import UnknownEvent
from domain.ledger.ledger import Busy, Unavailable
from web.forms import ExpiredForm, draft
from web.pages import page

log = logging.getLogger("registre.web")

TITLES = {
    400: "Cette demande n'est pas lisible",
    401: "Il faut vous identifier",
    403: "Cette action n'est pas permise",
    404: "Il n'y a rien à cette adresse",
    405: "Cette action n'existe pas ici",
    409: "Quelqu'un a été plus rapide",
    413: "Cet envoi est trop lourd",
    415: "Ce format n'est pas accepté",
    422: "Une règle s'y oppose",
    429: "Trop d'essais",
    500: "Registre a rencontré une panne",
    503: "Registre est momentanément indisponible",
}

ADVICE = {
    400: "Rechargez la page, puis recommencez.",
    401: "Identifiez-vous, puis revenez à cette page.",
    403: "Revenez à la page d'où vous venez.",
    404: "Vérifiez l'adresse, ou cherchez par mot ou par numéro.",
    405: "Revenez à la page d'où vous venez.",
    409: "Rechargez la page pour voir ce qui a été fait.",
    413: "Raccourcissez votre texte, ou faites deux envois.",
    415: "Envoyez le formulaire depuis cette page.",
    422: "Corrigez ce point, puis recommencez.",
    429: "Attendez quelques minutes, puis recommencez.",
    500: "Rien n'a été perdu de ce qui était déposé. Réessayez dans un instant.",
    503: "Rien n'a été perdu de ce qui était déposé. Réessayez dans un instant.",
}

ADVICE_TO_PROGRAMS = ADVICE | {
    400: "Corrigez la demande : la description est à l'adresse /api/openapi.json.",
    401: "Joignez le jeton d'une personne de l'équipe : « Authorization: Bearer … ».",
    403: "Prenez le jeton d'une personne dont la fonction permet cet acte.",
    404: "Vérifiez l'adresse et le numéro : la liste est à l'adresse /api.",
    405: "L'en-tête Allow dit ce qui est possible à cette adresse.",
    409: "Relisez le dossier, puis décidez. Pour un autre acte, prenez une autre clé « Idempotency-Key ».",
    413: "Envoyez un corps plus court.",
    415: "Envoyez du JSON, avec « Content-Type: application/json ».",
    429: "Attendez le délai de l'en-tête Retry-After, puis renvoyez la même demande.",
    500: "Renvoyez la même demande, avec la même clé « Idempotency-Key » : l'acte ne sera pas écrit deux fois.",
    503: "Attendez le délai de l'en-tête Retry-After, puis renvoyez la même demande avec la même clé.",
}

AGAIN = (401, 429, 500, 503)  # the same form, sent again as it is, may be taken
RETRY_SECONDS = {429: "60", 503: "5"}
NEWER = "Une version plus récente de Registre a écrit dans ce dossier : celle-ci ne sait pas encore le lire."


class Fault(msgspec.Struct, frozen=True):
    """An error as people read it: status, what happened, what to do, and the rule when one refused."""

    status: int
    message: str
    advice: str
    rule: str | None = None
    fondement: str | None = None
    fondement_title: str | None = None
    field: str | None = None

    @property
    def title(self) -> str:
        return TITLES.get(self.status, TITLES[500])


def fault(error: Exception, advice: Mapping[int, str] = ADVICE) -> Fault:
    """What to tell about this error. What is not foreseen is a 500, logged without any content of the request."""
    match error:
        case RegleViolee():
            ground = error.fondement
            return Fault(error.status, str(error), error.conseil, error.regle, ground.id, ground.titre, error.field)
        case KeyReused():
            return Fault(409, "Ce formulaire a déjà servi pour un autre envoi.", advice[409])
        case Busy():
            return Fault(409, "Beaucoup de personnes écrivent en même temps. Rien n'a été enregistré.", advice[409])
        case Unavailable() | psycopg.OperationalError() | PoolTimeout():
            return Fault(503, "La base de données ne répond pas.", advice[503])
        case UnknownEvent():
            return Fault(503, NEWER, "Rien n'est perdu : ce dossier reviendra avec la mise à jour du service.")
        case HTTPException():
            status = error.status_code if error.status_code in TITLES else 400
            french = error.detail if (error.detail and not error.detail.isascii()) or status in (413, 415) else ""
            return Fault(status, french or TITLES[status] + ".", advice[status])
    _log(error)
    return Fault(500, TITLES[500] + ".", advice[500])


def _log(error: Exception) -> None:
    """Where it happened, never its message: it may quote what somebody wrote."""
    state = getattr(error, "sqlstate", None) or ""
    log.error("unforeseen: %s %s\n%s", type(error).__name__, state, "".join(traceback.format_tb(error.__traceback__)))


def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The page, or the problem under `/api`, of any error that a handler let through.

    A form that was being sent comes back: to be sent again by one button where that can succeed, else to be copied.
    """
    if request.url.path.startswith("/api"):
        return problem(fault(error, ADVICE_TO_PROGRAMS), error)
    found, sent = fault(error), draft(request)
    again = sent is not None and (found.status in AGAIN or isinstance(error, Busy | ExpiredForm))
    answer: Response[Any] = page(
        request,
        "erreur.html",
        status=found.status,
        titre="Votre envoi n’est pas confirmé" if again else found.title,
        faute=found,
        envoi=sent,
        encore=again,
    )
    answer.headers.update(_headers(found, error))
    return answer


def _headers(found: Fault, error: Exception | None) -> dict[str, str]:
    """When to come back, as the error says it or as usual for its status; which methods there are (405)."""
    own = (error.headers or {}) if isinstance(error, HTTPException) else {}
    usual = {"Retry-After": RETRY_SECONDS[found.status]} if found.status in RETRY_SECONDS else {}
    return usual | dict(own)


def problem(found: Fault, error: Exception | None = None) -> Response[dict[str, Any]]:
    """RFC 9457, with `regle` and `fondement` (an id shown at `/regles/{id}`) when a rule refused."""
    content: dict[str, Any] = {
        "type": f"/regles/{found.fondement}" if found.fondement else "about:blank",
        "title": found.title,
        "status": found.status,
        "detail": found.message,
        "conseil": found.advice,
    }
    if found.rule:
        content |= {"regle": found.rule, "fondement": found.fondement}
    if found.field:
        content["champ"] = found.field
    return Response(
        content, status_code=found.status, headers=_headers(found, error), media_type="application/problem+json"
    )
