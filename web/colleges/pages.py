"""`/colleges`, `/colleges/{slug}`, `/c/{slug}`, `/editions` and `/editions/{edition}`."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from domain.money import euros_ronds
from projections.budgets_rows import BudgetRow, CollegeRow, EditionRow
from web.colleges.flux import Ensemble, load
from web.colleges.frise import ou_en_est_on
from web.colleges.lecture import budgets_of, find_college, find_edition, read
from web.colleges.mots import ETAPES_EDITION, ETATS, FINIS, eleves, jour_heure, jour_mois
from web.colleges.page_dossier import projet
from web.pages import date_longue, page
from web.services import services

ACCUEIL = ("/", "Accueil")
COLLEGES = ("/colleges", "Collèges")


def fil(*parts: tuple[str, str]) -> list[dict[str, str]]:
    """A breadcrumb."""
    return [{"href": href, "label": label} for href, label in parts]


@get("/colleges")
async def voir_colleges(request: Request[Any, Any, Any]) -> Response[str]:
    """Every collège, with where its latest dossier stands."""
    found = services(request)
    latest: dict[str, BudgetRow] = {}
    for row in await read(found, BudgetRow, "true ORDER BY edition"):
        latest[row.college] = row
    rows = await read(found, CollegeRow, "au IS NULL ORDER BY nom")
    shown = [{"row": row, "effectif": eleves(row.effectif), "dossier": _carte(latest.get(row.slug))} for row in rows]
    return page(request, "colleges/colleges.html", titre="Les collèges", colleges=shown, fil=fil(ACCUEIL, COLLEGES))


def _carte(row: BudgetRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    sorte = "fait" if row.etat in FINIS else "en-cours"
    return {"row": row, "sorte": sorte, "mot": ETATS[row.etat], "budget": euros_ronds(row.budget_cents),
            "alloue": euros_ronds(row.alloue_cents or None)}  # fmt: skip


@get("/colleges/{slug:str}")
async def voir_college(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[str]:
    """The collège and its editions, the latest first. 404."""
    row = await find_college(services(request), slug)
    budgets = await budgets_of(services(request), slug)
    return page(
        request,
        "colleges/college.html",
        titre=row.nom,
        college=row,
        effectif=eleves(row.effectif),
        dossiers=[_carte(budget) for budget in budgets],
        fil=fil(ACCUEIL, COLLEGES, (f"/colleges/{slug}", row.nom)),
    )


@get("/c/{slug:str}")
async def voir_en_court(
    request: Request[Any, Any, Any], slug: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The current edition of this collège, in a pupil's words: ideas, vote or results. 404."""
    found = services(request)
    if vu is not None:
        await found.watcher.wait_for(vu)
    row = await find_college(found, slug)
    budgets = await budgets_of(found, slug)
    current = await load(found, budgets[0].reference) if budgets else None
    return page(request, "colleges/court.html", **(_vide(row) if current is None else _court(row, current)))


def _vide(row: CollegeRow) -> dict[str, Any]:
    return {"titre": row.nom, "college": row, "moment": "rien", "budget": None}


def _court(row: CollegeRow, found: Ensemble) -> dict[str, Any]:
    budget, vote = found.budget, found.vote
    phrase, suite = ou_en_est_on(found)
    moment = budget.etat
    if vote is not None and moment == "vote":
        moment = vote.phase if vote.phase in ("prepare", "ouvert", "proclame", "annule") else "clos"
    elif vote is not None:
        moment = "proclame"
    order = vote.gagnants if vote is not None and vote.phase == "proclame" else []
    shown = [projet(found, p) for p in found.projets if p.projet in (budget.liste or [p.projet])]
    return {
        "titre": f"{row.nom}, budget participatif {budget.edition}",
        "college": row,
        "budget": budget,
        "moment": moment,
        "phrase": phrase,
        "suite": suite,
        "fin_des_idees": jour_mois(budget.idees_jusqu_au),
        "ouverture": jour_heure(vote.ouvre_le) if vote and vote.ouvre_le else "",
        "fermeture": jour_heure(vote.ferme_le) if vote and vote.ferme_le else "",
        "depouillement": f"{jour_heure(told.quand)}, {told.lieu}" if vote and (told := vote.annonce) else "",
        "somme": euros_ronds(budget.budget_cents),
        "total": euros_ronds(sum(p.cout_cents for p in found.projets if p.projet in order)),
        "elus": sorted((p for p in shown if p["id"] in order), key=lambda p: order.index(p["id"])),
        "autres": [p for p in shown if p["id"] not in order],
        "bulletins": vote.n if vote else 0,
        "idees": [i for i in found.idees if i.titre and not i.dans],
    }


