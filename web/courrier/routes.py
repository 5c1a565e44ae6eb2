"""What became of the mails; in a demonstration that sends none, the mails themselves."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from web.access import current_person, require, require_person
from web.courrier.outbox import LIFE, opened
from web.forms import read_form
from web.pages import page
from web.services import Services, services

FIL = [{"href": "/bureau", "label": "Bureau"}, {"href": "/bureau/courriers", "label": "Courriers"}]
SHOWN = 50
COLUMNS = ("id", "kind", "sujet", "etat", "essais", "panne", "cree_le")

STUCK = """SELECT id, kind, subject, state, attempts, fault, created_at FROM web.outbox
    WHERE state = 'abandonne' OR (state = 'attente' AND attempts > 0) ORDER BY created_at DESC LIMIT %s"""
READABLE = """SELECT id, kind, subject, state, attempts, fault, created_at FROM web.outbox
    WHERE state = 'attente' AND sealed IS NOT NULL ORDER BY created_at DESC, id LIMIT %s"""


def readable(services: Services) -> bool:
    """Whether everybody may read the mails: in a demonstration that has no mail server."""
    return services.demonstration and services.settings.smtp_url is None


@get("/bureau/courriers")
async def courriers(request: Request[Any, Any, Any]) -> Response[str]:
    """Mails that could not be sent; in a demonstration without a mail server, all of them, to be read."""
    found = services(request)
    person = await (current_person if readable(found) else require_person)(request)
    rows = await found.fetch(READABLE if readable(found) else STUCK, (SHOWN,))
    counts = await found.fetch("SELECT state, count(*) FROM web.outbox GROUP BY state")
    return page(
        request,
        "courrier/courriers.html",
        titre="Courriers",
        fil=FIL,
        lisible=readable(found),
        courriers=[dict(zip(COLUMNS, row, strict=True)) for row in rows],
        rejouable=person is not None and person.peut("confier_fonction"),
        comptes={"attente": 0, "parti": 0, "abandonne": 0} | dict(counts),
    )


@get("/bureau/courriers/{courrier:uuid}")
async def courrier(request: Request[Any, Any, Any], courrier: FromPath[UUID]) -> Response[str]:
    """One mail of the demonstration, as it would be received."""
    found = services(request)
    rows = await found.fetch("SELECT sealed, created_at FROM web.outbox WHERE id = %s", (courrier,))
    if not readable(found) or not rows or rows[0][0] is None:
        raise NotFoundException
    mail = opened(found.settings, courrier, rows[0][0])
    paragraphes = [paragraph.split("\n") for paragraph in mail.text.strip().split("\n\n")]
    context = {"mail": mail, "paragraphes": paragraphes, "destinataire": masked(mail.recipient), "ecrit_le": rows[0][1]}
    fil = [*FIL, {"href": f"/bureau/courriers/{courrier}", "label": "Message"}]
    return page(request, "courrier/courrier.html", titre=mail.subject, fil=fil, **context)


@post("/bureau/courriers/{courrier:uuid}/reessayer")
async def reessayer(request: Request[Any, Any, Any], courrier: FromPath[UUID]) -> Redirect:
    """Puts a mail that was given up back in the queue."""
    await require(request, "confier_fonction")
    await read_form(request)
    await services(request).fetch(
        "UPDATE web.outbox SET state = 'attente', next_attempt_at = now(), expires_at = now() + %s"
        " WHERE id = %s AND state = 'abandonne' AND sealed IS NOT NULL AND kind <> 'connexion' RETURNING 1",
        (LIFE, courrier),
    )
    return Redirect("/bureau/courriers", status_code=303)


def masked(courriel: str) -> str:
    """`k…@exemple.fr`: enough to recognise one's own address."""
    name, _, domain = courriel.rpartition("@")
    return f"{name[:1]}…@{domain}"


ROUTES = (courriers, courrier, reessayer)
