"""Opening a layer with the sheet of its holder, scanned or typed; a wrong one is told in plain words."""

import re
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from web.access import require
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import nombre, page
from web.scrutins.acte import entete, fil, refuse
from web.scrutins.cles import NOMS, couche_de
from web.scrutins.vue import Vue, lire
from web.services import services
from web.urne import progress
from web.urne.counting import ouvrir_couche

DROIT = "ouvrir_couche"
RANG = re.compile(r"(?<![0-9A-Za-z])[0-9]{1,2}\s*:")  # « 1: », as the sheet prints it before each group
RAFRAICHIR = "2"  # seconds
ATTENDUE = {"metropole": "clos", "bureau": "premiere_couche"}


@get("/bureau/scrutins/{reference:str}/couche/{couche:str}")
async def presenter_cle(
    request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]
) -> Response[str]:
    """Where the sheet is typed."""
    vue = await lire(request, reference)
    await require(request, DROIT, vue.cree.college)
    return montrer(request, vue, couche_de(couche), {})


@post("/bureau/scrutins/{reference:str}/couche/{couche:str}", status_code=200)
async def ouvrir(request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]) -> Response[Any]:
    """Opens the layer. The sheet is used here, and kept nowhere."""
    fields, vue, layer = await read_form(request), await lire(request, reference), couche_de(couche)
    acteur = await require(request, DROIT, vue.cree.college)
    key = once(fields.get("idempotence") or new_key(), f"scrutins/{reference}/couche/{couche}", {})
    try:
        sheet = RANG.sub(" ", fields.get("feuille", ""))
        act = await ouvrir_couche(services(request), acteur, reference, layer, sheet, key)
    except (RegleViolee, KeyReused) as error:
        return montrer(request, vue, layer, fields, refuse(error))
    return Redirect(f"/bureau/scrutins/{reference}?vu={act.position}", status_code=303)


def montrer(
    request: Request[Any, Any, Any], vue: Vue, couche: str, fields: Form, refus: Fault | None = None
) -> Response[str]:
    """The form, with the sheet as it was typed: one wrong sign is no reason to type seventy."""
    papier = vue.billets["echanges"] - vue.papier
    opening = ouverture(request, vue)
    answer = page(
        request,
        "scrutins/couche.html",
        status=refus.status if refus else 200,
        titre=f"Ouvrir la couche {'de la Métropole' if couche == 'metropole' else 'du bureau de vote'}",
        fil=fil(vue, (f"couche/{couche}", NOMS[couche])),  # type: ignore[index]  # one of the two layers
        vue=entete(vue),
        couche=couche,
        feuille=fields.get("feuille", ""),
        refus=refus,
        possible=vue.phase == ATTENDUE[couche],
        papier=papier if couche == "metropole" else 0,
        avancement=opening,
        cle=fields.get("idempotence") or new_key(),
    )
    if opening and request.method == "GET":
        answer.headers["Refresh"] = RAFRAICHIR
    return answer


def ouverture(request: Request[Any, Any, Any], vue: Vue) -> str:
    """« 3 200 bulletins sur 10 000 » while somebody opens a layer of this vote, else nothing."""
    found = progress.told(services(request), vue.reference)
    return f"{nombre(found[0])} bulletins sur {nombre(found[1])}" if found else ""
