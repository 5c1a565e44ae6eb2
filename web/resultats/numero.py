"""« Retrouve ton numéro »: a tracker typed by a pupil, found among the published ballots.

It is posted, so that it stays out of addresses, histories and logs; nothing is written, and no answer is stored.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.errors import RegleViolee
from domain.scrutins.events import BulletinDepouille
from domain.scrutins.traceurs import lire_traceur
from web.forms import read_form
from web.pages import NBSP, page
from web.resultats.contexte import fil
from web.resultats.lecture import Scrutin
from web.resultats.page_scrutin import trouver


@get("/scrutins/{reference:str}/numero")
async def demander_numero(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The form alone."""
    return _page(request, await _publie(request, reference))


@post("/scrutins/{reference:str}/numero", status_code=200)
async def chercher_numero(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The ballot that carries this number, or how to type it. 422 on words that are not of our numbers."""
    scrutin = await _publie(request, reference)
    saisi = (await read_form(request)).get("t", "")
    try:
        numero = lire_traceur(saisi)
    except RegleViolee as refus:
        return _page(request, scrutin, status=422, valeur=saisi[:60], erreur=f"{refus} {refus.conseil}")
    found = next((bulletin for bulletin in scrutin.bulletins if bulletin.t == numero), None)
    return _page(request, scrutin, numero=numero, trouve=found)


async def _publie(request: Request[Any, Any, Any], reference: str) -> Scrutin:
    scrutin = await trouver(request, reference)
    if scrutin.depouille is None or scrutin.depouille.liste != "publiee":
        raise NotFoundException("Les bulletins de ce vote ne sont pas publiés.")
    return scrutin


def _page(
    request: Request[Any, Any, Any],
    scrutin: Scrutin,
    *,
    status: int = 200,
    numero: str = "",
    trouve: BulletinDepouille | None = None,
    valeur: str = "",
    erreur: str = "",
) -> Response[str]:
    answer = page(
        request,
        "resultats/numero.html",
        status=status,
        titre=f"Retrouve ton numéro – {scrutin.reference}",
        fil=fil(scrutin, "Retrouve ton numéro", "numero"),
        s=scrutin,
        numero=numero.replace("-", " · "),
        trouve=trouve is not None,
        choix=_choix(scrutin, trouve) if trouve else [],
        valeur=valeur,
        erreur=erreur,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _choix(scrutin: Scrutin, bulletin: BulletinDepouille) -> list[str]:
    assert scrutin.cree is not None  # only our own ballots have trackers
    noms = {projet.id: projet.titre for projet in scrutin.cree.projets}
    if not bulletin.p:
        return [noms[projet] for projet in bulletin.c]
    paires = zip(bulletin.c, bulletin.p, strict=True)
    return [f"{noms[projet]} : {points}{NBSP}point{'s' if points > 1 else ''}" for projet, points in paires]
