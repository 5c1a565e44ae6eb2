"""The participatory budget for programs: `/api/budgets`, `/api/colleges`, a dossier in JSON and Atom."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.ledger.entry import public_fields
from projections.budgets_rows import BudgetRow, CollegeRow
from web.api.lecture import read_number
from web.api.operations import Operation, Parametre, answer, declared
from web.atom import NEVER, Entry, feed
from web.atom import answer as atom
from web.colleges.flux import Ensemble, load
from web.colleges.lecture import read
from web.colleges.mots import phrase
from web.pages import date_longue
from web.propositions.dossier import read_au
from web.services import services

PAR_PAGE = 50
LATEST = 50
RUBRIQUE = "Le budget participatif des collèges"


class College(msgspec.Struct, kw_only=True):
    """Un collège. `uai` : son numéro national ; absent s’il est fictif."""

    slug: str
    nom: str
    commune: str | None
    effectif: int | None
    rentree: int | None
    uai: str | None


class Budget(msgspec.Struct, kw_only=True):
    """Le dossier d’un collège dans une édition. Les sommes sont en centimes."""

    reference: str
    lien: str
    index: int
    college: str
    edition: str
    etat: str
    budget_cents: int
    depose_le: date
    idees_jusqu_au: date | None
    liste_le: date | None
    scrutin: str | None
    candidature_le: date | None
    montant_cents: int | None
    alloue_cents: int


class Budgets(msgspec.Struct):
    """Une page de dossiers."""

    total: int
    page: int
    pages: int
    budgets: list[Budget]


class ActeDuBudget(msgspec.Struct, kw_only=True):
    """Un acte du dossier, de ses idées ou de son vote. `phrase` : ce qu’il dit."""

    position: int
    index: int
    flux: str
    evenement: str
    phrase: str
    survenu_le: str | None
    enregistre_le: datetime | None
    feuille: str
    recu: str
    donnees: dict[str, Any]


class DossierDeCollege(Budget, kw_only=True):
    """Le dossier entier : projets, idées (jamais les mots d’un élève), actes."""

    au: str | None
    projets: list[dict[str, Any]]
    idees: list[dict[str, Any]]
    gagnants: list[str]
    actes: list[ActeDuBudget]


def _read(name: str, path: str, summary: str, form: Any, *parameters: Parametre) -> dict[str, Any]:
    refused = (400, 404) if "{" in path or parameters else ()
    return declared(
        Operation(id=name, chemin=path, resume=summary, rubrique=RUBRIQUE, reponse=form, parametres=parameters,
                  refus=refused)
    )  # fmt: skip


def _shared(row: BudgetRow) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in Budget.__struct_fields__ if hasattr(row, name)}
    return found | {"lien": f"/dossiers/{row.reference}", "index": row.depot - 1}


@get("/api/colleges", opt=_read("colleges", "/api/colleges", "Les collèges", list[College]))
async def colleges(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All of them, by name."""
    rows = await read(services(request), CollegeRow, "true ORDER BY nom")
    return answer([College(**{n: getattr(row, n) for n in College.__struct_fields__}) for row in rows])


FILTRES = (
    Parametre("college", "le slug d’un collège"),
    Parametre("edition", "une année scolaire : 2026-2027"),
    Parametre("page", "le numéro de la page, à partir de 1", "integer"),
)


@get("/api/budgets", opt=_read("budgets", "/api/budgets", "Les dossiers, les plus récents d’abord", Budgets, *FILTRES))
async def budgets(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Fifty a page."""
    number, found = read_number(request, "page", 1, 1, 1_000_000), services(request)
    asked = [request.query_params.get(name) or None for name in ("college", "edition")]
    where = "(%s::text IS NULL OR college = %s) AND (%s::text IS NULL OR edition = %s)"
    values = [asked[0], asked[0], asked[1], asked[1]]
    [(total,)] = await found.fetch("SELECT count(*) FROM budgets WHERE " + where, values)  # noqa: S608  # literals
    limits = [*values, PAR_PAGE, PAR_PAGE * (number - 1)]
    rows = await read(found, BudgetRow, where + " ORDER BY depot DESC LIMIT %s OFFSET %s", limits)
    shown = [Budget(**_shared(row)) for row in rows]
    return answer(Budgets(total, number, max(1, -(-total // PAR_PAGE)), shown))


@get("/api/budgets/{reference:str}", opt=_read("budget", "/api/budgets/{reference}", "Un dossier de collège et ses "
     "actes", DossierDeCollege, Parametre("au", "un jour (2026-03-15) ou un acte (1842)")))  # fmt: skip
async def budget(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`; 404 before its first act."""
    return await budget_json(request, reference)


async def budget_json(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The same at `/dossiers/{ref}.json` and `/api/dossiers/{ref}`."""
    found = await load(services(request), reference, read_au(request.query_params.get("au")))
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    return answer(dossier(found))


def dossier(found: Ensemble) -> DossierDeCollege:
    """A dossier as everyone may read it."""
    return DossierDeCollege(
        **_shared(found.budget),
        au=None if found.au is None else str(found.au),
        projets=[msgspec.to_builtins(p) | {"etat": found.etat(p)} for p in found.projets],
        idees=[msgspec.to_builtins(i) for i in found.idees],
        gagnants=found.vote.gagnants if found.vote else [],
        actes=[
            ActeDuBudget(
                position=fait.fact.position,
                index=fait.fact.position - 1,
                flux=fait.fact.stream,
                evenement=type(fait.fact.event).__name__,
                phrase=phrase(fait.fact.event),
                survenu_le=day.isoformat() if (day := fait.fact.event.survenu_le) else None,
                enregistre_le=fait.fact.recorded_at,
                feuille=fait.feuille,
                recu=f"/recu/{fait.fact.position - 1}",
                donnees={
                    name: value
                    for name in public_fields(type(fait.fact.event))
                    if (value := getattr(fait.fact.event, name)) is not None
                },
            )
            for fait in found.faits
        ],
    )


async def budget_atom(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The news of a dossier, the last one first: its own acts and those of its scrutin. 404."""
    site, found = services(request), await load(services(request), reference)
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    where = f"/dossiers/{reference}"
    title = f"{reference} : {found.college}, budget participatif {found.budget.edition}"
    facts = [fait.fact for fait in found.faits if not fait.fact.stream.startswith("idees/")]
    entries = [
        Entry(
            index=fact.position - 1,
            title=f"[{reference}] {phrase(fact.event)}",
            content=f"{phrase(fact.event)} Date : {date_longue(fact.event.survenu_le)}. Acte n° {fact.position}.",
            updated=fact.recorded_at or NEVER,
            links=(("alternate", where), ("related", f"/recu/{fact.position - 1}")),
        )
        for fact in facts[::-1][:LATEST]
    ]
    return atom(feed(site.settings.public_url, site.ledger.origin, f"{where}.atom", where, title, entries))


ROUTES = (colleges, budgets, budget)
