"""`/bureau/argent/paiements`: payments pasted from a spreadsheet, one act a line."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.enveloppes.mandater_credit import MandaterCredit
from domain.errors import RegleViolee
from domain.money import euros, lire_euros
from projections.argent_rows import OperationRow
from web.access import Acteur, require
from web.bureau.formulaire import Illisible
from web.bureau_argent.formulaires import Saisie as Champ
from web.bureau_argent.formulaires import champ, faute_de, recevoir
from web.bureau_argent.lots import Ligne, Lot, contexte, tableau, tout_faire
from web.bureau_argent.operations import ACCUEIL
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.errors import Fault
from web.forms import Form, new_key
from web.pages import page
from web.services import Services, services

ICI, DROIT = "/bureau/argent/paiements", "mandater_credit"
AIDE = "Une ligne par paiement : opération ; année du compte ; somme. Exemple : OP-2026-0001 ; 2026 ; 12 500"
LIGNES = Champ("lignes", "Les paiements", "textarea", max=40_000, aide=AIDE)
DUES = """commencee_le IS NOT NULL AND engage_cents > mandate_cents ORDER BY depot LIMIT 100"""


@get(ICI)
async def voir_paiements(
    request: Request[Any, Any, Any], vu: FromQuery[int | None] = None, faits: FromQuery[int] = 0
) -> Response[str]:
    """An empty table, and what is committed and not yet paid."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer(request, None, Lot(faits, 0, [], []) if 0 < faits < 10_000 else None)


@post(ICI, status_code=200)
async def payer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Each line; those that a rule refuses come back in the table, with the reason."""
    typed, _ = await recevoir(request, "payer")
    acteur, found = await require(request, DROIT), services(request)
    try:
        lines = await lignes(found, acteur, typed)
    except Illisible as error:
        return await montrer(request, typed, None, faute_de(error))
    lot = await tout_faire(found, typed.get("idempotence") or new_key(), "paiements", lines)
    if lot.refuses:
        kept = typed.get("lignes", "").splitlines()
        left = "\n".join(kept[int(number) - 1] for number in lot.restent)
        return await montrer(request, {"lignes": left}, lot)
    return Redirect(f"{ICI}?vu={lot.position}&faits={lot.total}", status_code=303)


async def lignes(services: Services, acteur: Acteur, typed: Form) -> list[Ligne]:
    """One act a line, on the account of the operation. Raises Illisible."""
    rows = tableau(typed.get("lignes", ""), 3)
    if not rows:
        raise Illisible("lignes", "Collez au moins une ligne.")
    asked = [cells[0] for _, cells in rows]
    works = {row.reference: row for row in await read(services, OperationRow, "reference = ANY(%s)", (asked,))}
    return [_ligne(number, cells, works.get(cells[0]), acteur) for number, cells in rows]


def _ligne(number: int, cells: list[str], work: OperationRow | None, acteur: Acteur) -> Ligne:
    told, year = f"Ligne {number}, {cells[0][:20]}", cells[1]
    if work is None:
        return Ligne(told, str(number), None, {}, Illisible("lignes", "Cette opération n’est pas dans le registre."))
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return Ligne(told, str(number), None, {}, Illisible("lignes", "L’année n’est pas lisible."))
    try:
        cents = lire_euros(cells[2], "lignes")
    except RegleViolee as error:
        return Ligne(told, str(number), None, {}, error)
    who = (acteur.personne, acteur.le)
    order = MandaterCredit(*who, work.nom, work.beneficiaire, int(year), work.reference, cents)
    return Ligne(told, str(number), order, {"ligne": ";".join(cells)})


async def montrer(
    request: Request[Any, Any, Any], typed: Form | None, lot: Lot | None, faute: Fault | None = None
) -> Response[str]:
    """The page; the lines that were refused stay in the table."""
    await require(request, DROIT)
    due = await read(services(request), OperationRow, DUES)
    return page(
        request,
        "bureau_argent/paiements.html",
        status=faute.status if faute else (422 if lot and lot.refuses else 200),
        titre="Coller des paiements",
        fil=fil(*ACCUEIL, (ICI, "Coller des paiements")),
        adresse=ICI,
        champs=[champ(LIGNES, "payer", typed, faute)],
        dues=[
            {
                "ref": row.reference,
                "titre": row.titre,
                "du": euros(row.engage_cents - row.mandate_cents),
            }
            for row in due
        ],
        lot=contexte(lot),
        faute=faute,
    )
