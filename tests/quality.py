"""Page quality, as lists of faults: valid HTML, structure, axe, reflow, target size, CSP, console.

Every function returns what is wrong (empty: nothing), so that a test prints all faults of all pages at once.
Browser checks use the system's Chromium through Playwright's sync API.
"""

import os
import re
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
COMPLET = os.environ.get("REGISTRE_COMPLET") == "1"  # bin/test --complet
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_SEEN = [
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
    "label", "link-name", "button-name", "skip-link", "focus-order-semantics",
]  # fmt: skip
BROWSER_ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ACTION_MS = 15_000
FIELDS = {"input", "select", "textarea"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


def find_chromium() -> str:
    """The browser's path; `RuntimeError` says what to install."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise RuntimeError("no Chromium on this machine: install the package chromium")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_ARGS)
        try:
            yield browser
        finally:
            browser.close()


class Chromium:
    """A headless Chromium for a whole folder of tests: when one of them makes it hang, the next ones get another."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._mark = f"--essai={uuid4()}"
        self._browser: Browser | None = None

    def new_context(self, **options: Any) -> BrowserContext:
        """As a browser's; each action may last 15 s."""
        if self._browser is None:
            arguments = [*BROWSER_ARGS, self._mark]
            self._browser = self._playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        context = self._browser.new_context(**options)
        context.set_default_timeout(ACTION_MS)
        return context

    def lose(self) -> None:
        """Kills it, whatever it is doing: closing what hangs would hang too."""
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if self._mark.encode() in place.read_bytes():
                    os.kill(int(place.parent.name), signal.SIGKILL)
        self._browser = None

    def close(self) -> None:
        if self._browser is not None:
            self._browser.close()


@contextmanager
def open_chromium() -> Iterator[Chromium]:
    """A browser that may be lost, closed at the end."""
    with sync_playwright() as playwright:
        found = Chromium(playwright)
        try:
            yield found
        finally:
            found.close()


def _tag(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def validate_html(text: str) -> list[str]:
    """Faults of a whole page, or of a fragment when there is no doctype.

    Parse errors of the HTML standard (html5lib), then what the standard's parser does not see: ids unique and
    references that resolve, no inline style, script or handler (strict CSP), a label for each field, names for
    links and buttons, heading order, htmx only on real links and forms.
    """
    whole = text.lstrip().lower().startswith("<!doctype")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(text) if whole else parser.parseFragment(text)
    faults = [f"line {line}: {MESSAGES.get(code, code) % data}" for (line, _), code, data in parser.errors]
    elements = [e for e in root.iter() if _tag(e)]
    faults += _reference_faults(elements, whole) + _csp_faults(elements) + _field_faults(root, elements)
    faults += _heading_faults(elements)
    return faults + (_page_faults(root, elements) if whole else [])


def _reference_faults(elements: list[Element], whole: bool) -> list[str]:
    ids = Counter(e.attrib["id"] for e in elements if "id" in e.attrib)
    faults = [f"id {name!r} used {count} times" for name, count in ids.items() if count > 1 or not name]
    for e in elements:
        targets = [t for a in REFERENCES for t in e.attrib.get(a, "").split()]
        if e.attrib.get("href", "").startswith("#"):
            targets.append(e.attrib["href"][1:])
        faults += [f"<{_tag(e)}> points to #{t}, which is not there" for t in targets if whole and t not in ids]
    return faults


def _csp_faults(elements: list[Element]) -> list[str]:
    faults = []
    for e in elements:
        bad = [a for a in e.attrib if a == "style" or re.fullmatch(r"on[a-z]+|hx-on.*", a)]
        faults += [f"<{_tag(e)}> has {a}=" for a in bad]
        if _tag(e) == "style" or (_tag(e) == "script" and "src" not in e.attrib):
            faults.append(f"inline <{_tag(e)}>")
        for a in ("href", "action", "src"):
            if e.attrib.get(a, "").strip().lower().startswith("javascript:"):
                faults.append(f"<{_tag(e)}> {a} is javascript")
        htmx = [a for a in e.attrib if a.startswith("hx-") and a != "hx-swap-oob"]
        if htmx and not ((_tag(e) == "a" and "href" in e.attrib) or (_tag(e) == "form" and "action" in e.attrib)):
            faults.append(f"<{_tag(e)}> has {htmx[0]} but is no real link or form")
    return faults


def _field_faults(root: Element, elements: list[Element]) -> list[str]:
    labelled = {e.attrib["for"] for e in elements if _tag(e) == "label" and "for" in e.attrib}
    inside = {id(f) for label in root.iter("label") for f in label.iter() if _text(label)}
    faults = []
    for e in elements:
        tag, named = _tag(e), "aria-label" in e.attrib or "aria-labelledby" in e.attrib
        if tag in FIELDS and e.attrib.get("type") not in ("hidden", "submit", "button"):
            if not (named or e.attrib.get("id") in labelled or id(e) in inside):
                faults.append(f"<{tag} name={e.attrib.get('name')!r}> has no label")
        elif tag in ("a", "button", "summary") and not (named or _text(e)):
            faults.append(f"<{tag}> has no name: {e.attrib}")
        elif tag == "img" and "alt" not in e.attrib:
            faults.append(f"<img src={e.attrib.get('src')!r}> has no alt")
        elif tag == "fieldset" and e.find("legend") is None:
            faults.append("<fieldset> has no legend")
        if e.attrib.get("tabindex", "0") not in ("0", "-1"):
            faults.append(f"<{tag}> has tabindex {e.attrib['tabindex']}")
    return faults


def _heading_faults(elements: list[Element]) -> list[str]:
    levels = [int(_tag(e)[1]) for e in elements if re.fullmatch("h[1-6]", _tag(e))]
    faults = [f"h{b} comes after h{a}" for a, b in pairwise(levels) if b > a + 1]
    if levels.count(1) > 1:
        faults.append(f"{levels.count(1)} h1")
    return faults


def _page_faults(root: Element, elements: list[Element]) -> list[str]:
    count = Counter(e.tag for e in elements)  # not stripped: the <title> of a drawing is another
    faults = [f"{count[t]} <{t}>, 1 wanted" for t in ("h1", "title", "main", "header", "footer") if count[t] != 1]
    faults += [] if count["nav"] else ["no <nav>"]
    if not root.attrib.get("lang"):
        faults.append("<html> has no lang")
    if not any(_text(e) for e in root.iter("title")):
        faults.append("<title> is empty")
    links = list(root.iter("a"))
    if not links or links[0].attrib.get("href") != "#contenu":
        faults.append("the first link is not the skip link")
    return faults


def axe_faults(page: Page, shown_otherwise: bool = False) -> list[str]:
    """axe-core's violations on a loaded page. The script is evaluated, not added, so the page's CSP may stay on.

    `shown_otherwise`: a page that was checked whole in another view; only the rules that a view can change, and all
    of them again with --complet.
    """
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE)
    only = (
        {"type": "rule", "values": AXE_SEEN} if shown_otherwise and not COMPLET else {"type": "tag", "values": AXE_TAGS}
    )
    found: list[dict[str, Any]] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(r => r.violations)", only
    )
    return [
        f"axe {v['id']}: {v['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for v in found
        for node in v["nodes"]
    ]


