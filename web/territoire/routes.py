"""`/communes`, `/communes/{nom}`, `/ctm/{nom}`."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from projections.instances import CommuneRow, InstanceRow
from web.acces.persons import today
from web.pages import page
from web.propositions.instances import annuaire
from web.propositions.listes import cartes, read_rows
from web.services import Services, services
from web.territoire.communes import Communes, read_communes, slug, source_of

ACCUEIL = {"href": "/", "label": "Accueil"}
COMMUNES = {"href": "/communes", "label": "Communes"}
LATEST = 20
ABOUT = "territoire = ANY(%s) ORDER BY depot DESC LIMIT %s"
COMPTES = "SELECT EXISTS (SELECT FROM comptes WHERE beneficiaire = ANY(%s))"
PREFIX = "ctm-"


@get("/communes")
async def communes(request: Request[Any, Any, Any]) -> Response[str]:
    """The communes by conference, and those that are no more."""
    found, names = await read_communes(services(request)), await annuaire(services(request))
    conferences = [row for row in names.par_slug.values() if row.type == "ctm"]
    parts = [
        {"ctm": ctm, "href": ctm_href(ctm), "lignes": [_line(row) for row in found.today if row.ctm == ctm.slug]}
        for ctm in sorted(conferences, key=lambda row: row.nom)
    ]
    former = [_line(row) | {"suite": _line(found.rows[row.devient])} for row in found.rows.values() if row.devient]
    context: dict[str, Any] = {"parties": parts, "anciennes": former, "nombre_": len(found.today)}
    return page(request, "territoire/communes.html", titre="Les communes", fil=[ACCUEIL, COMMUNES], **context)


@get("/communes/{nom:str}")
async def commune(request: Request[Any, Any, Any], nom: FromPath[str]) -> Response[Any]:
    """One commune; a former name or an INSEE code leads to its address (303)."""
    found = await read_communes(services(request))
    row = found.find(nom)
    if row is None:
        raise NotFoundException("Cette commune n’est pas dans le registre.")
    if nom != slug(row.nom):
        return Redirect(f"/communes/{slug(row.nom)}", status_code=303)
    context = await _commune(services(request), found, row)
    fil = [ACCUEIL, COMMUNES, {"href": f"/communes/{nom}", "label": row.nom}]
    return page(request, "territoire/commune.html", titre=row.nom, fil=fil, **context)


@get("/ctm/{nom:str}")
async def ctm(request: Request[Any, Any, Any], nom: FromPath[str]) -> Response[str]:
    """A conference of mayors, its communes, the dossiers about them."""
    names = await annuaire(services(request))
    row = names.par_slug.get(f"{PREFIX}{nom}")
    if row is None or row.type != "ctm":
        raise NotFoundException("Cette conférence n’est pas dans le registre.")
    found = await read_communes(services(request))
    members = [member for member in found.today if member.ctm == row.slug]
    context = {
        "ctm": row,
        "lignes": [_line(member) for member in members],
        "total": sum(member.population_municipale for member in members),
        **await _dossiers(services(request), [code for member in members for code in found.codes(member)]),
    }
    fil = [ACCUEIL, COMMUNES, {"href": f"/ctm/{nom}", "label": row.nom}]
    return page(request, "territoire/ctm.html", titre=row.nom, fil=fil, **context)


async def _commune(found: Services, communes: Communes, row: CommuneRow) -> dict[str, Any]:
    names = await annuaire(found)
    conference = names.par_slug.get(row.ctm)
    next_ = communes.rows.get(row.devient or "")
    return {
        "commune": row,
        "avant": [former | {"au": date.fromisoformat(former["au"])} for former in row.precedents],
        "source": await source_of(found, row),
        "ctm": {"nom": conference.nom, "href": ctm_href(conference)} if conference else None,
        "suite": _line(next_) if next_ else None,
        "argent": await argent(found, communes, row),
        "conseil": names.par_slug.get(f"conseil-municipal-{row.insee}"),
        "absorbees": [_line(other) for other in communes.absorbed(row)],
        **await _dossiers(found, communes.codes(row)),
    }


async def _dossiers(found: Services, codes: list[str]) -> dict[str, Any]:
    return cartes(await read_rows(found, ABOUT, (codes, LATEST)), today())


async def argent(found: Services, communes: Communes, row: CommuneRow) -> str:
    """Page of its accounts, or nothing."""
    [(some,)] = await found.fetch(COMPTES, (communes.codes(row),))
    return f"/argent/{slug(row.nom)}" if some else ""


def _line(row: CommuneRow) -> dict[str, Any]:
    return {
        "nom": row.nom,
        "href": f"/communes/{slug(row.nom)}",
        "population": row.population_municipale,
        "annee": row.population_annee,
        "du": row.du,
        "au": row.au,
    }


def ctm_href(row: InstanceRow) -> str:
    """Page of a conference."""
    return f"/ctm/{row.slug.removeprefix(PREFIX)}"


ROUTES = (communes, commune, ctm)
