"""`/colleges/{slug}/idee`: a pupil's idea, without account or name; written, read back, given, with a number."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.budget_participatif.deposer_idee import SIGNES_IDEE, DeposerIdee, texte_d_idee
from domain.budget_participatif.events import IdeeDeposee
from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.ledger.entry import recorded
from domain.ledger.event import stream_id
from projections.budgets_rows import BudgetRow
from web.acces.persons import today
from web.colleges.lecture import budgets_of, find_college
from web.colleges.mots import jour_mois
from web.colleges.pages import COLLEGES, fil
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.limits import Limit, attempt
from web.pages import page
from web.services import services

PAR_DOSSIER = Limit("idee", most=300, seconds=3600)  # ten classes an hour; counted by dossier, never by address
FIRST = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = %s AND originator_version = 1"""
DEJA = Fault(409, "Ta première idée est déjà donnée. Celle-ci ne l’est pas.", "Ouvre la page à nouveau pour en donner "
             "une autre.")  # fmt: skip


@get("/colleges/{slug:str}/idee")
async def ecrire_idee(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[str]:
    """The form; what to do when ideas are not received. 404."""
    return await montrer(request, slug, {"idempotence": new_key()})


@post("/colleges/{slug:str}/idee", status_code=200)
async def donner_idee(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Reads it back, then files it; a refused idea comes back as it was written."""
    fields = await read_form(request)
    try:
        texte = texte_d_idee(fields.get("texte"))
        if fields.get("etape") != "donner":
            return await montrer(request, slug, fields, relue=texte if fields.get("etape") == "relire" else "")
        act = await deposer(request, slug, fields)
    except (RegleViolee, KeyReused) as error:
        return await montrer(request, slug, fields, DEJA if isinstance(error, KeyReused) else fault(error))
    return Redirect(f"/colleges/{slug}/idee/merci?idee={act.reference}&vu={act.position}", status_code=303)


async def deposer(request: Request[Any, Any, Any], slug: str, fields: Form) -> Any:
    """The act. Raises TooMany, and what the rules refuse."""
    found, dossier = services(request), await _dossier(request, slug)
    reference = dossier.reference if dossier else ""
    key = fields.get("idempotence") or new_key()
    await attempt(found, PAR_DOSSIER, reference.encode())
    command = DeposerIdee(le=today(), dossier=reference, texte=fields.get("texte", ""))
    return await found.ledger.execute(command, once(key, f"idee/{slug}", {"texte": fields.get("texte", "")}))


@get("/colleges/{slug:str}/idee/merci")
async def merci_idee(
    request: Request[Any, Any, Any], slug: FromPath[str], idee: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """Its number, and what happens next. 404."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    row = await find_college(services(request), slug)
    known = await services(request).fetch(FIRST, (stream_id(f"idees/{idee}"),))  # the register: never behind
    fact = recorded(*known[0]) if known else None
    if fact is None or not isinstance(fact.event, IdeeDeposee):
        raise NotFoundException("Cette idée n’est pas dans le registre.")
    told: dict[str, Any] = {"numero": idee, "dossier": fact.event.dossier, "index": fact.position - 1}
    return page(request, "colleges/merci.html", titre="Merci pour ton idée", college=row, **told)


async def _dossier(request: Request[Any, Any, Any], slug: str) -> BudgetRow | None:
    """The dossier that receives ideas now, or else the latest."""
    rows = await budgets_of(services(request), slug)
    return next((row for row in rows if row.etat == "idees"), next(iter(rows), None))


async def montrer(
    request: Request[Any, Any, Any], slug: str, fields: Form, refus: Fault | None = None, relue: str = ""
) -> Response[str]:
    """The form filled, or the idea read back."""
    row = await find_college(services(request), slug)
    dossier = await _dossier(request, slug)
    ouvert = dossier is not None and dossier.etat == "idees" and (dossier.idees_jusqu_au or today()) >= today()
    answer = page(
        request,
        "colleges/idee.html",
        status=refus.status if refus else 200,
        titre="C’est bien ça ?" if relue else "Mon idée",
        fil=fil(("/", "Accueil"), COLLEGES, (f"/c/{slug}", row.nom), (f"/colleges/{slug}/idee", "Mon idée")),
        college=row,
        ouvert=ouvert or refus is not None,
        dossier=dossier,
        fin=jour_mois(dossier.idees_jusqu_au) if dossier else "",
        maximum=SIGNES_IDEE,
        texte=fields.get("texte", ""),
        relue=relue,
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
