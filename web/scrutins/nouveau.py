"""The rules form: every choice with its consequence and a small election really counted; nothing typed is lost."""

from datetime import timedelta
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.budget_participatif.dossier import Budget
from domain.budget_participatif.rattacher_scrutin import RattacherScrutin, ScrutinDejaRattache
from domain.comptage.regles import OBLIGATOIRES, ParametreInvalide
from domain.comptage.regles import REGLES as PARAMETRES
from domain.errors import RegleViolee
from domain.ledger import store
from domain.ledger.deciding import KeyReused
from domain.ledger.store import Once
from domain.money import euros_ronds
from web.acces.persons import today
from web.access import Acteur, require, require_person
from web.bureau.formulaire import Illisible
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import annuaire
from web.scrutins import exemples, mots
from web.scrutins.commandes import creer_scrutin
from web.scrutins.vue import lire_budget
from web.services import Services, services
from web.urne import register

DROIT: Final = "creer_scrutin"
DEFAUTS: Final[Form] = {
    "titre": "Budget participatif du collège",
    "type_vote": "approval",
    "choix_max": "3",
    "points_max": "10",
    "regle": "glouton",
    "score": "votes",
    "seuil": "30",
    "depart": "exact",
    "arret": "exhaustif",
    "pas": "1",
    "ouvre_heure": "08:00",
    "ferme_heure": "17:00",
    "k_min": "10",
    "jours_reclamation": "15",
    "electeurs": "",
}


@get("/bureau/scrutins/nouveau")
async def preparer_scrutin(
    request: Request[Any, Any, Any],
    dossier: FromQuery[str] = "",
    college: FromQuery[str] = "",
    essai: FromQuery[str] = "",
) -> Response[str]:
    """The form, filled with what is usual."""
    opens = today() + timedelta(days=0 if essai else 14)
    dates = {"ouvre_jour": str(opens), "ferme_jour": str(opens + timedelta(days=1 if essai else 4))}
    asked = {"dossier": dossier, "college": college, "essai": "oui" if essai else ""}
    return await montrer(request, DEFAUTS | dates | asked)


@post("/bureau/scrutins/nouveau", status_code=200)
async def proposer_regles(request: Request[Any, Any, Any]) -> Response[Any]:
    """Shows the examples again, or creates the scrutin; refused, the form comes back as it was filled."""
    fields = await read_form(request)
    college, budget = await _ou(request, fields)
    acteur = await require(request, DROIT, college)
    if fields.get("action") == "voir":
        return await montrer(request, fields)
    try:
        reference, position = await creer(services(request), acteur, college, budget, fields)
    except (RegleViolee, KeyReused, Illisible, ParametreInvalide) as error:
        return await montrer(request, fields, refus(error))
    return Redirect(f"/bureau/scrutins/{reference}?vu={position}", status_code=303)


async def creer(
    services: Services, acteur: Acteur, college: str, budget: Budget | None, fields: Form
) -> tuple[str, int]:
    """Creates the scrutin, and says in the dossier that it is its vote. Its number, and the last position."""
    command = creer_scrutin(acteur, college, budget, fields)
    key = fields.get("idempotence") or new_key()
    unique = once(key, "scrutin", fields)
    if command.dossier is not None and budget is not None:
        await pas_deja(services, budget, unique)
    act = await services.ledger.execute(command, unique)
    if command.dossier is None or budget is None:
        return act.reference, act.position
    linked = rattacher(acteur, command.dossier, act.reference, budget)
    return act.reference, (await services.ledger.execute(linked, once(key, "scrutin/rattacher", fields))).position


async def pas_deja(services: Services, budget: Budget, unique: Once) -> None:
    """Raises ScrutinDejaRattache when the dossier's vote is not annulled: a second one would be nobody's.

    A form that was sent twice is no second vote.
    """
    async with services.pool.connection() as connection:
        again = bool(await store.seen(connection, [unique.key]))
    if budget.scrutin and not again and (await register.lire(services, budget.scrutin)).scrutin.phase != "annule":
        raise ScrutinDejaRattache(f"Ce dossier a déjà son vote, {budget.scrutin}.")


def rattacher(acteur: Acteur, dossier: str, reference: str, budget: Budget) -> RattacherScrutin:
    """This vote is the dossier's, in the place of an annulled one if there is."""
    former = budget.scrutin if budget.scrutin != reference else None
    return RattacherScrutin(acteur.personne, acteur.le, dossier, reference, former)


