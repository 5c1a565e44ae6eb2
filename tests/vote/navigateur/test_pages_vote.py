"""Every voting page, looked at: HTML, axe, reflow, targets of 48 px, language, keyboard, weight on a slow network."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.parcours.hands import Hands, Keyboard, Pointer
from tests.parcours.language import acronym_faults, sentence_faults, typography_faults
from tests.parcours.looking import CLIPPED, View
from tests.quality import COMPLET, axe_faults, reflow_faults, target_faults, validate_html
from tests.vote.navigateur.conftest import Polling
from tests.vote.navigateur.test_scelle import choose, drop, read_back
from tests.vote.test_erreurs import GHOST, wrong_copy

VIEWS = [View(320), View(1280, "dark"), View(320, spaced=True)]
if COMPLET:
    VIEWS += [View(1280), View(320, "dark"), View(320, forced=True)]
MOST = {"html": 20_000, "css": 7_000, "js": 14_500, "woff2": 34_500}
FIRST_VISIT, LATER = 60_000, 6_000
WEIGHED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(e => ({url: e.name, body: e.encodedBodySize, sent: e.transferSize}))"""


def open_context(chromium: Browser, polling: Polling, **options: Any) -> BrowserContext:
    found = chromium.new_context(base_url=polling.site.url, locale="fr-FR", reduced_motion="reduce", **options)
    found.set_default_timeout(10_000)
    return found


@pytest.fixture
def page(chromium: Browser, polling: Polling) -> Iterator[Page]:
    with open_context(chromium, polling) as context:
        yield context.new_page()


@pytest.fixture
def plain(chromium: Browser, polling: Polling) -> Iterator[Page]:
    with open_context(chromium, polling, java_script_enabled=False) as context:
        yield context.new_page()


def judge(page: Page) -> list[str]:
    """What is wrong with a page as it stands, in every view."""
    source = page.content()
    faults = typography_faults(source) + acronym_faults(source) + sentence_faults(source)
    faults += [f for f in validate_html(source) if page.locator("#fini").count()]  # as the script made it
    for view in VIEWS:
        view.apply(page)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if not view.spaced:
            faults += [f"{view}: {fault}" for fault in axe_faults(page, view != VIEWS[0]) + target_faults(page, 48)]
        faults += [f"{view}: {fault}" for fault in reflow_faults(page) + page.evaluate(CLIPPED)]
    return faults


def door(page: Page, polling: Polling) -> None:
    page.goto("/vote")


def wrong(page: Page, polling: Polling) -> None:
    page.goto("/vote")
    page.get_by_label("Les 12 signes écrits sur ton billet").fill(wrong_copy(polling.kinds["approval"].codes[0]))
    page.get_by_role("button", name="Entrer dans l’isoloir").click()
    expect(page.locator("[role=alert]:focus")).to_have_count(1)


def unknown(page: Page, polling: Polling) -> None:
    page.goto(f"/v/{GHOST}")


def early(page: Page, polling: Polling) -> None:
    page.goto(f"/v/{polling.kinds['bientot'].codes[0]}")


def late(page: Page, polling: Polling) -> None:
    page.goto(f"/v/{polling.kinds['fini'].codes[0]}")


def cleared(page: Page, polling: Polling) -> None:
    page.goto("/vote?efface=1")


def rights(page: Page, polling: Polling) -> None:
    page.goto("/vote/tes-droits")


def tablet(page: Page, polling: Polling) -> None:
    page.goto(f"/vote/tablette/{polling.tablet}")


def other_day(page: Page, polling: Polling) -> None:
    page.goto("/vote/tablette/autre")


def ballot(kind: str) -> Callable[[Page, Polling], None]:
    def show(page: Page, polling: Polling) -> None:
        page.goto(f"/v/{polling.code(kind)}")

    show.__name__ = f"ballot-{kind}"
    return show


def checked(page: Page, polling: Polling) -> None:
    ballot("approval")(page, polling)
    choose(page, "Un garage", "Un coin", "Une fontaine", "Des bancs")
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    expect(page.locator("[role=alert]:focus")).to_have_count(1)


def reread(page: Page, polling: Polling) -> None:
    ballot("approval")(page, polling)
    choose(page, "Un garage", "Un coin")
    read_back(page)


def voted(page: Page, polling: Polling) -> None:
    reread(page, polling)
    drop(page)


def rehearsed(page: Page, polling: Polling) -> None:
    ballot("essai")(page, polling)
    choose(page, "Un coin")
    read_back(page)
    drop(page)


def asked(page: Page, polling: Polling) -> None:
    ballot("approval")(page, polling)
    page.evaluate("document.getElementById('inactif').showModal()")


KINDS = tuple(ballot(kind) for kind in ("approval", "choose-1", "cumulative", "ordinal", "essai"))
SCREENS = (
    *(door, wrong, unknown, early, late, cleared, rights, tablet, other_day),
    *(*KINDS, checked, reread, voted, rehearsed, asked),
)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_page(screen: Callable[[Page, Polling], None], page: Page, polling: Polling) -> None:
    screen(page, polling)
    assert judge(page) == []


