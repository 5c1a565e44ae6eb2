"""`/bureau/regles`: propose a rule-set, read and publish it as the second person, close its validity."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.jeux_de_regles import Jeu
from domain.ledger.command import Command
from domain.ledger.deciding import KeyReused
from domain.majorites.moteurs import MOTEURS
from domain.regles_datees.clore_validite import CloreValidite
from domain.regles_datees.publier_jeu import EcarterJeu, PublierJeu
from domain.texte import nettoye
from web.acces.persons import Person, today
from web.access import Acteur, require, require_person
from web.bureau.formulaire import Illisible, jour_du
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import annuaire
from web.regles.essai import Calcul, exemples, mots
from web.regles.jeux import etat, portee, read_jeux
from web.regles.proposer import RANGS, contexte, lire
from web.services import services

FIL = ({"href": "/", "label": "Accueil"}, {"href": "/bureau", "label": "Ma semaine"})
REGLES = {"href": "/bureau/regles", "label": "Règles"}
PROPOSER, PUBLIER = "proposer_jeu", "publier_jeu"
REFUSES = (RegleViolee, KeyReused, Illisible)


@get("/bureau/regles")
async def bureau_regles(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[str]:
    """What waits for a second person, what is published; the forms that this person may send."""
    return await montrer(request)


@get("/bureau/regles/nouvelle")
async def saisir_regle(request: Request[Any, Any, Any], moteur: FromQuery[str] = "") -> Response[str]:
    """The form to propose a set of this rule."""
    await require(request, PROPOSER)
    return formulaire(request, moteur, None, None)


@post("/bureau/regles/nouvelle", status_code=200)
async def proposer_regle(request: Request[Any, Any, Any], moteur: FromQuery[str] = "") -> Response[Any]:
    """Proposes it; refused, the form comes back filled, with the arithmetic of the example that is false."""
    fields, acteur = await read_form(request), await require(request, PROPOSER)
    if moteur not in MOTEURS:
        raise NotFoundException("Cette règle ne se règle pas ici.")
    try:
        position = await faire(request, lire(acteur, MOTEURS[moteur], fields), fields)
    except REFUSES as error:
        return formulaire(request, moteur, fields, dire(error))
    return Redirect(f"/bureau/regles?vu={position}", status_code=303)


@post("/bureau/regles/{jeu:str}/{acte:str}", status_code=200)
async def agir_regle(request: Request[Any, Any, Any], jeu: FromPath[str], acte: FromPath[str]) -> Response[Any]:
    """Publishes, puts aside or closes; refused, the page comes back with the reason."""
    fields, acteur = await read_form(request), await require(request, PUBLIER)
    if acte not in ACTES:
        raise NotFoundException
    try:
        position = await faire(request, ACTES[acte](acteur, jeu, fields), fields)
    except REFUSES as error:
        return await montrer(request, (jeu, acte), fields, dire(error))
    return Redirect(f"/bureau/regles?vu={position}", status_code=303)


def _clore(acteur: Acteur, jeu: str, fields: Form) -> Command:
    return CloreValidite(acteur.personne, acteur.le, jeu, jour_du(fields, "au"), fields.get("motif", ""))


def _ecarter(acteur: Acteur, jeu: str, fields: Form) -> Command:
    return EcarterJeu(acteur.personne, acteur.le, jeu, fields.get("motif", ""))


def _publier(acteur: Acteur, jeu: str, fields: Form) -> Command:
    return PublierJeu(acteur.personne, acteur.le, jeu)


ACTES = {"publier": _publier, "ecarter": _ecarter, "clore": _clore}


async def faire(request: Request[Any, Any, Any], command: Command, fields: Form) -> int:
    """Does it once; its position."""
    key = once(fields.get("idempotence") or new_key(), request.url.path, fields)
    return (await services(request).ledger.execute(command, key)).position


def dire(error: Exception) -> Fault:
    """What the page says of a refusal."""
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    return fault(error)


def formulaire(request: Request[Any, Any, Any], moteur: str, fields: Form | None, faute: Fault | None) -> Response[str]:
    """The form of a proposal, or the choice of the rule."""
    found = MOTEURS.get(moteur)
    if found is None:
        raise NotFoundException("Cette règle ne se règle pas ici.")
    fil = [*FIL, REGLES, {"href": f"/bureau/regles/nouvelle?moteur={moteur}", "label": found.titre}]
    return page(request, "regles/proposer.html", status=faute.status if faute else 200, fil=fil, rangs=RANGS,
                titre=f"Proposer une règle : {found.titre}", faute=faute, **contexte(found, fields, faute))  # fmt: skip


async def montrer(
    request: Request[Any, Any, Any], cible: tuple[str, str] = ("", ""), fields: Form | None = None,
    faute: Fault | None = None,
) -> Response[str]:  # fmt: skip
    """The list, with the refused form filled."""
    person, found = await require_person(request), await read_jeux(services(request))
    if not (person.peut(PROPOSER) or person.peut(PUBLIER)):
        await require(request, PROPOSER)  # refuses, and says which function is needed
    names = await annuaire(services(request))
    lines = [
        _ligne(jeu, person, fields or {} if cible[0] == jeu.propose.jeu else {})
        | {"par": names.fonction(jeu.propose.par)}
        for jeu in found.jeux.par_id.values()
    ]
    return page(
        request,
        "regles/bureau.html",
        status=faute.status if faute else 200,
        titre="Les règles",
        fil=[*FIL, REGLES],
        a_lire=[line for line in lines if line["etat"] == "propose"],
        publiees=[line for line in lines if line["etat"] == "publie"],
        moteurs=list(MOTEURS.values()) if person.peut(PROPOSER) else [],
        cible=f"{cible[0]}-{cible[1]}",
        faute=faute,
    )


def _ligne(jeu: Jeu, person: Person, typed: Form) -> dict[str, Any]:
    shown, (sorte, mot) = jeu.regle, etat(jeu, today())
    moteur = MOTEURS[jeu.moteur]
    return {
        "id": shown.id,
        "titre": shown.titre,
        "texte": shown.texte,
        "source": shown.source,
        "note": shown.note,
        "etat": jeu.etat,
        "sorte": sorte,
        "mot": mot,
        "du": shown.du,
        "au": jeu.au,
        "portee": portee(jeu),
        "parametres": mots(moteur.parametres, shown.parametres),
        "exemples": exemples(Calcul(moteur, shown.parametres), shown),
        "publiable": jeu.etat == "propose" and person.peut(PUBLIER),
        "fermable": jeu.etat == "publie" and person.peut(PUBLIER) and (jeu.au is None or jeu.au >= today()),
        "motif": nettoye(typed.get("motif", "")),
        "jusqu_au": nettoye(typed.get("au", "")),
    }


ROUTES = (bureau_regles, saisir_regle, proposer_regle, agir_regle)
