"""« Suivi »: four words open the person's own page."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.identifiers import code_hmac, lire_code
from domain.propositions import events as e
from web.acces.persons import today
from web.forms import read_form
from web.limits import attempt_code, forgive_code
from web.pages import date_longue, page
from web.propositions.dossier import Dossier, public
from web.propositions.flux import Flux, read_flux
from web.propositions.frise import etapes, ou_en_est_on
from web.propositions.instances import annuaire
from web.propositions.page_dossier import efface, reponse
from web.propositions.session_suivi import Suivi, close_suivi, current_suivi, open_suivi
from web.propositions.voix import voix
from web.reunions.lecture import prochaine
from web.services import Services, services

PAR_CODE = "SELECT reference FROM propositions WHERE code_empreinte = %s ORDER BY depot DESC LIMIT 1"
INCONNU = "Ces quatre mots n’ouvrent aucune page. Vérifiez-les sur votre reçu."


@get("/suivi")
async def suivi(request: Request[Any, Any, Any]) -> Response[str]:
    """The door: one field for the four words."""
    return _porte(request, "")


@post("/suivi", status_code=200)
async def entrer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Opens the person's page; failures are counted, typing errors are not."""
    typed = (await read_form(request)).get("code", "")
    try:
        found = await reconnaitre(request, typed)
    except RegleViolee as refus:
        return _porte(request, typed, str(refus), refus.status)
    if found is None:
        return _porte(request, typed, INCONNU, 422)
    return open_suivi(request, Redirect("/suivi/ma-parole", status_code=303), found)


async def reconnaitre(request: Request[Any, Any, Any], typed: str) -> Suivi | None:
    """What these four words open, or None, which counts as a failure. Raises RegleViolee (typing), 429, 503."""
    empreinte = code_hmac(lire_code(typed), services(request).secret)
    await attempt_code(request)
    try:
        reference = await trouver(services(request), empreinte)
    except PasEncoreInscrite:
        await forgive_code(request)
        raise
    if reference is None:
        return None
    await forgive_code(request)
    return Suivi(reference, empreinte)


class PasEncoreInscrite(HTTPException):
    """The projections are late: nobody can say yet whether this code opens anything."""

    status_code = 503
    detail = "Les derniers messages arrivent : le vôtre n’est peut-être pas encore là. Réessayez dans un instant."


async def trouver(services: Services, empreinte: str) -> str | None:
    """The dossier of this code; looked for again once the projections have followed, for who has just filed.

    Raises PasEncoreInscrite when they have not.
    """
    for _ in range(2):
        if found := await services.fetch(PAR_CODE, (empreinte,)):
            return str(found[0][0])
        [(size,)] = await services.fetch("SELECT size FROM ledger.head")
        if not await services.watcher.wait_for(size):
            raise PasEncoreInscrite
    return None


def _porte(request: Request[Any, Any, Any], code: str, erreur: str = "", status: int = 200) -> Response[str]:
    titre = "Erreur : votre code" if erreur else "Suivre ma parole"
    return page(request, "propositions/suivi.html", status=status, titre=titre, code=code[:200], erreur=erreur)


@get("/suivi/ma-parole")
async def ma_parole(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[Any]:
    """Her own words, where they are, the answer, and what she can do."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    session = current_suivi(request)
    flux = await read_flux(services(request), session.reference) if session else None
    if session is None or flux is None:
        return Redirect("/suivi", status_code=303)
    return page(request, "propositions/ma_parole.html", **await contexte(request, flux))


@post("/suivi/fermer")
async def fermer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Ends the session on this device."""
    await read_form(request)
    return close_suivi(request, Redirect("/suivi", status_code=303))


async def contexte(request: Request[Any, Any, Any], flux: Flux) -> dict[str, Any]:
    """What the person's page says; her own values are read here and nowhere else in public pages."""
    found, day = services(request), today()
    dossier = public(found, flux, await annuaire(found))
    phrase, suite, _ = ou_en_est_on(dossier, day)
    waiting = dossier.etat.repondue_le is None and dossier.etat.retiree_le is None
    return {
        "t": voix(dossier.instance),
        "titre": f"Ma parole {flux.reference}",
        "dossier": dossier,
        "phrase": phrase,
        "suite": suite,
        "etapes": etapes(dossier, day)[:5],
        "valeurs": flux.valeurs(found.vault, dossier.etat.depot),
        "ajouts": _ajouts(dossier, flux, request),
        "efface": efface(dossier),
        "reponse": reponse(dossier),
        "orientation": dossier.derniers(e.SituationOrientee),
        "reunion": await prochaine(found, dossier.etat.instance, day) if waiting else "",
        "ouvert": dossier.etat.retiree_le is None,
    }


def _ajouts(dossier: Dossier, flux: Flux, request: Request[Any, Any, Any]) -> list[dict[str, str]]:
    """What she added, as far as it still exists."""
    added = [acte for acte in dossier.actes if isinstance(acte.evenement, e.ComplementAjoute)]
    vault = services(request).vault
    return [
        {"date": date_longue(acte.survenu_le), "texte": flux.valeurs(vault, acte.position).get("texte", "")}
        for acte in added
    ]
