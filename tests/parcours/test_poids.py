"""What a page weighs on a prepaid telephone: first visit, next page, requests, cookies, others' sites."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.parcours.looking import filled
from tests.parcours.places import Places
from tests.parcours.visit import Visit
from tests.parcours.visitor import Visitor
from tests.parcours.visits import PAGES
from tests.quality import COMPLET, Chromium
from tests.site import Site

MOST = {"html": 25_000, "css": 10_000, "js": 18_000, "woff2": 34_000}  # bytes of the bodies, as sent
FIRST_VISIT, NEXT_PAGE, REQUESTS = 100_000, 25_000, 7  # bytes with the headers; the pictures of projects apart
PICTURE = 60_000  # bytes, of any picture, loaded when it comes into view; of a ballot card 12_000 (tests/colleges)
WEIGHED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(e => ({url: e.name, body: e.encodedBodySize, sent: e.transferSize}))"""
# One page in so many is opened by somebody new: the rest of a first visit is the same files.
FIRST = 1 if COMPLET else 4
PUBLIC = [visit for found in PAGES.values() for visit in found[:1] if not visit.person and visit.status == 200]


def weigh(context: BrowserContext, page: Page, path: str) -> tuple[list[str], int]:
    """What is wrong with this load, and its bytes; a drawing inside a file already loaded is no request."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path, wait_until="load")
    page.evaluate("document.fonts.ready")
    weighed = page.evaluate(WEIGHED)
    pictures = [entry for entry in weighed if urlsplit(entry["url"]).path.startswith("/pj/")]
    found = [entry for entry in weighed if entry not in pictures]
    faults = [f"cookie {cookie.get('name')}" for cookie in context.cookies()]
    faults += [f"another site: {url}" for url in asked if urlsplit(url).netloc != urlsplit(page.url).netloc]
    faults += [f"{entry['url']} weighs {entry['body']}" for entry in pictures if entry["body"] > PICTURE]
    for entry in found:
        kind = urlsplit(entry["url"]).path.rpartition(".")[2]
        kind = kind if kind in MOST else "svg" if kind == "svg" else "html"
        if entry["body"] > MOST.get(kind, 5_000):
            faults.append(f"{entry['url']} weighs {entry['body']}")
    if len(found) > REQUESTS:
        faults.append(f"{len(found)} requests")
    return faults, sum(entry["sent"] for entry in found)


@pytest.fixture(scope="module")
def returning(chromium: Chromium, site: Site) -> Iterator[Page]:
    """Somebody who has seen a page before: the style sheet, the script and the font are kept."""
    with chromium.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("/plan")
        page.evaluate("document.fonts.ready")
        yield page


@pytest.mark.parametrize("visit", PUBLIC, ids=str)
def test_public_page(visit: Visit, chromium: Chromium, site: Site, places: Places, returning: Page) -> None:
    """The first page that somebody opens here; then the same after another page."""
    path = filled(visit.path, places)
    if PUBLIC.index(visit) % FIRST == 0:
        with chromium.new_context(base_url=site.url) as context:
            faults, sent = weigh(context, context.new_page(), path)
            assert (faults, sent <= FIRST_VISIT) == ([], True), (faults, sent)
            assert sent > 50_000  # the font came: this was a first visit
    faults, sent = weigh(returning.context, returning, path)
    assert (faults, sent <= NEXT_PAGE) == ([], True), (faults, sent)


def test_save_data_takes_no_font(chromium: Chromium, site: Site) -> None:
    with chromium.new_context(base_url=site.url, extra_http_headers={"save-data": "on"}) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/dire", wait_until="networkidle")
    assert [url for url in asked if "woff2" in url] == [] and len(asked) <= REQUESTS


def test_what_is_compressed(visitor: Visitor, places: Places) -> None:
    """Anonymous pages; never what a cookie opened, whose length could tell a secret (BREACH)."""
    for path in ("/", "/dire", "/dossiers/GEPI-2026-0002", places.merci, "/api/dossiers/GEPI-2026-0002", "/api"):
        found = visitor.get(path)
        assert found.headers["content-encoding"] == "gzip", path
        assert "Accept-Encoding" in found.headers["vary"], path
        plain = visitor.get(path, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers and len(plain.content) == int(plain.headers["content-length"])
        with_cookie = visitor.get(path, headers={"cookie": "s=1"})
        assert "content-encoding" not in with_cookie.headers, path
        assert "content-encoding" not in visitor.get(path, headers={"authorization": "Bearer a"}).headers, path
    assert "content-encoding" not in visitor.post("/suivi", data={}).headers
    visitor.sign_in("coordination")
    assert "content-encoding" not in visitor.get("/bureau").headers