def test_pages_without_javascript(plain: Page, chromium: Browser, polling: Polling) -> None:
    """The read-back and « A voté ! » that the server makes, looked at with a browser that runs axe."""
    plain.goto(f"/v/{polling.code('choose-1')}")
    assert plain.locator("#compteur").is_hidden()
    plain.get_by_label("Un coin lecture").check()
    plain.get_by_role("button", name="Vérifier mon bulletin").click()
    sources = [plain.content()]
    plain.get_by_role("button", name="Mettre mon bulletin dans l’urne").click()
    sources.append(plain.content())
    assert "A voté" in sources[1]
    with open_context(chromium, polling) as context:
        shown = context.new_page()
        for place, source in enumerate(sources):
            shown.route(f"**/vote/{place}", partial(fulfill, source))
            shown.goto(f"/vote/{place}")
            assert judge(shown) + validate_html(source) == []


def fulfill(source: str, route: Route) -> None:
    route.fulfill(body=source, content_type="text/html")


@pytest.mark.parametrize("scripts", [True, False], ids=["keyboard", "plain"])
def test_the_journey(scripts: bool, chromium: Browser, polling: Polling) -> None:
    """From the slip to « A voté ! » at 320 px: by keyboard alone, or with a pointer and no JavaScript."""
    context = open_context(
        chromium, polling, java_script_enabled=scripts, viewport={"width": 320, "height": 568}, color_scheme="dark"
    )
    hands: Hands = (Keyboard if scripts else Pointer)(context)
    hands.open("/vote")
    code = polling.code()
    hands.write("Les 12 signes écrits sur ton billet", wrong_copy(code))
    hands.press("Entrer dans l’isoloir")
    hands.error_has_focus()
    hands.write("Les 12 signes écrits sur ton billet", code)
    hands.press("Entrer dans l’isoloir")
    hands.see("40\u00a0000\u00a0€ pour améliorer ton collège.", "Personne ne saura ce que tu as choisi.")
    hands.choose("Une fontaine à eau")
    hands.choose("Des bancs sous les tilleuls")
    hands.unfold("En savoir plus")
    if scripts:
        keyboard_press(hands, "Vérifier mon bulletin")
        hands.see("Il n’est pas encore dans l’urne.")
        keyboard_press(hands, "Mettre mon bulletin dans l’urne")
        expect(hands.page.locator("h1")).to_have_text("A voté\u00a0!")
    else:
        hands.press("Vérifier mon bulletin")
        hands.see("Il n’est pas encore dans l’urne.", "c’est le serveur qui a scellé ton bulletin")
        hands.press("Mettre mon bulletin dans l’urne")
    hands.see("A voté\u00a0!", "Garde-le secret")
    hands.follow("Fermer")
    assert hands.address() == "/"
    hands.close()


def keyboard_press(hands: Hands, name: str) -> None:
    """A button that changes the page without leaving it."""
    hands._toggle(hands.page.locator("main").get_by_role("button", name=name).first)


def test_weight_and_requests(chromium: Browser, polling: Polling) -> None:
    """Straight from the QR code: one page of less than 60 kB, one request to vote; the next pupil costs a page."""
    with open_context(chromium, polling) as context:
        page = context.new_page()
        wanted: list[str] = []
        page.on("request", lambda request: wanted.append(request.url))
        page.goto(f"/v/{polling.code()}")
        page.evaluate("document.fonts.ready")
        found = page.evaluate(WEIGHED)
        for entry in found:
            kind = urlsplit(entry["url"]).path.rpartition(".")[2]
            assert entry["body"] <= MOST.get(kind, MOST["html"]), entry
        assert {urlsplit(url).netloc for url in wanted} == {urlsplit(polling.site.url).netloc}
        assert sum(entry["sent"] for entry in found) <= FIRST_VISIT, found
        assert len(found) == 4  # the page, its sheet, its script, its font
        wanted.clear()
        choose(page, "Un coin lecture")
        read_back(page)
        drop(page)
        assert len(wanted) <= 2, wanted
        page.goto(f"/v/{polling.code()}")
        assert sum(entry["sent"] for entry in page.evaluate(WEIGHED)) <= LATER


def test_save_data_takes_no_font(chromium: Browser, polling: Polling) -> None:
    with open_context(chromium, polling, extra_http_headers={"save-data": "on"}) as context:
        page = context.new_page()
        wanted: list[str] = []
        page.on("request", lambda request: wanted.append(request.url))
        context.request.get(f"/v/{polling.code()}")  # a redirection loses the header that the test adds
        page.goto("/vote/bulletin", wait_until="networkidle")
    assert [url for url in wanted if "woff2" in url] == []


def test_the_back_button_of_a_browser_without_javascript(plain: Page, polling: Polling) -> None:
    plain.goto(f"/v/{polling.code()}")
    plain.get_by_label("Un garage à vélos").check()
    plain.get_by_role("button", name="Vérifier mon bulletin").click()
    plain.get_by_role("button", name="Mettre mon bulletin dans l’urne").click()
    number = plain.locator(".numero strong").inner_text().lower()
    plain.get_by_role("link", name="Fermer").click()
    with suppress(Error):  # the read-back was an answer to a form: the browser shows nothing, and asks to send again
        for _ in range(3):
            plain.go_back()
            assert number not in unescape(plain.content()) and "garage" not in plain.content()
    assert plain.context.cookies() == []
