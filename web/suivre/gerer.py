"""What an address follows: found again, chosen, stopped. The signed link is the only key."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.coordonnees import courriel as lire_courriel
from domain.errors import RegleViolee
from web.errors import Fault, fault
from web.forms import Form, read_body, read_form
from web.limits import TooMany
from web.pages import page
from web.services import services
from web.suivre.demander import FIL, RYTHMES, refused
from web.suivre.subscriptions import Subscription, find, label, same_address, send_links, stop

STOP = {"valeur": "arreter", "libelle": "Arrêter"}


@get("/suivre")
async def suivre(request: Request[Any, Any, Any]) -> Response[str]:
    """What following is; a form for who lost the link."""
    return ask_links(request, {})


@post("/suivre")
async def retrouver(request: Request[Any, Any, Any]) -> Response[Any]:
    """Mails the link that manages everything; the answer is the same for an address that follows nothing."""
    fields = await read_form(request)
    try:
        await send_links(services(request), lire_courriel(fields.get("courriel")), fields.get("idempotence", "")[:64])
    except (RegleViolee, TooMany) as error:
        return refused(ask_links(request, fields, fault(error)), error)
    return Redirect("/suivre/envoye", status_code=303)


def ask_links(request: Request[Any, Any, Any], fields: Form, faute: Fault | None = None) -> Response[str]:
    """The page, filled."""
    context = {"courriel": fields.get("courriel", ""), "faute": faute}
    return page(
        request, "suivre/suivre.html", status=faute.status if faute else 200, titre="Suivre", fil=FIL, **context
    )


@get("/suivre/arreter/{jeton:str}")
async def demander_arret(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[str]:
    """A button, as above."""
    one = await find(services(request), "gerer", jeton)
    what = await label(services(request), one.subject) if one else None
    return page(
        request, "suivre/arreter.html", titre="Ne plus suivre", fil=FIL, quoi=what, jeton=jeton, fait=one is None
    )


@post("/suivre/arreter/{jeton:str}", status_code=200)
async def arreter(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[str]:
    """One click, from the page or from a mail program (RFC 8058): no cookie, no token but the signed one."""
    await read_body(request)
    one = await find(services(request), "gerer", jeton)
    if one is not None:
        await stop(services(request), one.id)
    return page(request, "suivre/arreter.html", titre="C'est arrêté", fil=FIL, quoi=None, jeton=jeton, fait=True)


async def linked(request: Request[Any, Any, Any], jeton: str) -> Subscription:
    """The subscription of a signed link. Raises 404."""
    one = await find(services(request), "gerer", jeton)
    if one is None:
        raise NotFoundException("Ce lien ne mène plus à rien : il n'y a plus d'alerte, et votre adresse est oubliée.")
    return one


async def manage(request: Request[Any, Any, Any], one: Subscription, jeton: str, message: str = "") -> Response[str]:
    """All that this address follows, each with its pace."""
    found = services(request)
    rows = [
        (str(each.id), await label(found, each.subject) or each.subject, each.pace)
        for each in await same_address(found, one)
    ]
    return page(
        request,
        "suivre/gerer.html",
        titre="Ce que vous suivez",
        fil=FIL,
        alertes=[{"id": id_, "quoi": what[:1].upper() + what[1:], "rythme": pace} for id_, what, pace in rows],
        rythmes=[*RYTHMES, STOP],
        jeton=jeton,
        message=message,
    )


ROUTES = (suivre, retrouver, demander_arret, arreter)
