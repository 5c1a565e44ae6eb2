"""Every route of the application, from the application itself; bad input for each; what no answer may be."""

import asyncio
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import httpx
import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from tests.faults.served import Served
from tests.site import Site, secret
from web.app import create_app
from web.settings import Settings

WEB = Path(__file__).parent.parent.parent / "web"
AT_ONCE = 8
SCRIPT = "<script>zx()</script><img src=x onerror=zx()>\"'"
RAW = ("<script>zx", "<img src=x")  # never in a page: markup that was typed is text
NAMED = re.compile(r"""(?:fields|typed|query|query_params|form)\.get\("(\w+)"|read_number\(request, "(\w+)\"""")
TEMPLATE_NAMES = re.compile(r'\bname="([a-z_]+)"|\b(?:champ|radios|selection|zone)\("([a-z_]+)"')


class Route(msgspec.Struct, frozen=True):
    """One method of one address. `parametres` are those of its path, `requete` those that its handler declares."""

    methode: str
    chemin: str
    parametres: tuple[str, ...]
    requete: tuple[str, ...]

    def adresse(self, values: dict[str, str], default: str = "x") -> str:
        """The address, its parts filled in (already escaped)."""
        found = self.chemin
        for name in self.parametres:
            found = found.replace(f"{{{name}}}", values.get(name, default))
        return found


def application(site: Site) -> Litestar:
    """The same application as the site's, to be asked what it answers."""
    settings = Settings(
        directory=site.directory,
        database_url=site.database.app,
        given_origin="essai.registre.example/2026",
        master_key_file=secret(site.directory / "cle-maitre"),
        secret_file=secret(site.directory / "secret"),
        public_url=site.url,
    )
    return create_app(settings, site.database.app, True)


def routes(app: Litestar, method: str) -> list[Route]:
    """Every address that answers this method, in order."""
    found = [
        _route(route, handler, method)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if method in handler.http_methods
    ]
    assert len(found) > 10, "the application has lost its routes"
    return sorted(found, key=lambda route: route.chemin)


def _route(route: HTTPRoute, handler: HTTPRouteHandler, method: str) -> Route:
    parametres = tuple(re.findall(r"{(\w+)}", route.path_format))
    declared = inspect.signature(getattr(handler.fn, "func", handler.fn)).parameters
    return Route(method, route.path_format, parametres, tuple(n for n in declared if n not in ("request", *parametres)))


def names_in_code() -> list[str]:
    """Every name of a field or of a query that the code reads or that a template shows."""
    code = "\n".join(path.read_text() for path in WEB.rglob("*.py"))
    pages = "\n".join(path.read_text() for path in WEB.rglob("*.html"))
    found = NAMED.findall(code) + TEMPLATE_NAMES.findall(pages)
    return sorted({name for pair in found for name in pair if name} - {"csrf", "idempotence", "cle"})


class Sweep:
    """Sends requests, a few at once, without keeping cookies, and judges each answer; `wrong` says what is wrong."""

    def __init__(self, site: Site, cookie: str = "") -> None:
        self.site = site
        headers = {"Cookie": cookie} if cookie else {}
        limits = httpx.Limits(max_connections=AT_ONCE)
        self.client = httpx.AsyncClient(base_url=site.url, timeout=60, headers=headers, limits=limits)
        self.wrong: list[str] = []
        self.statuses: Counter[int] = Counter()

    async def __aenter__(self) -> "Sweep":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.aclose()

    async def send(self, method: str, address: str, **options: Any) -> httpx.Response:
        """One request, as `httpx.request` takes it."""
        answer = await self.client.request(method, address, **options)
        self.client.cookies.clear()
        self.statuses[answer.status_code] += 1
        self.wrong += (f"{method} {address[:150]} {answer.status_code}: {fault}" for fault in faults(answer))
        return answer

    async def send_all(self, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """All of them, in any order."""
        pending = iter(requests)
        found: list[httpx.Response] = []

        async def work() -> None:
            for method, address, options in pending:
                found.append(await self.send(method, address, **options))

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return found


def faults(answer: httpx.Response) -> Iterable[str]:
    """What no answer may be, whatever was sent."""
    text, kind = answer.text, answer.headers.get("content-type", "")
    if answer.status_code >= 500:
        yield text[:300]
    if "Traceback (most recent" in text or 'File "/' in text:
        yield "shows where it failed"
    if "text/html" in kind:
        yield from (f"markup that was typed: {raw}" for raw in RAW if raw in text)
        if answer.status_code >= 400 and "<h1" not in text:
            yield "a refusal that is no page"
    elif answer.status_code >= 400 and answer.request.url.path.startswith("/api"):
        problem = answer.json()
        if kind != "application/problem+json" or not {"title", "status", "detail", "conseil"} <= problem.keys():
            yield f"no problem of RFC 9457: {kind}"
        elif problem["status"] != answer.status_code:
            yield "another status inside"
    if not answer.headers.get("content-security-policy"):
        yield "no security headers"


async def raw(site: Site | Served, request: bytes) -> bytes:
    """What the server answers to these very bytes, which no client would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rpartition(":")[2]))
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(20):
            return await reader.read(65_536)
    finally:
        writer.close()
        await writer.wait_closed()
