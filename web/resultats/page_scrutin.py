"""`/scrutins/{reference}` and what goes with it: the rule before, turnout during, the result and its reasons after."""

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from projections.watcher import Watcher
from web.pages import page
from web.propositions.instances import annuaire
from web.resultats.compte import Compte, recompte
from web.resultats.contexte import contexte, contexte_pourquoi
from web.resultats.fichiers import bulletins_csv, fichier_pb, scrutin_json
from web.resultats.images import images
from web.resultats.lecture import Scrutin, read_scrutin
from web.services import Services, services

KEPT = 32

FICHIERS = {
    "csv": "text/csv; charset=utf-8",
    "pb": "text/plain; charset=utf-8",
    "json": "application/json",
}

_comptes: WeakKeyDictionary[Watcher, dict[tuple[str, int], Compte | None]] = WeakKeyDictionary()
_un_seul = asyncio.Lock()


@get("/scrutins/{reference:str}")
async def voir_scrutin(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[Any]:
    """The page; or, with a suffix, its `.pb` and `.json`. 404 when there is no such scrutin."""
    numero, _, forme = reference.partition(".")
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    scrutin = await trouver(request, numero)
    if forme:
        return fichier(scrutin, forme)
    compte = await compter(services(request), scrutin)
    noms = await annuaire(services(request))
    vues = await images(services(request), scrutin)
    return page(request, "resultats/scrutin.html", **contexte(scrutin, compte, noms), images=vues)


@get("/scrutins/{reference:str}/bulletins.csv")
async def bulletins(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """One line a ballot, one column a project."""
    return fichier(await trouver(request, reference), "csv")


@get("/scrutins/{reference:str}/pourquoi")
async def pourquoi(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The count step by step, in words and bars."""
    scrutin = await trouver(request, reference)
    compte = await compter(services(request), scrutin)
    if compte is None:
        raise NotFoundException("Les bulletins de ce vote ne sont pas publiés : il n’y a pas d’étapes à montrer.")
    return page(request, "resultats/pourquoi.html", **contexte_pourquoi(scrutin, compte))


async def trouver(request: Request[Any, Any, Any], reference: str) -> Scrutin:
    """The scrutin of this number. Raises 404."""
    found = await read_scrutin(services(request), reference)
    if found is None:
        raise NotFoundException(f"Aucun vote ne porte le numéro {reference[:40]}.")
    return found


async def compter(found: Services, scrutin: Scrutin) -> Compte | None:
    """The count made again, kept while the scrutin does not change; in a thread, one at a time."""
    kept, key = _comptes.setdefault(found.watcher, {}), (scrutin.reference, scrutin.faits[-1].position)
    async with _un_seul:
        if key not in kept:
            while len(kept) >= KEPT:
                del kept[next(iter(kept))]
            kept[key] = await asyncio.to_thread(recompte, scrutin)
    return kept[key]


def fichier(scrutin: Scrutin, forme: str) -> Response[Any]:
    """A scrutin as a file. Raises 404 while its ballots are not published."""
    if forme not in FICHIERS:
        raise NotFoundException("Cette forme n’existe pas. Les formes sont .json, .pb et bulletins.csv.")
    make = {"csv": bulletins_csv, "pb": fichier_pb, "json": scrutin_json}[forme]
    contenu: str | bytes | None = make(scrutin)
    if contenu is None:
        raise NotFoundException("Les bulletins de ce vote ne sont pas publiés.")
    nom = f"{scrutin.reference}-bulletins.csv" if forme == "csv" else f"{scrutin.reference}.{forme}"
    headers = {"Content-Disposition": f'attachment; filename="{nom}"'} if forme != "json" else {}
    headers["Access-Control-Allow-Origin"] = "*"
    return Response(contenu, media_type=FICHIERS[forme], headers=headers)