@get("/editions")
async def voir_editions(request: Request[Any, Any, Any]) -> Response[str]:
    """Every edition, the latest first."""
    rows = await read(services(request), EditionRow, "true ORDER BY edition DESC")
    shown = [
        {"row": row, "etape": ETAPES_EDITION[row.etape], "somme": euros_ronds(row.enveloppe_cents)} for row in rows
    ]
    return page(request, "colleges/editions.html", titre="Les éditions du budget participatif", editions=shown,
                fil=fil(ACCUEIL, COLLEGES, ("/editions", "Éditions")))  # fmt: skip


@get("/editions/{edition:str}")
async def voir_edition(request: Request[Any, Any, Any], edition: FromPath[str]) -> Response[str]:
    """One edition: its steps, its collèges, its sums. 404."""
    found = services(request)
    row = await find_edition(found, edition)
    budgets = await read(found, BudgetRow, "edition = %s ORDER BY depot", (edition,))
    names = {c.slug: c.nom for c in await read(found, CollegeRow)}
    return page(request, "colleges/edition.html", **contexte_edition(row, budgets, names))


def contexte_edition(row: EditionRow, budgets: list[BudgetRow], names: dict[str, str]) -> dict[str, Any]:
    """Its steps, each collège's line, and the totals."""
    passed = {"lancee": row.ouverte_le.isoformat()} | {etape["etape"]: etape["le"] for etape in row.etapes}
    order = list(ETAPES_EDITION)
    return {
        "titre": f"Édition {row.edition}",
        "edition": row,
        "fil": fil(ACCUEIL, ("/editions", "Éditions"), (f"/editions/{row.edition}", row.edition)),
        "etapes": [_etape(name, passed.get(name), order.index(row.etape) - place) for place, name in enumerate(order)],
        "lignes": [
            {"nom": names.get(b.college, b.college), "ref": b.reference, "etat": ETATS[b.etat],
             "budget": euros_ronds(b.budget_cents), "demande": euros_ronds(b.montant_cents),
             "vote": euros_ronds(b.alloue_cents or None)}
            for b in budgets
        ],
        "sommes": [
            {"nom": "Somme de l’édition", "valeur": euros_ronds(row.enveloppe_cents)},
            {"nom": "Limite pour un collège", "valeur": euros_ronds(row.plafond_cents)},
            {"nom": "Demandé par les collèges", "valeur": euros_ronds(sum(b.montant_cents or 0 for b in budgets))},
            {"nom": "Voté par le Conseil", "valeur": euros_ronds(sum(b.alloue_cents for b in budgets))},
            {"nom": "Intentions jusqu’au", "valeur": date_longue(row.intentions_jusqu_au)},
            {"nom": "Candidatures jusqu’au", "valeur": date_longue(row.candidatures_jusqu_au)},
            {"nom": "Source", "valeur": row.source},
        ],
    }  # fmt: skip


def _etape(name: str, le: str | None, ahead: int) -> dict[str, str]:
    etat = "en-cours" if ahead == 0 else "fait" if ahead > 0 else "a-venir"
    written = date_longue(date.fromisoformat(le)) if le else ""
    return {"titre": ETAPES_EDITION[name], "etat": etat, "voie": "suite", "date": written}
