"""The office's page of one deliberation: what it waits for, the acts that its state allows, the refused form filled."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.ledger.deciding import Act
from web.acces.persons import today
from web.access import require
from web.actes_pdf.extrait import extrait, moment
from web.actes_pdf.presse import imprimer
from web.avis.bureau import faute
from web.bureau.formulaire import Champ
from web.bureau_deliberations.actes import ACTES, Acte
from web.bureau_deliberations.commandes import Demande
from web.bureau_deliberations.lecture import Lu, lire
from web.bureau_deliberations.vue import FIL, contexte
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.seances.formes import REFUSES, depouille
from web.services import services


class Refus(msgspec.Struct, frozen=True):
    """The form that was refused, what was typed in it, why."""

    acte: Acte
    champs: Form
    faute: Fault


@get("/bureau/deliberations/{numero:str}")
async def voir_deliberation_bureau(
    request: Request[Any, Any, Any], numero: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The page, for who prepares this body's acts."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return montrer(request, await lire(request, numero), en_attente=not waited, suivre=vu is not None)


@post("/bureau/deliberations/{numero:str}/{nom:str}", status_code=200)
async def agir_sur_deliberation(
    request: Request[Any, Any, Any], numero: FromPath[str], nom: FromPath[str]
) -> Response[Any]:
    """One act; refused, its form comes back filled."""
    fields, lu = await read_form(request), await lire(request, numero)
    if nom not in ACTES:
        raise NotFoundException
    acte, typed = ACTES[nom], depouille(fields, nom)
    try:
        done = await faire(request, lu, acte, typed)
    except REFUSES as error:
        return montrer(request, await lire(request, numero), Refus(acte, typed, faute(error)))
    return Redirect(f"/bureau/deliberations/{numero}?vu={done.position}", status_code=303)


async def faire(request: Request[Any, Any, Any], lu: Lu, acte: Acte, typed: Form) -> Act:
    """Its steps, each on the deliberation as the one before it left it. A form sent again is the same act."""
    acteur, found = await require(request, acte.droit, lu.row.instance), services(request)
    key, scope = typed.get("idempotence") or new_key(), f"deliberations/{lu.numero}/{acte.nom}"
    seance = typed.get("seance", "")
    online = acte.nom == "publier" and typed.get("mode") == "en_ligne"
    digest, done = await empreinte(lu, found.demonstration) if online else "", None
    for rank, etape in enumerate(acte.etapes):
        here = await lire(request, lu.numero, seance) if rank or seance else lu
        for command in etape(Demande(acteur, here, typed, datetime.now(UTC), digest)):
            done = await found.ledger.execute(command, once(key, f"{scope}/{rank}", typed))
    assert done is not None  # the last step always has its command
    return done


async def empreinte(lu: Lu, demonstration: bool) -> str:
    """The sha256 of the extract as it is now: what is put online."""
    donnees = extrait(lu.acte, demonstration)
    return (await imprimer("extrait", donnees, moment(lu.acte))).empreinte if donnees else ""


def montrer(
    request: Request[Any, Any, Any],
    lu: Lu,
    refus: Refus | None = None,
    *,
    en_attente: bool = False,
    suivre: bool = False,
) -> Response[str]:
    """The page, with the refused form filled if there is one; `suivre` puts the focus before what is to be done."""
    premiers, autres = formulaires(lu, refus)
    return page(
        request,
        "bureau_deliberations/deliberation.html",
        status=refus.faute.status if refus else 200,
        **contexte(lu),
        fil=[*FIL, {"href": f"/bureau/deliberations/{lu.numero}", "label": lu.numero}],
        premiers=premiers,
        autres=autres,
        refus=refus,
        en_attente=en_attente,
        suivre=suivre or bool(refus and refus.faute.field),
    )


def formulaires(lu: Lu, refus: Refus | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The forms that this state and this person's functions allow: those that the act waits for, then the others."""
    first: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for acte in ACTES.values():
        mine = refus if refus is not None and refus.acte is acte else None
        due = acte.tot(lu)
        if mine is not None:
            first.insert(0, formulaire(acte, lu, mine))
        elif due is not None and lu.personne.peut(acte.droit, lu.row.instance):
            (first if due else others).append(formulaire(acte, lu, None))
    return first, others


def formulaire(acte: Acte, lu: Lu, mine: Refus | None) -> dict[str, Any]:
    """One form as the template takes it: its own fields, then the legal day."""
    champs = list(acte.champs(lu)) if mine is None or acte.tot(lu) is not None else []
    if acte.date_typee:
        champs.append(Champ("le_fait", "Date légale", "date", requis=True))
    values = mine.champs if mine else {"le_fait": today().isoformat(), **acte.defauts(lu)}
    wrong = {mine.faute.field: mine.faute.message} if mine else {}
    fields = [
        {
            "nom": f"{acte.nom}-{champ.nom}",
            "label": champ.label,
            "sorte": champ.sorte,
            "choix": champ.choix,
            "aide": champ.aide,
            "requis": champ.requis,
            "max": champ.max,
            "valeur": values.get(champ.nom, ""),
            "erreur": wrong.get(champ.nom, ""),
        }
        for champ in champs
    ]
    return {"nom": acte.nom, "titre": acte.titre, "aide": acte.aide, "version": len(lu.acte.faits), "champs": fields}
