"""`/bureau/seances-assemblees`: the meetings of the bodies that this person serves; plan one; act on one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.ledger.command import Command
from domain.ledger.deciding import Act
from web.access import require
from web.forms import Form, new_key, once, read_form
from web.seances.actes import DU_CADRE, DU_POINT, DU_PV
from web.seances.formes import REFUSES, Acte, Demande, Lu, Refus, chiffres, depouille, refuser
from web.seances.office import lire, montrer, montrer_noms, montrer_point
from web.seances.planifier import SECONDE, montrer_liste, ordre_du_jour, planifier
from web.seances.voter import DE_LA_SALLE
from web.services import services

ACTES: dict[str, Acte] = {acte.nom: acte for acte in (*DU_CADRE, *DU_POINT, *DU_PV, *DE_LA_SALLE, SECONDE)}
RACINE = "/bureau/seances-assemblees"


@get("/bureau/seances-assemblees")
async def voir_seances_bureau(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """Every meeting of a body, and the form to plan the next one."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer_liste(request, {"instance": instance})


@post("/bureau/seances-assemblees", status_code=200)
async def planifier_seance(request: Request[Any, Any, Any]) -> Response[Any]:
    """Plans a meeting; refused, its form comes back filled."""
    return await planifier(request, await read_form(request))


@get("/bureau/seances-assemblees/{reference:str}")
async def voir_seance_bureau(
    request: Request[Any, Any, Any],
    reference: FromPath[str],
    vu: FromQuery[int | None] = None,
    corriger: FromQuery[int | None] = None,
) -> Response[str]:
    """One meeting, at whatever stage; `corriger` is the fact to rectify."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer(request, reference, None, corriger=corriger, en_attente=not waited)


@get("/bureau/seances-assemblees/{reference:str}/points/{rang:int}")
async def voir_point(
    request: Request[Any, Any, Any], reference: FromPath[str], rang: FromPath[int], vu: FromQuery[int | None] = None
) -> Response[str]:
    """One item: who is there, proxies, its vote."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer_point(request, reference, rang, None, en_attente=not waited)


@get("/bureau/seances-assemblees/{reference:str}/points/{rang:int}/noms")
async def voir_noms(request: Request[Any, Any, Any], reference: FromPath[str], rang: FromPath[int]) -> Response[str]:
    """The vote by name: everybody on one page, « pour » unless said."""
    return await montrer_noms(request, reference, rang, None)


@get("/bureau/seances-assemblees/{reference:str}/feuille")
async def voir_feuille(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The roll, to print: for a day without network."""
    return await montrer(request, reference, None, modele="seances/feuille.html")


@post("/bureau/seances-assemblees/{reference:str}/{nom:str}", status_code=200)
async def agir_seance(request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """One act; refused, the page comes back with its form filled and the reason."""
    fields = await read_form(request)
    if nom not in ACTES:
        raise NotFoundException
    acte, typed = ACTES[nom], depouille(fields, nom)
    lu = await lire(request, reference)
    try:
        position, where = await faire(request, lu, acte, typed)
    except REFUSES as error:
        return await _refuser(request, reference, refuser(acte, typed, error))
    return Redirect(f"{where}{f'?vu={position}' if position else ''}", status_code=303)


async def faire(request: Request[Any, Any, Any], lu: Lu, acte: Acte, typed: dict[str, str]) -> tuple[int, str]:
    """Does the act; the last position, and the page that comes after it. A form sent again is the same act."""
    acteur = await require(request, acte.droit, lu.reunion.row.instance)
    demande = Demande(acteur, lu, typed, datetime.now(UTC))
    key, scope = typed.get("idempotence") or new_key(), f"seances/{lu.reunion.reference}/{acte.nom}"
    done = await _executer(request, acte.commandes(demande), key, scope, typed)
    if acte is SECONDE and done is not None:
        last = await _executer(request, ordre_du_jour(demande, done.reference), key, f"{scope}/points", typed) or done
        return last.position, f"{RACINE}/{done.reference}"
    back = f"{RACINE}/{lu.reunion.reference}"
    where = f"{back}/points/{demande.rang}" if demande.rang in lu.reunion.seance.points else back
    return done.position if done else 0, where


async def _executer(
    request: Request[Any, Any, Any], commands: Sequence[Command], key: str, scope: str, typed: Form
) -> Act | None:
    """One after the other; the last act."""
    act = None
    for step, command in enumerate(commands):
        act = await services(request).ledger.execute(command, once(key, f"{scope}/{step}", typed))
    return act


async def _refuser(request: Request[Any, Any, Any], reference: str, refus: Refus) -> Response[str]:
    """The page where the form stands, as the meeting is now: what somebody else did shows too."""
    rang = chiffres(refus.champs.get("rang", ""))
    if refus.acte.nom == "noms":
        return await montrer_noms(request, reference, rang, refus)
    if rang:
        return await montrer_point(request, reference, rang, refus)
    return await montrer(request, reference, refus)


ROUTES = (
    voir_seances_bureau,
    planifier_seance,
    voir_seance_bureau,
    voir_point,
    voir_noms,
    voir_feuille,
    agir_seance,
)
