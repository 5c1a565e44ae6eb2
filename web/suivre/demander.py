"""Asking to follow a dossier or an instance, and confirming it by the link that was mailed."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.coordonnees import courriel as lire_courriel
from domain.errors import RegleViolee
from web.errors import Fault, fault
from web.forms import Form, read_form
from web.limits import TooMany
from web.pages import page
from web.services import services
from web.suivre.subscriptions import PACES, confirm, find, label, subscribe

FIL = [{"href": "/", "label": "Accueil"}, {"href": "/suivre", "label": "Suivre"}]
RYTHMES = [{"valeur": pace, "libelle": words} for pace, words in PACES.items()]


@get("/suivre/envoye")
async def envoye(request: Request[Any, Any, Any]) -> Response[str]:
    """What happens next."""
    found = services(request)
    lisible = found.demonstration and found.settings.smtp_url is None
    return page(request, "suivre/envoye.html", titre="Confirmez par e-mail", fil=FIL, lisible=lisible)


@get("/suivre/instances/{slug:str}")
async def suivre_instance(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[str]:
    """The form for an instance."""
    return await ask(request, f"instances/{slug}", {})


@post("/suivre/instances/{slug:str}")
async def suivre_instance_post(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks to follow an instance."""
    return await follow(request, f"instances/{slug}")


async def ask(request: Request[Any, Any, Any], subject: str, fields: Form, faute: Fault | None = None) -> Response[str]:
    """The form, filled, with what was refused. 404 when there is nothing of that name."""
    what = await label(services(request), subject)
    if what is None:
        raise NotFoundException("Ce dossier ou cette instance n'est pas dans le registre.")
    place = subject.removeprefix("dossiers/")
    return page(
        request,
        "suivre/demander.html",
        status=faute.status if faute else 200,
        titre=f"Suivre {what}",
        fil=[*FIL, {"href": f"/suivre/{place}", "label": place.removeprefix("instances/")}],
        quoi=what,
        action=f"/suivre/{place}",
        rythmes=RYTHMES,
        courriel=fields.get("courriel", ""),
        rythme=fields.get("rythme", "tout_de_suite"),
        faute=faute,
    )


async def follow(request: Request[Any, Any, Any], subject: str) -> Response[Any]:
    """Sends the mail to confirm. The answer is the same for who follows already."""
    fields, found = await read_form(request), services(request)
    what = await label(found, subject)
    try:
        address, pace = lire_courriel(fields.get("courriel")), fields.get("rythme", "")
        if what is not None:
            pace = pace if pace in PACES else "tout_de_suite"
            await subscribe(found, subject, what, address, pace, fields.get("idempotence", "")[:64])
            return Redirect("/suivre/envoye", status_code=303)
    except (RegleViolee, TooMany) as error:
        return refused(await ask(request, subject, fields, fault(error)), error)
    return await ask(request, subject, fields)


@get("/suivre/confirmer/{jeton:str}")
async def demander_confirmation(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[str]:
    """A button: mail scanners open every link they see."""
    one = await find(services(request), "confirmer", jeton)
    if one is None:
        return gone(request)
    what = await label(services(request), one.subject)
    return page(
        request, "suivre/confirmer.html", titre="Confirmer", fil=FIL, quoi=what, jeton=jeton, fait=one.confirmed
    )


@post("/suivre/confirmer/{jeton:str}", status_code=200)
async def confirmer(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[str]:
    """The address is confirmed."""
    await read_form(request)
    one = await find(services(request), "confirmer", jeton)
    if one is None:
        return gone(request)
    await confirm(services(request), one)
    what = await label(services(request), one.subject)
    return page(request, "suivre/confirmer.html", titre="C'est confirmé", fil=FIL, quoi=what, jeton=jeton, fait=True)


def gone(request: Request[Any, Any, Any]) -> Response[str]:
    """A link that confirms nothing any more (403)."""
    return page(request, "suivre/perime.html", status=403, titre="Ce lien n'est plus valable", fil=FIL)


def refused(answer: Response[str], error: Exception) -> Response[str]:
    """The same, with Retry-After when there were too many attempts."""
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


ROUTES = (envoye, suivre_instance, suivre_instance_post, demander_confirmation, confirmer)
