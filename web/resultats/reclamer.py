"""`/scrutins/{reference}/reclamer`: anybody contests a proclaimed vote; the words are read by the team only."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.scrutins.deposer_reclamation import DeposerReclamation
from domain.scrutins.events import ReclamationDeposee
from web.acces.persons import today
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.limits import Limit, attempt
from web.pages import date_longue, page
from web.resultats.contexte import fil
from web.resultats.lecture import Scrutin
from web.resultats.page_scrutin import trouver
from web.resultats.vue import on_peut_reclamer
from web.scrutins.reclamations import MOTIFS
from web.services import services

PAR_VOTE = Limit("reclamation", most=60, seconds=3600)  # counted by vote, never by address


@get("/scrutins/{reference:str}/reclamer")
async def ecrire_reclamation(
    request: Request[Any, Any, Any], reference: FromPath[str], rang: FromQuery[int | None] = None,
    vu: FromQuery[int | None] = None,
) -> Response[str]:  # fmt: skip
    """The form; after it was sent, the number of the complaint and its receipt."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return _page(request, await trouver(request, reference), {}, rang=rang)


@post("/scrutins/{reference:str}/reclamer", status_code=200)
async def reclamer(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[Any]:
    """Files it; a refused complaint comes back as it was written."""
    scrutin, fields = await trouver(request, reference), await read_form(request)
    try:
        act = await _deposer(request, scrutin, fields)
    except (RegleViolee, KeyReused) as error:
        return _page(request, scrutin, fields, fault(error))
    rang = await _rang(request, reference, act.first)
    return Redirect(f"/scrutins/{reference}/reclamer?rang={rang}&vu={act.position}", status_code=303)


async def _deposer(request: Request[Any, Any, Any], scrutin: Scrutin, fields: Form) -> Any:
    found, key = services(request), fields.get("idempotence") or new_key()
    motif, texte, contact = (fields.get(nom, "") for nom in ("motif", "texte", "contact"))
    await attempt(found, PAR_VOTE, scrutin.reference.encode())
    command = DeposerReclamation(
        scrutin=scrutin.reference,
        le=today(),
        motif=motif,  # type: ignore[arg-type]  # checked by the command, as any field that is a choice
        texte=texte,
        contact=contact or None,
    )
    sent = {"motif": motif, "texte": texte, "contact": contact}
    return await found.ledger.execute(command, once(key, f"reclamation/{scrutin.reference}", sent))


async def _rang(request: Request[Any, Any, Any], reference: str, position: int) -> int:
    scrutin = await trouver(request, reference)
    event = next(fait.event for fait in scrutin.faits if fait.position == position)
    return event.rang if isinstance(event, ReclamationDeposee) else 0


def _page(
    request: Request[Any, Any, Any], scrutin: Scrutin, fields: Form, refus: Fault | None = None, rang: int | None = None
) -> Response[str]:
    proclame = scrutin.etat.proclame
    ouvert = scrutin.etat.phase == "proclame" and on_peut_reclamer(scrutin)
    depot = next((fait for fait in scrutin.faits if isinstance(fait.event, ReclamationDeposee)
                  and fait.event.rang == rang), None)  # fmt: skip
    answer = page(
        request,
        "resultats/reclamer.html",
        status=refus.status if refus else 200,
        titre=f"Réclamer – {scrutin.reference}",
        fil=fil(scrutin, "Réclamer", "reclamer"),
        s=scrutin,
        ouvert=ouvert or refus is not None,
        fin=date_longue(proclame.reclamations_jusqu_au) if proclame else "",
        rang=rang if depot else None,
        index=depot.position - 1 if depot else 0,
        motifs=[{"valeur": valeur, "libelle": libelle} for valeur, libelle in MOTIFS.items()],
        champs={nom: fields.get(nom, "") for nom in ("motif", "texte", "contact")},
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
