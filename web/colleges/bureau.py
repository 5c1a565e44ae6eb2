"""`/bureau/budgets`: the dossiers of the collèges as the office sees them, and the acts on them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.budget_participatif.retirer_image import RetirerImage
from domain.ledger import store
from domain.ledger.deciding import KeyReused
from projections.budgets_rows import BudgetRow
from web.acces.persons import Person
from web.access import require, require_person
from web.colleges.actes import DU_DOSSIER, DU_PROJET
from web.colleges.actes_idees import DE_L_IDEE
from web.colleges.flux import Ensemble, load
from web.colleges.formulaires import REFUSES, Acte, Demande, Lu, Refus, depouille, formulaire, refuser
from web.colleges.frise import ou_en_est_on
from web.colleges.lecture import read
from web.colleges.mots import ETATS
from web.colleges.page_dossier import idee as une_idee
from web.colleges.page_dossier import ligne
from web.colleges.page_dossier import projet as un_projet
from web.colleges.pages import fil
from web.colleges.photos import forget, keep, read_upload
from web.forms import new_key, once, read_form
from web.pages import page
from web.services import services

ACTES = {acte.nom: acte for acte in (*DU_DOSSIER, *DU_PROJET, *DE_L_IDEE)}
LIRE = ("moderer_idee", "rendre_faisabilite")  # the principal, the Direction de l'éducation
SCRUTINS = "SELECT reference FROM scrutins WHERE dossier = %s AND NOT essai ORDER BY depot DESC"
ACCUEIL = (("/bureau", "Ma semaine"), ("/bureau/budgets", "Budgets participatifs"))


@get("/bureau/budgets")
async def voir_budgets(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[str]:
    """The dossiers that this person's functions concern."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    person = await require_person(request)
    if _places(person) == frozenset():
        await require(request, LIRE[0])  # refuses, and says which function is needed
    context = await _liste(request, person)
    return page(request, "colleges/bureau.html", titre="Budgets participatifs", fil=fil(*ACCUEIL), **context)


async def _liste(request: Request[Any, Any, Any], person: Person) -> dict[str, Any]:
    found, places = services(request), _places(person)
    rows = await read(found, BudgetRow, "true ORDER BY edition DESC, depot")
    names = dict(await found.fetch("SELECT slug, nom FROM colleges ORDER BY nom"))
    shown = [row for row in rows if places is None or row.college in places]
    return {
        "dossiers": [
            {"row": row, "college": names.get(row.college, row.college), "mot": ETATS[row.etat]} for row in shown
        ],
        "colleges": [{"slug": s, "nom": nom} for s, nom in names.items() if person.peut("decrire_college", s)],
        "editions": person.peut("ouvrir_edition"),
    }


def _places(person: Person) -> frozenset[str] | None:
    held = [person.instances(droit) for droit in LIRE]
    return None if None in held else frozenset().union(*(places for places in held if places is not None))


