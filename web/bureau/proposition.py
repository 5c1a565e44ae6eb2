"""One proposition as the team sees it, and the acts on it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from web.access import Acteur, require, require_person
from web.bureau.actes import ACTES
from web.bureau.fiche import Lu, contexte, formulaires
from web.bureau.formulaire import ActeBureau, Illisible
from web.bureau.refus import Devance, Refus, pas_devance, refuser
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.dossier import REFERENCE, public
from web.propositions.flux import read_flux
from web.propositions.instances import annuaire
from web.services import services

LIRE = "qualifier_proposition"


@get("/bureau/propositions/{reference:str}")
async def voir_proposition(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The page, for who may read this instance's propositions."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return montrer(request, await lire(request, reference), None, en_attente=not waited)


@post("/bureau/propositions/{reference:str}/{nom:str}", status_code=200)
async def agir(request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """One act; refused, the form comes back filled with the reason, and who was faster."""
    fields, lu = await read_form(request), await lire(request, reference)
    if nom not in ACTES:
        raise NotFoundException
    acte, typed = ACTES[nom], {name.removeprefix(f"{nom}-"): value for name, value in fields.items()}
    acteur = await require(request, acte.droit, lu.dossier.etat.instance)
    try:
        position = await faire(request, lu, acte, acteur, typed)
    except (RegleViolee, KeyReused, Illisible, Devance) as error:
        lu = await lire(request, reference)
        return montrer(request, lu, refuser(acte, typed, error, lu.dossier))
    return Redirect(f"/bureau/propositions/{reference}?vu={position}", status_code=303)


async def faire(request: Request[Any, Any, Any], lu: Lu, acte: ActeBureau, acteur: Acteur, typed: Form) -> int:
    """Does the act; returns its position."""
    found, reference = services(request), lu.dossier.reference
    key = once(typed.get("idempotence") or new_key(), f"bureau/{reference}/{acte.nom}", typed)
    await pas_devance(found, lu.dossier, acte, typed, key)
    return (await found.ledger.execute(acte.commande(acteur, reference, typed), key)).position


async def lire(request: Request[Any, Any, Any], reference: str) -> Lu:
    """The proposition, for who may read it. Raises 401, 403, 404."""
    person, found = await require_person(request), services(request)
    flux = await read_flux(found, reference) if REFERENCE.fullmatch(reference) else None
    if flux is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    dossier = public(found, flux, await annuaire(found))
    await require(request, LIRE, dossier.etat.instance)
    return Lu(flux, dossier, person)


def montrer(request: Request[Any, Any, Any], lu: Lu, refus: Refus | None, *, en_attente: bool = False) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    premiers, autres = formulaires(lu, refus)
    return page(
        request,
        "bureau/proposition.html",
        status=refus.faute.status if refus else 200,
        **contexte(lu, services(request).vault),
        premiers=premiers,
        autres=autres,
        refus=refus,
        en_attente=en_attente,
    )
