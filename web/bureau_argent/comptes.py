"""`/bureau/argent/comptes/{nom}/{beneficiaire}/{annee}`: an account as the office sees it, and the acts on it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from projections.argent_rows import OperationRow
from web.acces.persons import today
from web.access import require, require_person
from web.argent.compte import sommes
from web.argent.lecture import lieux
from web.argent.mots import ENVELOPPES
from web.argent.operations import carte
from web.bureau_argent.actes_compte import ACTES
from web.bureau_argent.formulaires import REFUSES, Refus, faire, formulaire, recevoir, refuser
from web.bureau_argent.lecture import CompteLu, municipal, read_compte
from web.bureau_argent.operations import ACCUEIL
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.pages import page
from web.services import services

LIRE = "engager_credit"


@get("/bureau/argent/comptes/{nom:str}/{beneficiaire:str}/{annee:int}")
async def voir_compte_au_bureau(
    request: Request[Any, Any, Any],
    nom: FromPath[str],
    beneficiaire: FromPath[str],
    annee: FromPath[int],
    vu: FromQuery[int | None] = None,
) -> Response[str]:
    """Its sums, its operations, what to do. 403, 404."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer(request, f"{nom}/{beneficiaire}/{annee}", None, en_attente=not waited)


@post("/bureau/argent/comptes/{nom:str}/{beneficiaire:str}/{annee:int}/{acte:str}", status_code=200)
async def agir_compte(
    request: Request[Any, Any, Any],
    nom: FromPath[str],
    beneficiaire: FromPath[str],
    annee: FromPath[int],
    acte: FromPath[str],
) -> Response[Any]:
    """One act; refused, the page comes back with the form filled and the reason."""
    if acte not in ACTES:
        raise NotFoundException
    cle, (typed, photo) = f"{nom}/{beneficiaire}/{annee}", await recevoir(request, acte)
    lu = await lire(request, cle)
    try:
        body = municipal(nom, beneficiaire)
        position = await faire(request, ACTES[acte], body, lu, typed, photo, f"comptes/{cle}")
    except REFUSES as error:
        return await montrer(request, cle, refuser(ACTES[acte], typed, error))
    return Redirect(f"/bureau/argent/comptes/{cle}?vu={position}", status_code=303)


async def lire(request: Request[Any, Any, Any], cle: str) -> CompteLu:
    """The account, for who may act on it. Raises 401, 403, 404."""
    nom, beneficiaire, _ = cle.split("/")
    await require(request, LIRE, municipal(nom, beneficiaire))
    return await read_compte(services(request), cle, today().year)


async def montrer(
    request: Request[Any, Any, Any], cle: str, refus: Refus | None, *, en_attente: bool = False
) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    lu, person, where = await lire(request, cle), await require_person(request), await lieux(services(request))
    row, body = lu.row, municipal(lu.row.nom, lu.row.beneficiaire)
    works = "nom = %s AND beneficiaire = %s ORDER BY depot DESC LIMIT 50"
    rows = await read(services(request), OperationRow, works, (row.nom, row.beneficiaire))
    shown = [a for a in ACTES.values() if person.peut(a.droit, body) and (a.utile(lu) or (refus and refus.acte is a))]
    return page(
        request,
        "bureau_argent/compte.html",
        status=refus.faute.status if refus else 200,
        titre=f"{lu.nom}, {ENVELOPPES.get(row.nom, row.nom)}, {row.annee}",
        fil=fil(*ACCUEIL, (f"/bureau/argent/comptes/{cle}", f"{lu.nom} {row.annee}")),
        cle=cle,
        public=f"/argent/{row.nom}/{row.annee}/{where.adresse(row.beneficiaire)}",
        sommes=sommes(row),
        formulaires=[formulaire(acte, lu, refus) for acte in shown],
        operations=[carte(one, where) for one in rows],
        refus=refus,
        en_attente=en_attente,
    )
