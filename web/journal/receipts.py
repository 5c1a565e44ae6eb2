"""Receipts: a page to print, the signed promise, and its proof once a checkpoint covers the event."""

from typing import Any

import segno
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from web.journal.machine import plain
from web.journal.promises import deadline, promise_note, proof_file
from web.journal.reading import Fact, fact_at, published
from web.pages import date_heure, page
from web.services import services

SUFFIXES = (".promesse", ".tlog-proof")


@get("/recu/{name:str}")
async def recu(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[Any]:
    """`<index>`: the page; `<index>.promesse` and `<index>.tlog-proof`: the files."""
    suffix = next((s for s in SUFFIXES if name.endswith(s)), "")
    number = name.removesuffix(suffix)
    canonical = number.isascii() and number.isdecimal() and len(number) < 19 and str(int(number)) == number
    fact = await fact_at(services(request), int(number)) if canonical else None
    if fact is None:
        raise NotFoundException("Ce reçu n’existe pas. Vérifiez son numéro.")
    if suffix == ".promesse":
        return _promise(request, fact)
    return await (_proof(request, fact) if suffix else _page(request, fact))


async def _page(request: Request[Any, Any, Any], fact: Fact) -> Response[str]:
    found, point = services(request), await published(services(request))
    address = f"{found.settings.public_url}/recu/{fact.index}"
    context: dict[str, Any] = {
        "fait": fact,
        "promesse": promise_note(found, fact),
        "echeance": deadline(fact),
        "couvert": point is not None and point.size > fact.index,
        "point": point,
        "adresse": address,
        "qr": qr(address),
    }
    title = f"Reçu de l’acte n° {fact.position}"
    fil = [{"href": "/", "label": "Accueil"}, {"href": "/journal", "label": "Journal"}]
    return page(request, "journal/recu.html", titre=title, fil=[*fil, {"href": address, "label": "Reçu"}], **context)


def _promise(request: Request[Any, Any, Any], fact: Fact) -> Response[bytes]:
    note = promise_note(services(request), fact)
    if note is None:
        raise NotFoundException("Cet acte n’est pas daté : il n’a pas de promesse.")
    return plain(note, _attached(f"{fact.index}.promesse"))


async def _proof(request: Request[Any, Any, Any], fact: Fact) -> Response[bytes]:
    found, point = services(request), await published(services(request))
    if point is None or point.size <= fact.index:
        when = f" avant le {date_heure(before)}" if (before := deadline(fact)) else " bientôt"
        raise NotFoundException(f"La preuve n’existe pas encore : un point de contrôle couvrira cet acte{when}.")
    return plain(await proof_file(found, fact, point), _attached(f"{fact.index}.tlog-proof"))


def _attached(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}


def qr(address: str) -> str:
    """An SVG to set in the page: dark on white whatever the theme, with its quiet zone, no inline style."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(border=2, light="#fff", dark="#000", svgclass="qr", lineclass=None, omitsize=True)
    return drawn


ROUTES = (recu,)
