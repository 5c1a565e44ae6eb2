"""`/bureau/argent/operations`: one operation as the office sees it, and the acts on it; a new one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.money import euros
from web.acces.persons import Person, today
from web.access import require, require_person
from web.argent.lecture import lieux
from web.argent.mots import ENVELOPPES, ETATS
from web.bureau_argent.actes_operation import ACTES
from web.bureau_argent.formulaires import REFUSES, Refus, faire, formulaire, recevoir, refuser
from web.bureau_argent.lecture import OperationLue, read_operation
from web.colleges.pages import fil
from web.pages import page
from web.services import services

ACCUEIL = (("/bureau", "Ma semaine"), ("/bureau/argent", "L’argent"))
LIRE = ("engager_credit", "rendre_avis_technique", "proposer_operation")


@get("/bureau/argent/operations/{reference:str}")
async def voir_au_bureau(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """What to do now on this operation, for who may. 403, 404."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer(request, reference, None, en_attente=not waited)


@post("/bureau/argent/operations/{reference:str}/{nom:str}", status_code=200)
async def agir_operation(
    request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]
) -> Response[Any]:
    """One act; refused, the page comes back with the form filled and the reason."""
    if nom not in ACTES:
        raise NotFoundException
    acte, (typed, photo) = ACTES[nom], await recevoir(request, nom, ACTES[nom].photo)
    lu = await lire(request, reference)
    try:
        position = await faire(request, acte, lu.instance, lu, typed, photo, f"operations/{reference}")
    except REFUSES as error:
        return await montrer(request, reference, refuser(acte, typed, error))
    return Redirect(f"/bureau/argent/operations/{reference}?vu={position}", status_code=303)


async def lire(request: Request[Any, Any, Any], reference: str) -> OperationLue:
    """The operation, for who may read it. Raises 401, 403, 404."""
    person = await require_person(request)
    lu = await read_operation(services(request), reference, today().year)
    if not any(person.peut(droit, lu.instance) for droit in LIRE):
        await require(request, LIRE[0], lu.instance)
    return lu


def permis(person: Person, lu: OperationLue, refus: Refus | None) -> list[dict[str, Any]]:
    """The forms that fit now and that this person's functions allow; the refused one in any case."""
    wanted = [
        acte
        for acte in ACTES.values()
        if person.peut(acte.droit, lu.instance) and (acte.utile(lu) or (refus is not None and refus.acte is acte))
    ]
    return [formulaire(acte, lu, refus) for acte in wanted]


async def montrer(
    request: Request[Any, Any, Any], reference: str, refus: Refus | None, *, en_attente: bool = False
) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    lu, person, where = await lire(request, reference), await require_person(request), await lieux(services(request))
    row = lu.row
    return page(
        request,
        "bureau_argent/operation.html",
        status=refus.faute.status if refus else 200,
        titre=row.titre,
        fil=fil(*ACCUEIL, (f"/bureau/argent/operations/{reference}", reference)),
        operation=row,
        enveloppe=ENVELOPPES[row.nom],
        nom=where.nom(row.beneficiaire, row.proposee_le.year),
        phrase=f"{ETATS[row.etat]}.",
        sommes=[
            {"nom": nom, "valeur": euros(cents)}
            for nom, cents in (
                ("Coût prévu", row.cout_cents),
                ("Engagé", row.engage_cents),
                ("Payé", row.mandate_cents),
            )
        ],
        comptes=[
            {
                "annee": one.annee,
                "href": f"/bureau/argent/comptes/{one.cle}"
                if person.peut(LIRE[0], lu.instance)
                else f"/argent/{row.nom}/{one.annee}/{where.adresse(row.beneficiaire)}",
                "reste": euros(one.solde_cents),
            }
            for one in sorted(lu.comptes, key=lambda one: -one.annee)
        ],
        formulaires=permis(person, lu, refus),
        refus=refus,
        en_attente=en_attente,
    )
