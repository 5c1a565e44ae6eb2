"""Routes of the votes' office."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.ledger.ledger import Busy
from web.access import require
from web.bureau.formulaire import Illisible
from web.errors import Fault
from web.forms import Form, read_form
from web.pages import page
from web.scrutins.acte import Acte, entete, executer, fil, formulaire, refuse, typed
from web.scrutins.actes import ACTES
from web.scrutins.billets import fabriquer_billets, preparer_billets
from web.scrutins.cles import fabriquer_cle, imprimer_cle, preparer_cle, publier
from web.scrutins.couches import ouvrir, presenter_cle
from web.scrutins.imprimes import imprimer
from web.scrutins.nouveau import preparer_scrutin, proposer_regles
from web.scrutins.pages import lister_scrutins, suivre_feuille
from web.scrutins.papier import enregistrer_lot, saisir_lot, voir_papier
from web.scrutins.proces_verbal import lire_proces_verbal
from web.scrutins.reclamations import lire_reclamations
from web.scrutins.tablette import ouvrir_tablette
from web.scrutins.vue import Vue, lire
from web.services import services

# A page with several forms, and what it is called.
PAGES = {"distribution": ("Billets par classe", ("remettre", "rendre"))}


@get("/bureau/scrutins/{reference:str}/{nom:str}")
async def preparer_acte(
    request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The page of an act, or of a few that go together."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    vue = await lire(request, reference)
    titre, names = PAGES.get(nom, ("", (nom,)))
    if any(name not in ACTES for name in names):
        raise NotFoundException
    await require(request, ACTES[names[0]].droit, vue.cree.college)
    return await montrer(request, vue, [ACTES[name] for name in names], titre)


@post("/bureau/scrutins/{reference:str}/{nom:str}", status_code=200)
async def faire_acte(request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """The act; refused, its form comes back as it was filled."""
    fields, vue = await read_form(request), await lire(request, reference)
    if nom not in ACTES:
        raise NotFoundException
    acte = ACTES[nom]
    try:
        position = await executer(request, vue, acte, typed(acte, fields))
    except (RegleViolee, KeyReused, Illisible, Busy) as error:
        vue = await lire(request, reference)
        return await montrer(request, vue, [acte], "", typed(acte, fields), refuse(error))
    after = f"/{acte.retour}" if acte.retour else ""
    return Redirect(f"/bureau/scrutins/{reference}{after}?vu={position}", status_code=303)


async def montrer(
    request: Request[Any, Any, Any],
    vue: Vue,
    actes: list[Acte],
    titre: str,
    fields: Form | None = None,
    refus: Fault | None = None,
) -> Response[str]:
    """What to know, what the register says, the forms."""
    first = actes[0]
    shown = await first.details(services(request), vue) if first.details else {}
    return page(
        request,
        "scrutins/acte.html",
        status=refus.status if refus else 200,
        titre=titre or first.titre,
        fil=fil(vue, (first.retour or first.nom, titre or first.titre)),
        vue=entete(vue),
        texte=first.texte,
        refus=refus,
        trop_tot=refus is None and not any(vue.depuis(*acte.phases) for acte in actes),
        formulaires=[formulaire(acte, fields or {}, refus) for acte in actes],
        **shown,
    )


ROUTES = (
    *(lister_scrutins, preparer_scrutin, proposer_regles, suivre_feuille, imprimer, lire_proces_verbal),
    *(preparer_cle, fabriquer_cle, imprimer_cle, publier, preparer_billets, fabriquer_billets),
    *(voir_papier, saisir_lot, enregistrer_lot, presenter_cle, ouvrir, ouvrir_tablette, lire_reclamations),
    *(preparer_acte, faire_acte),
)
