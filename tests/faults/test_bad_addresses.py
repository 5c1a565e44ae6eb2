"""Junk in every address and every query: a page that says what is wrong, never a failure."""

from collections.abc import AsyncIterator
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest

from tests.faults.served import Person
from tests.faults.sweep import SCRIPT, Route, Sweep, application, names_in_code, raw, routes
from tests.faults.test_same_instant import size
from tests.quality import COMPLET
from tests.site import Site

HUGE = "99999999999999999999999"
# Percent-encoded as they travel.
JUNK = (
    "%00", "%FF%FE", "%ED%A0%80", quote(SCRIPT, safe=""), "%F0%9F%98%80e%CC%81", "-1", "1e999", HUGE, "%D9%A3",
    "%27%20OR%201%3D1--%25s", "..%2F..%2Fetc", "a" * 3000, "%0D%0ASet-Cookie%3A%20a%3Db",
)  # fmt: skip
GOOD = {"reference": "GEPI-2026-0001", "slug": "gepi", "index": "3", "name": "3", "regle_id": "textes-2026"}
ODD = ("&&&=", "%", "au=1&au=2&au=", "[]=1&[a]=2;", "=" * 500, "&".join(["a=b"] * 900))
METHODS = ("PUT", "PATCH", "DELETE", "POST", "GET", "PROPFIND", "TRACE")


@pytest.fixture
async def sweep(swept: Site) -> AsyncIterator[Sweep]:
    person = Person(swept, "coordination")
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    person.close()
    async with Sweep(swept, cookie) as found:
        yield found


def queries(route: Route, names: list[str]) -> list[str]:
    """Each declared parameter with each junk; then all the names that the code knows, at once; then odd queries."""
    waits = ("vu", HUGE)
    alone = [f"{name}={junk}" for name, junk in product(route.requete, JUNK) if (name, junk) != waits]
    together = ["&".join(f"{name}={junk}" for name in names if name != "vu") for junk in JUNK[: 9 if COMPLET else 3]]
    return [*alone, *together, *ODD]


async def test_every_page_answers_junk(sweep: Sweep) -> None:
    names, before = names_in_code(), size(sweep.site.database)
    assert {"au", "q", "page", "nature", "dossier", "after"} <= set(names), names
    requests: list[tuple[str, str, dict[str, Any]]] = []
    for route in routes(application(sweep.site), "GET"):
        for place, junk in product(route.parametres, JUNK):
            requests.append(("GET", route.adresse(GOOD | {place: junk}), {}))
        address = route.adresse(GOOD)
        requests += (("GET", f"{address}?{query}", {}) for query in queries(route, names))
        requests += (("GET", f"{address}{end}", {}) for end in ("/", ".json", ".atom", "%00", "/x/y"))
    await sweep.send_all(requests)
    assert not sweep.wrong, (len(sweep.wrong), sweep.statuses, sweep.wrong[:20])
    assert size(sweep.site.database) == before


async def test_every_address_refuses_other_methods(sweep: Sweep) -> None:
    app, before = application(sweep.site), size(sweep.site.database)
    answered: dict[str, set[str]] = {}
    for method in ("GET", "POST"):
        for route in routes(app, method):
            answered.setdefault(route.adresse(GOOD), set()).add(method)
    requests: list[tuple[str, str, dict[str, Any]]] = [
        (method, where, {}) for where, known in answered.items() for method in METHODS if method not in known
    ]
    for answer in await sweep.send_all(requests):
        assert answer.status_code in (400, 401, 403, 404, 405), (answer.request.method, answer.url, answer.status_code)
    assert not sweep.wrong, sweep.wrong[:20]
    assert size(sweep.site.database) == before


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET /recherche?q=\xe9\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nCookie: s=\xff\xfe; suivi=\x01; =; a\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nAccept-Language: " + b"x" * 70_000 + b"\r\nConnection: close\r\n\r\n",
        b"POST /suivi HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /suivi HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /suivi HTTP/1.1\r\nHost: a\r\nContent-Type: \xff/;;=\r\nContent-Length: 1\r\nConnection: close\r\n\r\na",
        b"GET /api/propositions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
async def test_bytes_that_no_browser_sends(swept: Site, request_: bytes) -> None:
    answer = await raw(swept, request_)
    assert b"HTTP/1.1 5" not in answer[:12] and b"Traceback" not in answer, answer[:300]
    again = await raw(swept, b"GET /sante HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert again.startswith(b"HTTP/1.1 200")
