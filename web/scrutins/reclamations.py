"""Complaints: what people wrote, for the team only, and what was decided, in public."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from domain.ledger import store
from web.access import require
from web.pages import date_longue, page
from web.scrutins.acte import entete, fil
from web.scrutins.mots import DECISIONS
from web.scrutins.vue import Vue, lire
from web.services import Services, services

DROIT = "trancher_reclamation"
MOTIFS = {
    "deroulement": "Le déroulement du vote",
    "resultat": "Le résultat",
    "secret": "Le secret du vote",
    "acces": "L’accès au vote",
    "autre": "Autre chose",
}


@get("/bureau/scrutins/{reference:str}/reclamations")
async def lire_reclamations(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """Every complaint, oldest first."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    vue = await lire(request, reference)
    await require(request, DROIT, vue.cree.college)
    return page(
        request,
        "scrutins/reclamations.html",
        titre="Réclamations",
        fil=fil(vue, ("reclamations", "Réclamations")),
        vue=entete(vue),
        reclamations=await _lues(services(request), vue),
    )


async def _lues(services: Services, vue: Vue) -> list[dict[str, Any]]:
    async with services.pool.connection() as connection:
        values = await store.reveal(connection, services.vault, [at for _, _, at in vue.reclamations])
    return [
        {
            "rang": filed.rang,
            "motif": MOTIFS[filed.motif],
            "le": date_longue(filed.survenu_le),
            "texte": values.get(at, {}).get("texte") or "",
            "contact": values.get(at, {}).get("contact") or "",
            "decision": DECISIONS[settled.decision] if settled else "",
            "raison": settled.motif if settled else "",
        }
        for filed, settled, at in vue.reclamations
    ]
