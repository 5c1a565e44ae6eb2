"""What a person can do on her own page: say she understood or not, add something, withdraw."""

from collections.abc import Callable
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
from web.propositions.instances import annuaire
from web.propositions.session_suivi import Suivi, current_suivi, open_suivi
from web.propositions.suivre_code import INCONNU, reconnaitre
from web.propositions.voix import voix
from web.services import Services, services

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


REFERMEE = Fault(
    401,
    "Votre page s’est fermée : elle reste ouverte une demi-heure.",
    "Redonnez vos quatre mots. Ce que vous avez rempli est gardé ici.",
    field="code",
)
INCONNUE = Fault(422, INCONNU, "Redonnez-les : ce que vous avez rempli est gardé ici.", field="code")


@get("/suivi/{acte:str}")
async def demander_acte(request: Request[Any, Any, Any], acte: FromPath[str]) -> Response[Any]:
    """The screen of one act."""
    if acte not in ECRANS:
        raise NotFoundException
    session = current_suivi(request)
    if session is None:
        return Redirect("/suivi", status_code=303)
    return await _ecran(request, acte, {}, session=session)


@post("/suivi/{acte:str}", status_code=200)
async def agir(request: Request[Any, Any, Any], acte: FromPath[str]) -> Response[Any]:
    """Does it; refused, the screen comes back filled. When her page had closed, it asks for the four words again."""
    fields = await read_form(request)
    if acte not in ECRANS:
        raise NotFoundException
    session = current_suivi(request) or await rouvrir(request, fields)
    if isinstance(session, Fault):
        return await _ecran(request, acte, fields, session)
    try:
        key = once(fields.get("idempotence") or new_key(), f"suivi/{session.reference}/{acte}", fields)
        done = await services(request).ledger.execute(commande(acte, session, fields), key)
    except (RegleViolee, KeyReused) as refus:
        screen = await _ecran(request, acte, fields, fault(refus), session)
        return open_suivi(request, screen, session)
    return open_suivi(request, Redirect(f"/suivi/ma-parole?vu={done.position}", status_code=303), session)


async def rouvrir(request: Request[Any, Any, Any], fields: Form) -> Suivi | Fault:
    """What the four words open, when the form has them; else what to say, beside the field that asks for them."""
    if "code" not in fields:
        return REFERMEE
    try:
        return await reconnaitre(request, fields["code"]) or INCONNUE
    except RegleViolee as refus:
        return fault(refus)


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


async def _ecran(
    request: Request[Any, Any, Any],
    acte: str,
    fields: Form,
    refus: Fault | None = None,
    session: Suivi | None = None,
) -> Response[str]:
    t = await _voix(services(request), session)
    fautes = {refus.field: t(refus.message)} if refus and refus.field else {}
    return page(
        request,
        f"propositions/{acte.replace('-', '_')}.html",
        status=refus.status if refus else 200,
        titre=ECRANS[acte],
        t=t,
        acte=acte,
        champs={name: fields.get(name, "") for name in ("texte", "telephone", "effacer", *DEMI_JOURNEES)},
        fautes=fautes,
        refus=refus,
        code=fields.get("code", "")[:200] if "code" in fautes else None,
        demi_journees=CHOIX_DEMI_JOURNEES,
    )


async def _voix(services: Services, session: Suivi | None) -> Callable[[str], str]:
    """How the instance of this dossier speaks; « vous » to whom nobody knows yet."""
    serie = session.reference.partition("-")[0] if session else ""
    rows = (await annuaire(services)).par_slug.values() if session else ()
    return next((voix(row) for row in rows if row.serie == serie), str)
