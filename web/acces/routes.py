"""Signing in by a link, or in the demonstration by choosing a person; signing out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.coordonnees import courriel as lire_courriel
from domain.errors import RegleViolee
from web.acces.jetons import ROUTES as JETONS
from web.acces.links import link_state, send_link, use_link
from web.acces.persons import demonstration_persons
from web.acces.sessions import close_session, open_session
from web.access import current_person, local_path
from web.errors import Fault, fault
from web.forms import check_origin, parse_form, read_body, read_form
from web.limits import TooMany
from web.pages import page
from web.services import services

HOME = "/bureau"
FIL = [{"href": "/", "label": "Accueil"}, {"href": "/connexion", "label": "Espace des équipes"}]

LOST = {
    "servi": ("Ce lien a déjà servi", "Un lien ne sert qu'une fois. Si ce n'était pas vous, prévenez l'équipe."),
    "perime": ("Ce lien n'est plus valable", "Un lien sert pendant 15 minutes après la demande."),
}


@get("/connexion")
async def connexion(request: Request[Any, Any, Any], suite: FromQuery[str] = "") -> Response[str]:
    """The form; in the demonstration, the persons one may be."""
    await current_person(request)
    return await ask(request, {"suite": local_path(suite)})


@post("/connexion")
async def demander_lien(request: Request[Any, Any, Any]) -> Response[Any]:
    """A link by e-mail. The answer says nothing of who is known here."""
    fields = await read_form(request)
    try:
        address = lire_courriel(fields.get("courriel"))
        key = fields.get("idempotence", "")[:64]
        await send_link(services(request), address, local_path(fields.get("suite", "")), key)
    except (RegleViolee, TooMany) as error:
        return await ask(request, fields, fault(error), getattr(error, "headers", None))
    return Redirect("/connexion/envoye", status_code=303)


async def ask(
    request: Request[Any, Any, Any],
    fields: dict[str, str],
    refused: Fault | None = None,
    headers: dict[str, str] | None = None,
) -> Response[str]:
    """The sign-in page, filled, with what was refused."""
    found = services(request)
    choices = await demonstration_persons(found) if found.demonstration else {}
    answer = page(
        request,
        "acces/connexion.html",
        status=refused.status if refused else 200,
        titre="Espace des équipes",
        fil=FIL,
        courriel=fields.get("courriel", ""),
        suite=local_path(fields.get("suite", "")),
        faute=refused,
        choix=[{"slug": slug, "nom": who.nom, "fonction": who.fonction} for slug, who in choices.items()],
    )
    answer.headers.update(headers or {})
    return answer


@get("/connexion/envoye")
async def envoye(request: Request[Any, Any, Any]) -> Response[str]:
    """What happens next."""
    found = services(request)
    return page(
        request,
        "acces/envoye.html",
        titre="Regardez vos messages",
        fil=FIL,
        lisible=found.demonstration and found.settings.smtp_url is None,
    )


@get("/connexion/lien/{jeton:str}")
async def lien(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[str]:
    """A button: looking at the page uses nothing up."""
    state = await link_state(services(request), jeton)
    if state != "valable":
        return lost(request, state)
    return page(request, "acces/lien.html", titre="Entrer", fil=FIL, jeton=jeton)


@post("/connexion/lien/{jeton:str}")
async def entrer(request: Request[Any, Any, Any], jeton: FromPath[str]) -> Response[Any]:
    """Uses the link up and opens a session."""
    await read_form(request)
    used = await use_link(services(request), jeton)
    if used is None:
        return lost(request, await link_state(services(request), jeton))
    person, suite = used
    return Redirect(suite or HOME, status_code=303, cookies=[await open_session(request, person)])


def lost(request: Request[Any, Any, Any], state: str) -> Response[str]:
    """A link that opens nothing: why, and how to get another (403)."""
    titre, phrase = LOST.get(state, LOST["perime"])
    return page(request, "acces/lien_perdu.html", status=403, titre=titre, phrase=phrase, fil=FIL)


@post("/connexion/demonstration")
async def choisir_personne(request: Request[Any, Any, Any]) -> Response[Any]:
    """In the demonstration only: a session as one of its persons. A script may leave the CSRF token out."""
    found = services(request)
    if not found.demonstration:
        raise NotFoundException
    check_origin(request)
    fields = parse_form(request, await read_body(request))
    person = (await demonstration_persons(found)).get(fields.get("personne", ""))
    if person is None:
        raise NotFoundException("Cette personne de démonstration n'existe pas.")
    suite = local_path(fields.get("suite", "")) or HOME
    return Redirect(suite, status_code=303, cookies=[await open_session(request, person.id)])


@post("/deconnexion")
async def deconnexion(request: Request[Any, Any, Any]) -> Redirect:
    """Ends the session."""
    await read_form(request)
    return Redirect("/", status_code=303, cookies=[await close_session(request)])


ROUTES = (connexion, demander_lien, envoye, lien, entrer, choisir_personne, deconnexion, *JETONS)
