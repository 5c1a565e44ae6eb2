"""The journeys by keyboard alone, with JavaScript; on every page, each control is reached and shows its focus."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.parcours.hands import FOCUS
from tests.parcours.looking import Windows, filled
from tests.parcours.mailbox import Mailbox
from tests.parcours.places import Places
from tests.parcours.stage import Stage
from tests.parcours.test_sans_javascript import BY_MAIL, JOURNEYS
from tests.parcours.visit import Visit
from tests.parcours.visits import PAGES
from tests.quality import COMPLET, Chromium
from tests.site import Site


@pytest.fixture
def stage(chromium: Chromium, site: Site) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(chromium, site, True, stack)


@pytest.fixture
def posting_stage(chromium: Chromium, posting_site: Site) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(chromium, posting_site, True, stack)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey(journey: Callable[[Stage], None], stage: Stage) -> None:
    journey(stage)


@pytest.mark.parametrize("journey", BY_MAIL, ids=lambda journey: journey.__name__)
def test_journey_by_mail(journey: Callable[[Stage, Mailbox], None], posting_stage: Stage, mailbox: Mailbox) -> None:
    journey(posting_stage, mailbox)


STOPS = """() => {
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary,'
                                         + '[tabindex="0"]')]
    .filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0)
    .filter(e => {
        if (e.type !== 'radio') return true;
        const group = [...document.getElementsByName(e.name)].filter(r => r.form === e.form);
        return e === (group.find(r => r.checked) || group[0]); })
    .map((e, i) => { e.dataset.stop = i; return e.outerHTML.slice(0, 120); }); }"""
HERE = f"""() => [({FOCUS})(document.body), document.activeElement.dataset.stop ?? null,
    document.activeElement === document.body]"""


def _chosen_visits() -> list[Visit]:
    """Every page with --complet; else one of each other part of the site, whose pages share their components."""
    shown = [visit for found in PAGES.values() for visit in found if visit.status == 200]
    # The votes by name start in their field: tests/seances_web/test_navigateur.py holds them by keyboard.
    shown = [visit for visit in shown if not visit.path.endswith("/noms")]
    parts = {tuple(re.split(r"[/?]", visit.path)[1 : 3 if visit.person else 2]): visit for visit in shown[::-1]}
    return shown if COMPLET else list(parts.values())[::2]


@pytest.fixture(scope="module")
def windows(chromium: Chromium, site: Site) -> Iterator[Windows]:
    with Windows(chromium, site) as found:
        yield found


@pytest.mark.parametrize("visit", _chosen_visits(), ids=str)
def test_every_control_is_reached_in_the_order_of_the_page(visit: Visit, windows: Windows, places: Places) -> None:
    """From the skip link to the end, each stop in the order of the source, with its ring, on screen; no trap."""
    page = windows.of(visit.person).page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(filled(visit.path, places))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.goto(filled(visit.path, places))
    stops: list[str] = page.evaluate(STOPS)
    reached: list[int] = []
    faults: list[str] = []
    for _ in range(4 * len(stops) + 20):
        page.keyboard.press("Tab")
        found, stop, over = page.evaluate(HERE)
        if over or (reached and stop == "0" and reached[-1] != 0):  # all around
            break
        if found["ring"] < 3 or not found["seen"]:
            faults.append(f"ring {found['ring']}, seen {found['seen']}: {found['what']}")
        if stop is not None and (not reached or reached[-1] != int(stop)):
            reached.append(int(stop))
    missed = [stops[i] for i in range(len(stops)) if i not in reached]
    assert (faults, missed) == ([], [])
    assert reached == sorted(reached)
