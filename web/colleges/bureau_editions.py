"""`/bureau/editions` and `/bureau/colleges/{slug}`: open an edition, move it on, assess it; let a collège enter one."""

from typing import Any, cast

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.budget_participatif.avancer_edition import AvancerEdition
from domain.budget_participatif.decrire_college import DecrireCollege
from domain.budget_participatif.deposer_intention import DeposerIntention
from domain.budget_participatif.edition import ETAPES
from domain.budget_participatif.events import EtapeEdition
from domain.budget_participatif.ouvrir_edition import OuvrirEdition
from domain.budget_participatif.publier_bilan import PublierBilan
from domain.ledger.command import Command
from domain.ledger.deciding import KeyReused
from domain.money import euros_ronds
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF, SIGNES_TITRE
from projections.budgets_rows import EditionRow
from web.access import Acteur, require
from web.bureau.formulaire import Champ, entier, jour_du
from web.colleges.bureau import ACCUEIL
from web.colleges.formulaires import REFUSES, cents
from web.colleges.lecture import budgets_of, find_college, find_edition, read
from web.colleges.mots import ETAPES_EDITION
from web.colleges.pages import fil
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.services import services

OUVRIR = (
    Champ("edition", "Année scolaire", requis=True, max=9, aide="Exemple : 2026-2027"),
    Champ("titre", "Titre", requis=True, max=SIGNES_TITRE),
    Champ("enveloppe", "Somme pour tous les collèges, en euros", requis=True, max=14),
    Champ("plafond", "Limite pour un collège, en euros", requis=True, max=14, aide="40 000 dans les éditions connues."),
    Champ("intentions_jusqu_au", "Intentions jusqu’au", "date", requis=True),
    Champ("candidatures_jusqu_au", "Candidatures jusqu’au", "date", requis=True),
    Champ("source", "Le texte qui le décide", requis=True, max=SIGNES_LIGNE),
)
BILAN = (Champ("texte", "Le bilan", "textarea", requis=True, max=SIGNES_MOTIF, aide="Public."),)
DECRIRE = (
    Champ("commune", "Commune", requis=True, max=SIGNES_LIGNE),
    Champ("effectif", "Nombre d’élèves", "number", requis=True),
    Champ("rentree", "Rentrée", "number", requis=True, aide="Exemple : 2026"),
)


def forme(nom: str, titre: str, champs: tuple[Champ, ...], fields: Form | None, faute: Fault | None) -> dict[str, Any]:
    """A form as the template takes it, filled with what was refused."""
    typed, wrong = fields or {}, {faute.field: faute.message} if faute else {}
    shown = [
        {"nom": c.nom, "label": c.label, "sorte": "text" if c.sorte == "number" else c.sorte, "choix": c.choix,
         "cases": [], "aide": c.aide, "requis": c.requis, "max": c.max, "valeur": typed.get(c.nom, ""),
         "erreur": wrong.get(c.nom, "")}
        for c in champs
    ]  # fmt: skip
    return {"nom": nom, "id": nom, "cible": "", "titre": titre, "aide": "", "photo": False, "champs": shown}


def told(error: Exception) -> Fault:
    """What the page says of a refusal."""
    field = getattr(error, "field", None)
    return fault(error) if hasattr(error, "fondement") or isinstance(error, KeyReused) else Fault(
        422, str(error), "Corrigez ce point, puis recommencez.", field=field)  # fmt: skip


async def execute(request: Request[Any, Any, Any], command: Command, fields: Form) -> tuple[str, int]:
    """Does it once; the reference of what was made, and its position."""
    key = once(fields.get("idempotence") or new_key(), request.url.path, fields)
    act = await services(request).ledger.execute(command, key)
    return act.reference, act.position


