"""Every page of the site, looked at in Chromium: one h1, valid HTML, axe, reflow, targets, console, CSP.

Two views by default; REGISTRE_COMPLET=1 adds the other widths, both colour schemes, forced colours, and every visit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from litestar import Litestar

from tests.parcours.looking import VIEWS, Windows, filled
from tests.parcours.places import Places
from tests.parcours.states import looked_at, visits
from tests.parcours.visit import Visit
from tests.parcours.visitor import Readers, Visitor
from tests.parcours.visits import FILES, FILES_UNDER, PAGES, SAME_PAGE
from tests.quality import Chromium
from tests.site import Site
from web.routes import ROUTES
from web.static_files import static_router


@pytest.fixture(scope="module")
def windows(chromium: Chromium, site: Site) -> Iterator[Windows]:
    with Windows(chromium, site) as found:
        yield found


def test_no_page_is_forgotten() -> None:
    app = Litestar([static_router, *ROUTES], openapi_config=None)
    routes = {route.path_format: route for route in app.routes}
    paths = {path for path, route in ((r.path, r) for r in routes.values()) if "GET" in getattr(route, "methods", ())}
    known = set(PAGES) | set(FILES)
    assert sorted(path for path in paths - known if not path.startswith(FILES_UNDER)) == []
    assert sorted(known - paths) == []


@pytest.mark.parametrize("visit", looked_at(), ids=str)
def test_page(visit: Visit, windows: Windows, places: Places, visitor: Visitor) -> None:
    visitor.forget_attempts()
    window = windows.of(visit.person)
    window.open(visit, filled(visit.path, places), filled(visit.body, places))
    assert window.faults + [fault for view in VIEWS for fault in window.judge(view)] == []


def test_too_many_attempts(windows: Windows, visitor: Visitor) -> None:
    """The page that closes the door for a while (429) keeps the words that were typed."""
    visitor.forget_attempts()
    steps = (("écrire", "Votre code en quatre mots", "tasse tasse tasse tasse"), ("presser", "Voir ma page"))
    for _ in range(8):
        answer = visitor.submit("/suivi", code="tasse tasse tasse tasse")
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    window = windows.of("")
    window.open(Visit("/suivi", 429, steps=steps), "/suivi", "")
    assert window.faults + [fault for view in VIEWS for fault in window.judge(view)] == []
    visitor.forget_attempts()


def test_every_page_has_its_own_title(places: Places, readers: Readers) -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for visit in visits():
        if visit.method == "GET" and not visit.steps and visit.status == 200:
            found = re.search(r"<title>(.*?)</title>", readers.of(visit.person).get(filled(visit.path, places)).text)
            assert found, visit
            page = visit.path if "?au=" in visit.path else visit.path.partition("?")[0]  # a filter is the same page
            titles[found[1]].add(SAME_PAGE.get(visit.path, page))
    assert [f"{title}: {sorted(paths)}" for title, paths in titles.items() if len(paths) > 1] == []


def test_what_htmx_receives_is_the_main_of_the_page(places: Places, readers: Readers) -> None:
    """`main` alone, the same but for what is new each time (idempotency keys, seconds left)."""
    faults = []
    for visit in visits():
        if visit.method == "GET" and not visit.steps and not visit.path.startswith("/vote"):  # no htmx there
            path, reader = filled(visit.path, places), readers.of(visit.person)
            whole, part = (reader.get(path, headers=h).text for h in ({}, {"hx-request": "true"}))
            if "<html" in part or _main(whole) != _main(part):
                faults.append(str(visit))
    assert faults == []


def _main(text: str) -> str:
    found = re.search(r"<main.*</main>", text, re.S)
    assert found, text[:300]
    return re.sub(r'name="(cle|idempotence|csrf)" value="[^"]*"', "", found[0])
