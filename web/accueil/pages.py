"""The pages that explain the site: help, map, accessibility, personal data."""

from typing import Any

from litestar import Request, Response, get

from web.accueil import conformite
from web.accueil.plan import paths, site_map
from web.pages import page
from web.services import services

SERVICE = """SELECT nom, adresse, telephone, courriel FROM instances
    WHERE type = 'service' AND au IS NULL
    ORDER BY slug NOT IN (SELECT repondant FROM instances WHERE slug = 'gepi'), slug LIMIT 1"""


def _fil(label: str, href: str) -> list[dict[str, str]]:
    return [{"href": "/", "label": "Accueil"}, {"href": href, "label": label}]


async def _service(request: Request[Any, Any, Any]) -> dict[str, str | None] | None:
    """The service that answers for the register: the GEPI's, or the first one."""
    rows = await services(request).fetch(SERVICE)
    return dict(zip(("nom", "adresse", "telephone", "courriel"), rows[0], strict=True)) if rows else None


@get("/aide", sync_to_thread=False)
def aide(request: Request[Any, Any, Any]) -> Response[str]:
    """How to say, follow and check; the words and the initials."""
    return page(request, "accueil/aide.html", titre="Aide", fil=_fil("Aide", "/aide"))


@get("/plan", sync_to_thread=False)
def plan(request: Request[Any, Any, Any]) -> Response[str]:
    """Every page that the application answers."""
    parts = site_map(paths(request.app))
    return page(request, "accueil/plan.html", titre="Plan du site", fil=_fil("Plan du site", "/plan"), parties=parts)


@get("/accessibilite")
async def accessibilite(request: Request[Any, Any, Any]) -> Response[str]:
    """The declaration of accessibility (arrêté of 20 September 2019)."""
    context: dict[str, Any] = {
        "etat": conformite.ETAT,
        "audit_le": conformite.AUDIT_LE,
        "page_du": conformite.PAGE_DU,
        "verifie": conformite.VERIFIE,
        "service": await _service(request),
    }
    title = "Accessibilité"
    return page(request, "accueil/accessibilite.html", titre=title, fil=_fil(title, "/accessibilite"), **context)


@get("/donnees-personnelles")
async def donnees_personnelles(request: Request[Any, Any, Any]) -> Response[str]:
    """What is kept, where, for how long, on what ground, and how to have it erased (RGPD, articles 12 to 17)."""
    title = "Données personnelles"
    context: dict[str, Any] = {"service": await _service(request), "fil": _fil(title, "/donnees-personnelles")}
    return page(request, "accueil/donnees_personnelles.html", titre=title, **context)
