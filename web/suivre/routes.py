"""Routes of following. `/suivre/{cible}` is a dossier to follow (its reference) or a signed link."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from domain.identifiers import est_reference
from web.forms import read_form
from web.services import services
from web.suivre.demander import ROUTES as DEMANDER
from web.suivre.demander import ask, follow
from web.suivre.gerer import ROUTES as GERER
from web.suivre.gerer import linked, manage
from web.suivre.subscriptions import change, same_address


@get("/suivre/{cible:str}")
async def ouvrir(request: Request[Any, Any, Any], cible: FromPath[str]) -> Response[str]:
    """The form for a dossier (its reference), or the page that manages everything (a signed link)."""
    if est_reference(cible):
        return await ask(request, f"dossiers/{cible}", {})
    return await manage(request, await linked(request, cible), cible)


@post("/suivre/{cible:str}")
async def enregistrer(request: Request[Any, Any, Any], cible: FromPath[str]) -> Response[Any]:
    """Asks to follow a dossier, or saves the choices of the page that manages everything."""
    if est_reference(cible):
        return await follow(request, f"dossiers/{cible}")
    one, fields = await linked(request, cible), await read_form(request)
    for each in await same_address(services(request), one):
        await change(services(request), each, fields.get(f"rythme-{each.id}", each.pace))
    return await manage(request, one, cible, "Vos choix sont enregistrés.")


ROUTES = (*DEMANDER, *GERER, ouvrir, enregistrer)
