"""The journal for people: the list, one event and its proof, how to verify."""

import hashlib
import re
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from projections.merkle import sibling_sides
from web.journal import machine, receipts
from web.journal.exporting import VERIFIER
from web.journal.filters import Filters, listing, typed
from web.journal.keys import published_key
from web.journal.presenting import entry_lines, raw
from web.journal.promises import inclusion
from web.journal.reading import Fact, fact_at, personal, published
from web.journal.words import kinds
from web.pages import page
from web.services import Services, services

ACCUEIL = {"href": "/", "label": "Accueil"}
JOURNAL = {"href": "/journal", "label": "Journal"}
NO_ACT = "Cet acte n’est pas dans le journal. Vérifiez son numéro."


@get("/journal")
async def journal(request: Request[Any, Any, Any]) -> Response[str]:
    """The events, newest first; 400, with the form as it was filled, on a filter that cannot be read."""
    found, filters = services(request), Filters.read(request.query_params)
    [(size,)] = await found.fetch("SELECT size FROM ledger.head")
    context = {
        "filtres": filters,
        "natures": [{"valeur": "", "libelle": "Toutes"}, *({"valeur": v, "libelle": w} for v, w in kinds())],
        "liste": None if filters.errors else await listing(found, filters),
        "taille": size,
        "point": await published(found),
    }
    status = 400 if filters.errors else 200
    return page(request, "journal/liste.html", status=status, titre="Journal", fil=[ACCUEIL, JOURNAL], **context)


@get("/journal/{index:int}")
async def acte(request: Request[Any, Any, Any], index: FromPath[int]) -> Response[str]:
    """One event: what it says, its bytes, its path to the last checkpoint, its erasable values."""
    found = services(request)
    fact = await fact_at(found, index)
    if fact is None:
        raise NotFoundException(NO_ACT)
    title = f"Acte n° {fact.position}"
    context: dict[str, Any] = {"fait": fact, "lignes": entry_lines(fact), "brut": raw(fact), "octets": len(fact.state)}
    context |= {"personnelles": await personal(found, fact), **await _proof(found, fact)}
    fil = [ACCUEIL, JOURNAL, {"href": f"/journal/{index}", "label": title}]
    return page(request, "journal/acte.html", titre=title, fil=fil, **context)


async def _proof(found: Services, fact: Fact) -> dict[str, Any]:
    """The last checkpoint, and the steps from the leaf to its root when it covers the event."""
    point = await published(found)
    if point is None or point.size <= fact.index:
        return {"point": None, "chemin": []}
    path = await inclusion(found, fact, point)
    sides = sibling_sides(fact.index, point.size)
    return {
        "point": point,
        "chemin": [("gauche" if s else "droite", h.hex()) for s, h in zip(sides, path, strict=True)],
    }


@get("/journal/verifier")
async def verifier(request: Request[Any, Any, Any]) -> Response[str] | Redirect:
    """How to check without us; `?acte=` leads to the path of one event, 404 with the form when there is none."""
    found, asked = services(request), typed(request.query_params.get("acte", ""))
    fact = await fact_at(found, _index(asked))
    if fact is not None:
        return Redirect(f"/journal/{fact.index}#preuve", status_code=303)
    context = {
        "acte": asked,
        "point": await published(found),
        "cle": published_key(found.settings.directory),
        "adresse": found.settings.public_url,
        "octets": VERIFIER.stat().st_size,
        "sha256": hashlib.sha256(VERIFIER.read_bytes()).hexdigest(),
    }
    fil = [ACCUEIL, JOURNAL, {"href": "/journal/verifier", "label": "Vérifier"}]
    return page(request, "journal/verifier.html", status=404 if asked else 200, titre="Vérifier", fil=fil, **context)


def _index(text: str) -> int:
    """Index of « acte n° 1 843 », -1 when it is no number."""
    digits = re.sub(r"\s|acte|n°|nº", "", text, flags=re.IGNORECASE)
    return int(digits) - 1 if digits.isascii() and digits.isdecimal() and len(digits) < 19 else -1


ROUTES = (journal, acte, verifier, *machine.ROUTES, *receipts.ROUTES)
