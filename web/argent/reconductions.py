"""`/argent/reconductions`: every sum that went from a year to the next, with its decision."""

from typing import Any

from litestar import Request, Response, get

from domain.money import euros
from web.api.lecture import read_number
from web.argent.lecture import Lieux, lieux
from web.argent.mots import ENVELOPPES
from web.colleges.pages import fil
from web.pages import date_longue, page
from web.services import Services, services

PAR_PAGE = 50
TOUTES = """SELECT c.nom, c.beneficiaire, c.annee, m.cents, m.acte, m.le, m.position FROM mouvements m
    JOIN comptes c ON c.cle = m.compte WHERE m.sorte = 'reconduction'
    ORDER BY m.position DESC LIMIT %s OFFSET %s"""
TOTAL = "SELECT count(*), coalesce(sum(cents), 0)::bigint FROM mouvements WHERE sorte = 'reconduction'"


@get("/argent/reconductions")
async def voir_reconduites(request: Request[Any, Any, Any]) -> Response[str]:
    """The latest first, fifty a page."""
    crumbs = fil(("/", "Accueil"), ("/argent", "Argent"), ("/argent/reconductions", "Reconductions"))
    context = await contexte(services(request), read_number(request, "page", 1, 1, 20_000))
    return page(request, "argent/reconductions.html", fil=crumbs, **context)


async def contexte(services: Services, number: int) -> dict[str, Any]:
    """What the page says."""
    [(total, cents)] = await services.fetch(TOTAL)
    rows, where = await services.fetch(TOUTES, (PAR_PAGE, PAR_PAGE * (number - 1))), await lieux(services)
    pages = max(1, -(-total // PAR_PAGE))
    return {
        "titre": "Ce qui est passé d’une année à l’autre",
        "nombre_": total,
        "total": euros(cents),
        "lignes": [ligne(where, *row) for row in rows],
        "page": number,
        "pages": pages,
        "precedent": f"/argent/reconductions?page={number - 1}" if number > 1 else "",
        "suivant": f"/argent/reconductions?page={number + 1}" if number < pages else "",
    }


def ligne(
    where: Lieux, nom: str, code: str, annee: int, cents: int, acte: str, le: Any, position: int
) -> dict[str, Any]:
    """One carry-over."""
    return {
        "nom": where.nom(code, annee),
        "href": f"/argent/{nom}/{annee}/{where.adresse(code)}",
        "enveloppe": ENVELOPPES.get(nom, nom),
        "de": annee - 1,
        "a": annee,
        "somme": euros(cents),
        "acte": acte,
        "date": date_longue(le),
        "index": position - 1,
    }
