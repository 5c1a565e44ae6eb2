"""Routes of the API; its description for programs, its page for people."""

from typing import Any

from litestar import Request, Response, get

from web.api import consultation, ecriture, equipe, equipe_dossiers
from web.api.openapi import description, fields
from web.api.operations import all_operations, answer
from web.pages import page
from web.services import services

FIL = [{"href": "/", "label": "Accueil"}, {"href": "/api", "label": "L’interface pour les programmes"}]


@get("/api/openapi.json", sync_to_thread=False)
def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """OpenAPI 3.1."""
    return answer(description(list(all_operations(request.app)), services(request).settings.public_url))


@get("/api", sync_to_thread=False)
def api(request: Request[Any, Any, Any]) -> Response[str]:
    """The same for people, without any script."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for operation in all_operations(request.app):
        shown = {"op": operation, "champs": fields(operation.corps)}
        parts.setdefault(operation.rubrique, []).append(shown)
    site = services(request).settings.public_url
    return page(request, "api/api.html", titre="L’interface pour les programmes", fil=FIL, parties=parts, site=site)


ROUTES = (api, openapi, *consultation.ROUTES, *ecriture.ROUTES, *equipe.ROUTES, *equipe_dossiers.ROUTES)
