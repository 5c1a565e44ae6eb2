"""What a person can do on her own page: say she understood or not, add something, withdraw."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.propositions.ajouter_complement import AjouterComplement
from domain.propositions.confirmer_comprehension import ConfirmerComprehension
from domain.propositions.dossier import ActeDeLAuteur
from domain.propositions.retirer_proposition import RetirerProposition
from domain.propositions.signaler_incomprehension import DEMI_JOURNEES, SignalerIncomprehension
from web.acces.persons import today
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.session_suivi import Suivi, current_suivi
from web.services import services

ECRANS = {
    "compris": "J’ai compris la réponse",
    "pas-compris": "Je n’ai pas compris",
    "ajouter": "Ajouter quelque chose",
    "retirer": "Retirer ma parole",
}

CHOIX_DEMI_JOURNEES = [
    {"valeur": cle, "libelle": f"{cle.partition('_')[0].capitalize()} {mot}"}
    for cle in DEMI_JOURNEES
    for mot in ("matin" if cle.endswith("_matin") else "après-midi",)
]


@get("/suivi/{acte:str}")
async def demander_acte(request: Request[Any, Any, Any], acte: FromPath[str]) -> Response[Any]:
    """The screen of one act."""
    if acte not in ECRANS:
        raise NotFoundException
    if current_suivi(request) is None:
        return Redirect("/suivi", status_code=303)
    return _ecran(request, acte, {})


@post("/suivi/{acte:str}", status_code=200)
async def agir(request: Request[Any, Any, Any], acte: FromPath[str]) -> Response[Any]:
    """Does it; refused, the screen comes back filled. Without a session, back to the door."""
    fields, session = await read_form(request), current_suivi(request)
    if acte not in ECRANS:
        raise NotFoundException
    if session is None:
        return Redirect("/suivi", status_code=303)
    try:
        key = once(fields.get("idempotence") or new_key(), f"suivi/{session.reference}/{acte}", fields)
        done = await services(request).ledger.execute(commande(acte, session, fields), key)
    except (RegleViolee, KeyReused) as refus:
        return _ecran(request, acte, fields, fault(refus))
    return Redirect(f"/suivi/ma-parole?vu={done.position}", status_code=303)


def commande(acte: str, session: Suivi, fields: Form) -> ActeDeLAuteur:
    """The command of this screen, with the day in Paris."""
    known = (session.reference, session.code_empreinte, today())
    match acte:
        case "compris":
            return ConfirmerComprehension(*known)
        case "pas-compris":
            chosen = tuple(choice for choice in DEMI_JOURNEES if fields.get(choice) == "oui")
            return SignalerIncomprehension(*known, telephone=fields.get("telephone"), demi_journees=chosen)
        case "ajouter":
            return AjouterComplement(*known, texte=fields.get("texte", ""))
    return RetirerProposition(*known, effacement_souhaite=fields.get("effacer") == "oui")


def _ecran(request: Request[Any, Any, Any], acte: str, fields: Form, refus: Fault | None = None) -> Response[str]:
    fautes = {refus.field: refus.message} if refus and refus.field else {}
    return page(
        request,
        f"propositions/{acte.replace('-', '_')}.html",
        status=refus.status if refus else 200,
        titre=ECRANS[acte],
        acte=acte,
        champs={name: fields.get(name, "") for name in ("texte", "telephone", "effacer", *DEMI_JOURNEES)},
        fautes=fautes,
        refus=refus,
        demi_journees=CHOIX_DEMI_JOURNEES,
    )
