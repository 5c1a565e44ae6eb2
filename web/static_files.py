"""The static files: read once at start, served from memory under names that carry their digest.

`base.css` becomes `/s/base.<10 hex>.css`; the content behind a name never changes, so browsers keep it for
a year. Every `url(name)` of a style sheet that names a file of the folder is rewritten to that file's
digested name before the sheet's own digest is taken: `base.css` in the sources says
`url(atkinson-hyperlegible-next-latin-wght-normal.woff2)`, the served sheet says `url(/s/….<10 hex>.woff2)`.
"""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get, head
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
CACHE_CONTROL = "public, max-age=31536000, immutable"
PREFIX = "/s/"
URL = re.compile(rb"url\((?!data:)([^)]+)\)")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One served file: its digested URL, type, bytes, and the gzip bytes when they are smaller (else None)."""

    url: str
    media_type: str
    content: bytes
    compressed: bytes | None
    digest: str
    integrity: str


def _seal(path: Path, content: bytes) -> StaticFile:
    digest = hashlib.sha256(content).hexdigest()[:10]
    compressed = gzip.compress(content, 9, mtime=0)
    return StaticFile(
        url=f"{PREFIX}{path.stem}.{digest}{path.suffix}",
        media_type=TYPES[path.suffix],
        content=content,
        compressed=compressed if len(compressed) < 0.95 * len(content) else None,
        digest=digest,
        integrity="sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode(),
    )


def load_static(folder: Path) -> dict[str, StaticFile]:
    """Read a folder into memory, by source name; style sheets last, their `url(name)` rewritten.

    Files whose type is not in `TYPES` (licences, notes) are not served. `KeyError` when a style sheet names
    a file that is not there: better no start than a page without its font.
    """
    served = sorted(p for p in folder.iterdir() if p.suffix in TYPES)
    files = {p.name: _seal(p, p.read_bytes()) for p in served if p.suffix != ".css"}

    def digested(match: re.Match[bytes]) -> bytes:
        return b"url(" + files[match[1].decode().strip("\"'")].url.encode() + b")"

    sheets = [p for p in served if p.suffix == ".css"]
    return files | {p.name: _seal(p, URL.sub(digested, p.read_bytes())) for p in sheets}


FILES = load_static(Path(__file__).parent / "static")
BY_URL = {file.url: file for file in FILES.values()}


def static_url(name: str) -> str:
    """The digested URL of a source name (`static_url("base.css")` → `/s/base.<10 hex>.css`); else `KeyError`."""
    return FILES[name].url


def static_integrity(name: str) -> str:
    """The `integrity` attribute of a source name: SHA-384 in base64 (W3C Subresource Integrity)."""
    return FILES[name].integrity


def _answer(name: str, request: Request[Any, Any, Any]) -> tuple[bytes, dict[str, str], int]:
    file = BY_URL.get(PREFIX + name)
    if file is None:
        raise NotFoundException(f"no such file: {name}")
    zipped = file.compressed if "gzip" in request.headers.get("accept-encoding", "") else None
    etag = f'"{file.digest}-gz"' if zipped is not None else f'"{file.digest}"'
    headers = {"content-type": file.media_type, "cache-control": CACHE_CONTROL, "etag": etag}
    if file.compressed is not None:
        headers["vary"] = "accept-encoding"
    if etag in request.headers.get("if-none-match", ""):
        return b"", headers, 304
    if zipped is not None:
        headers["content-encoding"] = "gzip"
    return zipped or file.content, headers, 200


@get("/{name:str}", include_in_schema=False)
async def read_static(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """A static file; 304 when the browser has it, 404 when name or digest is unknown."""
    content, headers, status = _answer(name, request)
    return Response(content, headers=headers, status_code=status)


@head("/{name:str}", include_in_schema=False)
async def head_static(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[None]:
    """The headers that `read_static` would send."""
    content, headers, status = _answer(name, request)
    if status == 200:
        headers["content-length"] = str(len(content))
    return Response(None, headers=headers, status_code=status)


static_router = Router(PREFIX, route_handlers=[read_static, head_static])
