"""The log for programs (C2SP tlog-tiles): public, cacheable, readable from any page, without cookies."""

import asyncio
import gzip
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from projections.merkle import ENTRIES, HASH, Tile
from web.journal.exporting import VERIFIER
from web.journal.keys import published_key
from web.journal.promises import held_key
from web.journal.reading import (
    entries_between,
    public_disclosures,
    public_entries,
    published,
    tile_hashes,
)
from web.services import Services, services

OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
SOON = {"cache-control": "public, max-age=1"}
TEXT = "text/plain"  # Litestar adds the charset
LINES = "application/x-ndjson"


def plain(content: bytes | str, *headers: dict[str, str], media_type: str = TEXT) -> Response[bytes]:
    """An answer that any program of any site may read and keep."""
    body = content.encode() if isinstance(content, str) else content
    merged = {name: value for part in (OPEN, *headers) for name, value in part.items()}
    return Response(body, headers=merged, media_type=media_type)


def absent(why: str) -> Response[bytes]:
    """404 in one plain line; never kept, because it may exist a second later."""
    answer = plain(f"{why}\n", {"cache-control": "no-store"})
    answer.status_code = 404
    return answer


@get("/journal/checkpoint")
async def checkpoint(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The last signed checkpoint whose tiles are served."""
    found = await published(services(request))
    return plain(found.note, SOON) if found else absent("Aucun point de contrôle n'est encore signé.")


@get("/journal/cle", sync_to_thread=False)
def cle(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The verifier key of checkpoints."""
    key = published_key(services(request).settings.directory)
    return plain(f"{key}\n", SOON) if key else absent("Le signataire n'a pas encore de clé.")


@get("/journal/cle-promesse", sync_to_thread=False)
def cle_promesse(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The verifier key of promises."""
    found = services(request)
    return plain(f"{held_key(found.settings.directory, found.ledger.origin).verifier}\n", SOON)


@get("/journal/tile/{path:path}")
async def tile(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
    """A tile of hashes or a bundle of entries that the published checkpoint covers; 404 for anything else."""
    found = services(request)
    try:
        wanted = Tile.parse(str(path).removeprefix("/"))
    except ValueError:
        return absent("Ce n'est pas l'adresse d'une tuile.")
    covering = await published(found)
    if covering is None or wanted.span[1] > covering.size:
        return absent("Cette tuile dépasse le dernier point de contrôle.")
    if wanted.level == ENTRIES:
        return await _bundle(found, wanted, "gzip" in request.headers.get("accept-encoding", ""))
    row = (await tile_hashes(found, [(wanted.level, wanted.index)]))[wanted.level, wanted.index]
    return plain(row[: wanted.width * HASH], FOREVER, media_type="application/octet-stream")


async def _bundle(found: Services, wanted: Tile, zipped: bool) -> Response[bytes]:
    """Each entry after its length as a big-endian uint16."""
    states = await entries_between(found, *wanted.span)
    content = b"".join(len(state).to_bytes(2, "big") + state for state in states)
    headers = FOREVER | {"vary": "accept-encoding"}
    if zipped:
        content, headers = await asyncio.to_thread(gzip.compress, content, 6), headers | {"content-encoding": "gzip"}
    return plain(content, headers, media_type="application/octet-stream")


@get("/journal/divulgations.ndjson")
async def divulgations(request: Request[Any, Any, Any]) -> Stream | Response[bytes]:
    """The erasable values that are public now, each with its salt."""
    found = services(request)
    covering = await published(found)
    return _lines(public_disclosures(found, covering.size)) if covering else _nothing()


@get("/journal/evenements.ndjson")
async def evenements(request: Request[Any, Any, Any]) -> Stream | Response[bytes]:
    """Every entry that the published checkpoint covers, byte for byte, one a line."""
    found = services(request)
    covering = await published(found)
    return _lines(public_entries(found, covering.size)) if covering else _nothing()


def _lines(content: Any) -> Stream:
    return Stream(content, media_type=LINES, headers=OPEN | {"cache-control": "no-cache"})


def _nothing() -> Response[bytes]:
    return plain(b"", {"cache-control": "no-cache"}, media_type=LINES)


@get("/journal/verifier.py", sync_to_thread=True)
def verifier_file() -> Response[bytes]:
    """The stand-alone verifier, as a file to keep."""
    headers = {"content-disposition": 'attachment; filename="verifier.py"', "cache-control": "no-cache"}
    return plain(VERIFIER.read_bytes(), headers, media_type="text/x-python")


ROUTES = (checkpoint, cle, cle_promesse, tile, divulgations, evenements, verifier_file)
