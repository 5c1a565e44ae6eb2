"""`/recherche` and its feed."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.response import Redirect

from domain.calendrier import PARIS
from web.argent.lecture import une_fois
from web.atom import Entry, answer, feed
from web.pages import page
from web.propositions.instances import annuaire
from web.propositions.mots import ETATS
from web.recherche.numeros import destination
from web.recherche.requete import GENRES, Recherche, read
from web.recherche.resultats import Resultat, find, find_rules, pages, suggestions
from web.services import Services, services

COMMUNES = "SELECT insee, nom FROM communes WHERE au IS NULL ORDER BY nom"


@get("/recherche")
async def recherche(request: Request[Any, Any, Any]) -> Response[Any]:
    """Results, fifty a page; a number alone leads to the thing itself (303)."""
    found, asked = services(request), read(request.query_params)
    if asked.q and not asked.filters and (there := await destination(found, asked.q)):
        return Redirect(there, status_code=303)
    context = await _context(found, asked)
    titre = f"Recherche : {asked.q}" if asked.q else "Chercher"
    return page(request, "recherche/recherche.html", titre=titre, fil=FIL, **context)


@get("/recherche.atom")
async def recherche_atom(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What this search finds, the newest first."""
    found, asked = services(request), read(request.query_params)
    results, _ = await find(found, asked, datetime.now(PARIS).date(), newest=True)
    title = f"Registre : recherche « {asked.q} »" if asked.q else "Registre : recherche"
    paths = asked.address("/recherche.atom"), asked.address("/recherche")
    entries = [_entry(result) for result in results]
    return answer(feed(found.settings.public_url, found.ledger.origin, *paths, title, entries))


FIL = [{"href": "/", "label": "Accueil"}, {"href": "/recherche", "label": "Chercher"}]


async def _context(found: Services, asked: Recherche) -> dict[str, Any]:
    results, total = await find(found, asked, datetime.now(PARIS).date())
    rules = await find_rules(found, asked)
    nothing = bool(asked.q or asked.filters) and not results and not rules
    return {
        "asked": asked,
        "resultats": results,
        "total": total,
        "regles": rules,
        "rien": nothing,
        "idees": await suggestions(found, asked) if nothing else [],
        "pages": pages(total),
        "precedent": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "suivant": asked.address(page=asked.page + 1) if asked.page < pages(total) else "",
        "atom": "" if asked.empty else asked.address("/recherche.atom", page=1),
        "choix": await _choices(found),
    }


async def _choices(found: Services) -> dict[str, list[dict[str, str]]]:
    """What each filter offers."""
    names, communes = (await annuaire(found)).par_slug.values(), await une_fois(found, "choix des communes", _communes)
    every = {"valeur": "", "libelle": "Tout"}
    return {
        "type": [every, *({"valeur": value, "libelle": label} for value, label in GENRES.items())],
        "instance": [every, *({"valeur": i.slug, "libelle": i.nom} for i in names if i.serie)],
        "commune": [every, *({"valeur": v, "libelle": n} for v, n in communes)],
        "etat": [every, *({"valeur": value, "libelle": label} for value, label in ETATS.items())],
    }


async def _communes(found: Services) -> list[tuple[Any, ...]]:
    return await found.fetch(COMMUNES)


def _entry(result: Resultat) -> Entry:
    day = result.deposee_le
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return Entry(
        index=result.index,
        title=f"[{result.reference}] {result.titre} : {result.mot}",
        content=f"{result.genre} {result.reference} : {result.titre}. État : {result.mot}. {result.pourquoi}".strip(),
        updated=at or datetime(1970, 1, 1, tzinfo=UTC),
        links=(("alternate", result.lien), ("related", f"/journal/{result.index}")),
        category=result.mot,
    )


ROUTES = (recherche, recherche_atom)