def refus(error: Exception) -> Fault:
    """What the page says of it."""
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    if isinstance(error, ParametreInvalide):
        return Fault(422, f"Un réglage du comptage ne va pas : {error}.", "Corrigez ce réglage.", field="regle")
    return fault(error)


async def _ou(request: Request[Any, Any, Any], fields: Form) -> tuple[str, Budget | None]:
    """The collège where the vote is held, and its dossier. Raises 404."""
    found, dossier = services(request), fields.get("dossier", "")
    budget = await lire_budget(found, dossier)
    if budget is not None and budget.intention is not None:
        return budget.intention.college, budget
    if dossier and not fields.get("essai"):
        raise NotFoundException("Ce dossier n’est pas dans le registre.")
    row = (await annuaire(found)).par_slug.get(fields.get("college", ""))
    if row is None or row.type != "college":
        raise NotFoundException("Ce collège n’est pas dans le registre.")
    return row.slug, None


async def montrer(request: Request[Any, Any, Any], fields: Form, refuse: Fault | None = None) -> Response[str]:
    """The form, filled, with its examples."""
    await require_person(request)
    college, budget = await _ou(request, fields)
    await require(request, DROIT, college)
    essai = bool(fields.get("essai")) or budget is None
    name = "Essayer un vote" if essai else "Proposer les règles du vote"
    return page(
        request,
        "scrutins/nouveau.html",
        status=refuse.status if refuse else 200,
        titre=name,
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/scrutins", "label": "Les votes"}],
        college=(await annuaire(services(request))).nom(college),
        champs=DEFAUTS | {"ouvre_jour": "", "ferme_jour": ""} | fields | {"college": college},
        essai=essai,
        pas_de_liste=not essai and not (budget and budget.liste),
        projets=[budget.projets[nom] for nom in budget.liste] if budget and not essai else [],
        fautes={refuse.field: refuse.message} if refuse and refuse.field else {},
        refus=refuse,
        cle=fields.get("idempotence") or new_key(),
        **choix(fields),
    )


def choix(fields: Form) -> dict[str, Any]:
    """What can be chosen, in words; what each choice gives with six ballots; what to beware of."""
    vote = fields["type_vote"] if fields.get("type_vote") in mots.TYPES else "approval"
    typed = fields.get("choix_max", "")
    most = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 3
    regle = fields["regle"] if fields.get("regle") in mots.REGLES else "glouton"
    given = {nom: fields.get(nom, "").strip() for nom in (*OBLIGATOIRES, "score")}
    try:
        results = exemples.comparaison(vote, most, given)
    except ParametreInvalide:  # a parameter that cannot be read: the usual ones, until it is corrected
        results = exemples.comparaison(vote, most, {})
    return {
        "types": _options(mots.TYPES),
        "regles_possibles": _options(mots.REGLES),
        "scores": [{"valeur": v, "libelle": mot} for v, mot in mots.SCORES.items()],
        "departs": [{"valeur": v, "libelle": mot} for v, mot in mots.DEPARTS.items()],
        "arrets": [{"valeur": v, "libelle": mot} for v, mot in mots.ARRETS.items()],
        "departage": mots.DEPARTAGE,
        "exemple": {
            "bulletins": exemples.lignes(vote, most),
            "projets": [{"nom": p.nom, "prix": euros_ronds(p.cout * 100)} for p in exemples.PROJETS],
            "budget": euros_ronds(exemples.BUDGET * 100),
            "retenu": results[regle],
            "regle": mots.REGLES[regle][0],
            "toutes": [{"regle": mots.REGLES[nom][0], "retenu": found} for nom, found in results.items()],
        },
        "reglages": PARAMETRES[regle],
        "attentions": attentions(vote, regle),
    }


def attentions(type_vote: str, regle: str) -> list[str]:
    """What to beware of, said before it is too late."""
    found = []
    if type_vote == "choose-1" and regle.startswith("parts_egales"):
        found.append(
            "Un seul choix et des parts égales vont mal ensemble. Souvent, aucun groupe ne peut payer son projet. "
            "Dans de vraies élections, près d’une sur trois n’a rien donné. Permettez plusieurs choix."
        )
    if type_vote == "cumulative":
        found.append(
            "Presque chaque bulletin à points est unique. Publié, il peut dire qui l’a rempli. "
            "Avec des projets à cocher, très peu de bulletins sont uniques."
        )
    if type_vote == "ordinal":
        found.append(
            "Un classement rend beaucoup de bulletins uniques. Des projets à cocher protègent mieux le secret."
        )
    return found


def _options(words: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    return [{"valeur": valeur, "libelle": name, "aide": effect} for valeur, (name, effect) in words.items()]