@get("/bureau/budgets/{reference:str}")
async def voir_budget(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """One dossier: what to do now, each project, the journal."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer(request, reference, None, en_attente=not waited)


@get("/bureau/budgets/{reference:str}/idees")
async def voir_idees(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """Its ideas with the pupils' words, those that wait first."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer_idees(request, reference, None, en_attente=not waited)


@post("/bureau/budgets/{reference:str}/{nom:str}", status_code=200)
async def agir_budget(request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """One act; refused, the page comes back with the form filled and the reason."""
    if nom not in ACTES:
        raise NotFoundException
    acte, (fields, photo) = ACTES[nom], await _recu(request)
    cible = fields.get("cible", "")
    typed, back = depouille(fields, acte, cible), montrer_idees if acte in DE_L_IDEE else montrer
    try:
        position = await faire(request, reference, acte, cible, typed, photo)
    except (*REFUSES, KeyReused) as error:
        return await back(request, reference, refuser(acte, cible, typed, error))
    page_ = f"/bureau/budgets/{reference}{'/idees' if acte in DE_L_IDEE else ''}"
    return Redirect(f"{page_}?vu={position}{f'#{cible}' if cible else ''}", status_code=303)


async def _recu(request: Request[Any, Any, Any]) -> tuple[dict[str, str], bytes]:
    if request.content_type[0] == "multipart/form-data":
        return await read_upload(request)
    return await read_form(request), b""


async def faire(
    request: Request[Any, Any, Any], reference: str, acte: Acte, cible: str, typed: dict[str, str], photo: bytes
) -> int:
    """Does the act; returns its position."""
    lu, found = await lire(request, reference), services(request)
    acteur = await require(request, acte.nom, lu.ensemble.budget.college)
    image = await keep(found, photo, vignette=acte.vignette) if photo and acte.photo else None
    key = once(typed.get("idempotence") or new_key(), f"budgets/{reference}/{acte.nom}/{cible}", typed)
    position = (await found.ledger.execute(acte.commande(Demande(acteur, lu, cible, typed, image)), key)).position
    if acte.nom == RetirerImage.DROIT and await found.watcher.wait_for(position):
        await forget(found)
    return position


async def lire(request: Request[Any, Any, Any], reference: str) -> Lu:
    """The dossier, for who may read it. Raises 401, 403, 404."""
    person, found = await require_person(request), services(request)
    ensemble = await load(found, reference)
    if ensemble is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    row = ensemble.budget
    if not any(person.peut(droit, row.college) for droit in LIRE):
        await require(request, LIRE[0], row.college)
    others = await found.fetch("SELECT reference FROM budgets WHERE edition = %s ORDER BY depot", (row.edition,))
    scrutins = await found.fetch(SCRUTINS, (reference,))
    autres = tuple(other for (other,) in others if other != reference)
    return Lu(ensemble, autres, tuple(scrutin for (scrutin,) in scrutins if scrutin != row.scrutin))


def _permis(person: Person, lu: Lu, actes: tuple[Acte, ...], cible: str, refus: Refus | None) -> list[dict[str, Any]]:
    """The forms that fit now and that this person's functions allow; the refused one in any case."""
    college = lu.ensemble.budget.college
    wanted = [
        acte
        for acte in actes
        if person.peut(acte.nom, college)
        and (acte.utile(lu, cible) or (refus is not None and (refus.acte, refus.cible) == (acte, cible)))
    ]
    return [formulaire(acte, lu, cible, refus) for acte in wanted]


async def montrer(
    request: Request[Any, Any, Any], reference: str, refus: Refus | None, *, en_attente: bool = False
) -> Response[str]:
    """The page of a dossier, with the refused form filled if there is one."""
    lu, person = await lire(request, reference), await require_person(request)
    found = lu.ensemble
    lives = [
        un_projet(found, p) | {"formulaires": _permis(person, lu, DU_PROJET, p.projet, refus)} for p in found.projets
    ]
    return page(
        request,
        "colleges/bureau_dossier.html",
        status=refus.faute.status if refus else 200,
        **_commun(found, refus, en_attente),
        formulaires=_permis(person, lu, DU_DOSSIER, "", refus),
        projets=lives,
        a_lire=sum(i.etat == "recue" for i in found.idees),
        a_etudier=sum(i.etat == "publiee" for i in found.idees),
        nombre_idees=len(found.idees),
        journal=[ligne(found, fait) | {"feuille": ""} for fait in reversed(found.faits)],
    )


async def montrer_idees(
    request: Request[Any, Any, Any], reference: str, refus: Refus | None, *, en_attente: bool = False
) -> Response[str]:
    """The ideas, the pupils' words opened now for the team."""
    lu, person, found = await lire(request, reference), await require_person(request), services(request)
    async with found.pool.connection() as connection:
        words = await store.reveal(connection, found.vault, [row.depot for row in lu.ensemble.idees])
    order = {"recue": 0, "publiee": 1}
    rows = sorted(lu.ensemble.idees, key=lambda row: (order.get(row.etat, 2), row.depot))
    shown = [
        une_idee(row)
        | {"texte": words.get(row.depot, {}).get("texte") or "",
           "formulaires": _permis(person, lu, DE_L_IDEE, row.reference, refus)}
        for row in rows
    ]  # fmt: skip
    context = _commun(lu.ensemble, refus, en_attente)
    context["fil"] = fil(*ACCUEIL, (f"/bureau/budgets/{reference}", reference), ("", "Idées"))
    return page(request, "colleges/bureau_idees.html", status=refus.faute.status if refus else 200, **context,
                idees=shown)  # fmt: skip


def _commun(found: Ensemble, refus: Refus | None, en_attente: bool) -> dict[str, Any]:
    phrase, suite = ou_en_est_on(found)
    return {
        "titre": f"{found.college}, {found.budget.edition}",
        "fil": fil(*ACCUEIL, (f"/bureau/budgets/{found.reference}", found.reference)),
        "budget": found.budget,
        "college": found.college,
        "phrase": phrase,
        "suite": suite,
        "refus": refus,
        "en_attente": en_attente,
    }