def reflow_faults(page: Page) -> list[str]:
    """Anything that makes the page scroll sideways (WCAG 1.4.10), and what sticks out."""
    wide: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll('*')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.defilable, pre'))
        .map(e => e.outerHTML.slice(0, 120)).concat([document.documentElement.scrollWidth + ' px wide'])"""
    )
    return [f"reflow: {w}" for w in wide]


def target_faults(page: Page, least: int = 24) -> list[str]:
    """Targets smaller than `least` CSS px each way (WCAG 2.5.8), links inside a sentence excepted.

    A radio or a box inside its label counts as its label.
    """
    small: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]
        .map(e => (e.type === 'radio' || e.type === 'checkbox') && e.closest('label') || e)
        .filter(e => e.checkVisibility() && !e.closest('.hors-ecran, .evitement')
                     && !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
        .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width < least || r.height < least)
        .map(([e, r]) => `${Math.round(r.width)} x ${Math.round(r.height)}: ${e.outerHTML.slice(0, 120)}`)""",
        least,
    )
    return [f"target under {least} px: {s}" for s in small]


def check_loaded(page: Page, least_target: int = 24, shown_otherwise: bool = False) -> list[str]:
    """axe, reflow and target size of a page as it stands now (after a POST, a swap, a 422…)."""
    return axe_faults(page, shown_otherwise) + reflow_faults(page) + target_faults(page, least_target)


def _visit(context: BrowserContext, url: str, faults: list[str], status: int) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    answer = page.goto(url, wait_until="load")
    if answer is None or answer.status != status:
        faults.append(f"status {answer.status if answer else None}, {status} wanted")
    if status >= 400:  # the browser reports the page's own status as a console error
        faults[:] = [f for f in faults if "Failed to load resource" not in f]
    return page


def check_page(
    source: Browser | Page,
    url: str,
    *,
    status: int = 200,
    views: tuple[tuple[int, str], ...] = ((1280, "light"), (320, "dark")),
    least_target: int = 24,
) -> list[str]:
    """All checks of one URL: HTML, CSP and console as served; then axe, reflow and targets in each view.

    `source` is a browser, or a page whose context (cookies) is used to sign in. Views are (width in CSS px,
    colour scheme). Routes of the page's context are not taken over: the URL must be served.
    """
    browser = source if isinstance(source, Browser) else source.context.browser
    assert browser is not None
    state = None if isinstance(source, Browser) else source.context.storage_state()
    faults: list[str] = []
    with browser.new_context(storage_state=state) as context:
        context.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page = _visit(context, url, faults, status)
        answer = context.request.get(url, headers={"accept": "text/html"})
        faults += validate_html(answer.text())
        for width, scheme in views:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            seen = check_loaded(page, least_target, shown_otherwise=(width, scheme) != views[0])
            faults += [f"{width} {scheme}: {fault}" for fault in seen]
    return [f"{url}: {fault}" for fault in faults]
