"""Looking at a page in Chromium as its person would: what is wrong, as lists of faults."""

import re
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Response, Route

from tests.parcours.language import sentence_faults, typography_faults
from tests.parcours.places import Places
from tests.parcours.states import STATES
from tests.parcours.visit import Visit
from tests.parcours.visitor import SECRET, hidden
from tests.quality import COMPLET, Chromium, axe_faults, reflow_faults, target_faults, validate_html
from tests.site import Site
from web.demonstration.acts import code

LISTEN = (
    "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
)
SPACED = """spaced => { const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}'
                      + 'p{margin-bottom:2em!important}');
    document.adoptedStyleSheets = spaced ? [sheet] : []; }"""
CLIPPED = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && !e.closest('.hors-ecran, .evitement, .defilable, pre, svg')
                 && /hidden|clip/.test(getComputedStyle(e).overflow) && e.textContent.trim()
                 && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1))
    .map(e => 'clipped: ' + e.outerHTML.slice(0, 120))"""
GRAND = """() => ['a[href]', 'button', 'input:not([type=hidden])', 'textarea', 'summary']
    .flatMap(s => [...document.querySelectorAll('main.grand ' + s)])
    .map(e => (e.type === 'radio' || e.type === 'checkbox') && e.closest('label') || e)
    .filter(e => e.checkVisibility() && !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
    .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width < 48 || r.height < 48)
    .map(([e, r]) => `under 48 px, ${Math.round(r.width)} x ${Math.round(r.height)}: ${e.outerHTML.slice(0, 120)}`)"""


@dataclass(frozen=True)
class View:
    """How the page is shown: width in CSS px, colours, and spacing of WCAG 1.4.12."""

    width: int
    scheme: str = "light"
    forced: bool = False
    spaced: bool = False

    def apply(self, page: Page) -> None:
        """Shows the page so, without loading it again."""
        page.set_viewport_size({"width": self.width, "height": 568 if self.width < 640 else 800})
        dark, forced = self.scheme == "dark", self.forced
        page.emulate_media(color_scheme="dark" if dark else "light", forced_colors="active" if forced else "none")
        page.evaluate(SPACED, self.spaced)

    def __str__(self) -> str:
        return f"{self.width} {self.scheme}{' forced' if self.forced else ''}{' spaced' if self.spaced else ''}"


class Windows:
    """One browser window for each person, kept open: a new window costs more than the page in it."""

    def __init__(self, browser: Chromium, site: Site) -> None:
        self.browser, self.site = browser, site
        self._open: dict[str, Window] = {}

    def of(self, person: str) -> "Window":
        """Opened and signed in at the first use."""
        if person not in self._open:
            context = self.browser.new_context(base_url=self.site.url, reduced_motion="reduce")
            context.add_init_script(LISTEN)
            enter(context, person)
            self._open[person] = Window(context.new_page())
        return self._open[person]

    def __enter__(self) -> "Windows":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.drop()

    def drop(self) -> None:
        """Closes them all, those of a lost browser too: the next visit opens another."""
        for window in self._open.values():
            with suppress(Error):
                window.page.context.close()
        self._open.clear()


def enter(context: BrowserContext, person: str) -> None:
    """Signs in as a demonstration person, or opens the page of who follows with a code."""
    if person.startswith("code:"):
        form: dict[str, str | float | bool] = {**hidden(context.request.get("/suivi").text())}
        form["code"] = code(int(person[5:]), SECRET)
        answer = context.request.post("/suivi", form=form, max_redirects=0)
        assert answer.status == 303, answer.status
    elif person:
        answer = context.request.post("/connexion/demonstration", form={"personne": person}, max_redirects=0)
        assert answer.status == 303, answer.status


class Window:
    """A page that visits are made in: `faults` fills as it loads, `answer` is the document shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.answer: Response | None = None
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self._listen)
        page.on("response", self._note)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _note(self, answer: Response) -> None:
        if answer.request.resource_type in ("document", "xhr", "fetch") and answer.status != 303:
            self.answer = answer

    def open(self, visit: Visit, path: str, body: str) -> None:
        """Goes there, as the visit says, and checks the status and the source."""
        self.faults, self.answer = [], None
        VIEWS[0].apply(self.page)
        if visit.method != "GET":
            self.page.route("**" + path, lambda route: _send(route, visit, body), times=1)
        self.page.goto(path, wait_until="load")
        for step in visit.steps:
            take(self.page, *step)
        assert self.answer is not None
        if visit.status >= 400:  # the browser reports the page's own status as a console error
            self.faults = [fault for fault in self.faults if "Failed to load resource" not in fault]
        if self.answer.status != visit.status:
            self.faults.append(f"status {self.answer.status}, {visit.status} wanted")
        source = self.answer.text()
        self.faults += validate_html(source)
        if visit in STATES:  # the other pages are read by test_langue
            self.faults += typography_faults(source) + sentence_faults(source)

    def judge(self, view: View) -> list[str]:
        """All that is wrong with the page as it stands, in this view."""
        view.apply(self.page)
        if view.spaced:
            faults = reflow_faults(self.page) + self.page.evaluate(CLIPPED)
        else:
            self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            faults = check(self.page, shown_otherwise=view != VIEWS[0])
        return [f"{view}: {fault}" for fault in faults]


VIEWS = [View(1280), View(320, "dark")]
if COMPLET:
    VIEWS += [
        View(320, spaced=True),
        View(1280, "dark"),
        View(320),
        View(640),
        View(640, "dark"),
        View(1280, forced=True),
        View(320, forced=True),
    ]


def check(page: Page, shown_otherwise: bool = False) -> list[str]:
    """axe, reflow, clipped text and targets of a page as it stands."""
    small: list[str] = page.evaluate(GRAND)
    clipped: list[str] = page.evaluate(CLIPPED)
    return axe_faults(page, shown_otherwise) + reflow_faults(page) + clipped + target_faults(page) + small


def take(page: Page, act: str, name: str, text: str = "") -> None:
    """One step: press a button, write in a field, tick a choice."""
    main = page.locator("main")
    if act == "presser":
        main.get_by_role("button", name=name).first.click()
        page.wait_for_load_state("load")
    elif act == "écrire":
        main.get_by_label(name).first.fill(text)
    else:
        main.get_by_label(name).first.check()


def _send(route: Route, visit: Visit, body: str) -> None:
    headers = route.request.headers | {"content-type": visit.kind}
    route.continue_(method=visit.method, headers=headers, post_data=body)


def filled(text: str, places: Places, **more: str) -> str:
    """A path or a body, its places named."""
    known = {name: str(value) for name, value in vars(places).items()} | more
    return re.sub(r"\{(\w+)\}", lambda match: known[match[1]], text)