@get("/bureau/editions")
async def bureau_editions(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[str]:
    """The editions, and the form to open one."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer_editions(request)


@post("/bureau/editions", status_code=200)
async def ouvrir_edition(request: Request[Any, Any, Any]) -> Response[Any]:
    """Opens an edition; refused, the form comes back filled."""
    fields, acteur = await read_form(request), await require(request, "ouvrir_edition")
    try:
        days = (jour_du(fields, "intentions_jusqu_au"), jour_du(fields, "candidatures_jusqu_au"))
        sums = (cents(fields, "enveloppe"), cents(fields, "plafond"))
        words = (fields.get("edition", "").strip(), fields.get("titre", ""))
        command = OuvrirEdition(acteur.personne, acteur.le, *words, *sums, *days, fields.get("source", ""))
        reference, position = await execute(request, command, fields)
    except (*REFUSES, KeyReused) as error:
        return await montrer_editions(request, fields, told(error))
    return Redirect(f"/bureau/editions/{reference}?vu={position}", status_code=303)


async def montrer_editions(
    request: Request[Any, Any, Any], fields: Form | None = None, faute: Fault | None = None
) -> Response[str]:
    """The list and the form."""
    await require(request, "ouvrir_edition")
    rows = await read(services(request), EditionRow, "true ORDER BY edition DESC")
    shown = [
        {"row": row, "etape": ETAPES_EDITION[row.etape], "somme": euros_ronds(row.enveloppe_cents)} for row in rows
    ]
    return page(request, "colleges/bureau_editions.html", status=faute.status if faute else 200, titre="Éditions",
                fil=fil(*ACCUEIL, ("/bureau/editions", "Éditions")), editions=shown, faute=faute,
                formulaire_=forme("editions", "Ouvrir l’édition", OUVRIR, fields, faute))  # fmt: skip


@get("/bureau/editions/{edition:str}")
async def bureau_edition(
    request: Request[Any, Any, Any], edition: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """One edition: its next step, its assessment."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer_edition(request, edition)


@post("/bureau/editions/{edition:str}/{nom:str}", status_code=200)
async def agir_edition(request: Request[Any, Any, Any], edition: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """Moves on, or publishes the assessment."""
    fields = await read_form(request)
    acteur = await require(request, "publier_bilan" if nom == "bilan" else "avancer_edition")
    command: Command
    if nom == "bilan":
        command = PublierBilan(acteur.personne, acteur.le, edition, fields.get("texte", ""))
    else:
        command = AvancerEdition(acteur.personne, acteur.le, edition, cast(EtapeEdition, fields.get("etape", "")))
    try:
        _, position = await execute(request, command, fields)
    except (*REFUSES, KeyReused) as error:
        return await montrer_edition(request, edition, fields, told(error))
    return Redirect(f"/bureau/editions/{edition}?vu={position}", status_code=303)


async def montrer_edition(
    request: Request[Any, Any, Any], edition: str, fields: Form | None = None, faute: Fault | None = None
) -> Response[str]:
    """The page of an edition in the office."""
    await require(request, "avancer_edition")
    row = await find_edition(services(request), edition)
    place = ETAPES.index(row.etape)
    following = ETAPES[place + 1] if place + 1 < len(ETAPES) else ""
    asked = forme("bilan", "Publier le bilan", BILAN, fields, faute) if row.etape == "bilan" and not row.bilan else None
    return page(request, "colleges/bureau_edition.html", status=faute.status if faute else 200, titre=row.titre,
                fil=fil(*ACCUEIL, ("/bureau/editions", "Éditions"), (f"/bureau/editions/{edition}", edition)),
                edition=row, etape=ETAPES_EDITION[row.etape], suivante=following,
                suivante_mot=ETAPES_EDITION.get(following, ""), formulaire_=asked, faute=faute)  # fmt: skip


@get("/bureau/colleges/{slug:str}")
async def bureau_college(
    request: Request[Any, Any, Any], slug: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """A collège: its description, and the form to enter an edition."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return await montrer_college(request, slug)


@post("/bureau/colleges/{slug:str}/{nom:str}", status_code=200)
async def agir_college(request: Request[Any, Any, Any], slug: FromPath[str], nom: FromPath[str]) -> Response[Any]:
    """Describes the collège, or lets it enter an edition."""
    fields = await read_form(request)
    acteur = await require(request, "decrire_college" if nom == "description" else "deposer_intention", slug)
    try:
        command = await _du_college(request, acteur, slug, nom, fields)
        reference, position = await execute(request, command, fields)
    except (*REFUSES, KeyReused) as error:
        return await montrer_college(request, slug, fields, told(error), nom)
    to = f"colleges/{slug}" if nom == "description" else f"budgets/{reference}"
    return Redirect(f"/bureau/{to}?vu={position}", status_code=303)


async def _du_college(request: Request[Any, Any, Any], acteur: Acteur, slug: str, nom: str, fields: Form) -> Command:
    """What was asked for. Raises Illisible."""
    if nom == "description":
        counts = (entier(fields, "effectif") or 0, entier(fields, "rentree") or 0)
        return DecrireCollege(acteur.personne, acteur.le, slug, fields.get("commune", ""), *counts)
    known = tuple(row.reference for row in await budgets_of(services(request), slug))
    said = (fields.get("edition", ""), fields.get("adoptee_par", ""), cents(fields, "budget"))
    return DeposerIntention(acteur.personne, acteur.le, slug, *said, known)


async def montrer_college(
    request: Request[Any, Any, Any], slug: str, fields: Form | None = None, faute: Fault | None = None, nom: str = ""
) -> Response[str]:
    """The page of a collège in the office."""
    row = await find_college(services(request), slug)
    await require(request, "decrire_college", slug)
    ouvertes = await read(services(request), EditionRow, "etape = 'intentions' ORDER BY edition DESC")
    entrer = (
        Champ("edition", "Édition", "select", tuple((e.edition, f"{e.titre} (limite : {euros_ronds(e.plafond_cents)})")
              for e in ouvertes), requis=True),
        Champ("adoptee_par", "Qui a adopté les règles ?", requis=True, max=SIGNES_LIGNE,
              aide="Exemple : conseil de la vie collégienne du 7 septembre 2026. Jamais un nom."),
        Champ("budget", "Budget du collège, en euros", requis=True, max=14),
    )  # fmt: skip
    mine = [fields if nom == wanted else None for wanted in ("intention", "description")]
    return page(
        request, "colleges/bureau_college.html", status=faute.status if faute else 200, titre=row.nom,
        fil=fil(*ACCUEIL, (f"/bureau/colleges/{slug}", row.nom)), college=row, faute=faute,
        intention=forme("intention", "Participer à cette édition", entrer, mine[0], faute) if ouvertes else None,
        description=forme("description", "Décrire le collège", DECRIRE, mine[1], faute),
    )  # fmt: skip
