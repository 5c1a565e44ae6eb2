"""The front in Chromium, without a server: axe, reflow, focus, budget, and what htmx does with each answer."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pypdf import PdfReader

from tests.quality import check_loaded, open_browser
from tests.web.rendu import CONTEXTE, environment
from web.static_files import BY_URL

ORIGIN = "http://registre.test"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
VITRINE = (Path(__file__).parent / "vitrine.html").read_text("utf-8")
SAISIE = """{% extends layout %}{% from "components/formulaire.html" import champ, resume_erreurs, bouton, echange %}
{% block titre %}{{ titre }}{% endblock %}
{% block contenu %}<h1>{{ titre }}</h1>{{ resume_erreurs(erreurs) }}
<form method="post" action="/refus" hx-post="/refus" {{ echange() }}>
{{ champ("texte", "Votre message", valeur=saisi, erreur=erreurs.texte|default("")) }}{{ bouton("Envoyer") }}</form>
{% endblock %}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@contextmanager
def visit(browser: Browser, post: Callable[[Route], None] | None = None, **options: Any) -> Iterator[Page]:
    """A page whose requests are all answered here."""
    context: BrowserContext = browser.new_context(**options)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if file := BY_URL.get(path):
            route.fulfill(body=file.content, headers={"content-type": file.media_type})
        elif route.request.method == "POST" and post is not None:
            post(route)
        elif path in ("/vitrine", "/saisie"):
            send(route, VITRINE if path == "/vitrine" else SAISIE)
        else:
            route.abort()

    context.route("**/*", answer)
    with context:
        yield context.new_page()


def send(route: Route, source: str, status: int = 200, layout: str = "base.html", **more: object) -> None:
    given = CONTEXTE | {"layout": layout, "titre": "Écrire", "erreurs": {}, "saisi": ""} | more
    body = environment(page=source).render_template("page.html", **given)
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": CSP}
    route.fulfill(status=status, body=body, headers=headers)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_component_passes_axe_reflow_and_targets(browser: Browser, width: int, scheme: str) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    with visit(browser, **options) as page:
        page.goto(f"{ORIGIN}/vitrine")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert check_loaded(page) == []


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"java_script_enabled": False}])
def test_forced_colours_and_no_script(browser: Browser, options: dict[str, Any]) -> None:
    with visit(browser, bypass_csp=True, **options) as page:
        page.goto(f"{ORIGIN}/vitrine")
        if "forced_colors" in options:
            assert check_loaded(page) == []
        else:
            assert page.locator(":focus").get_attribute("role") == "alert"


def test_text_spacing_and_zoom_lose_nothing(browser: Browser) -> None:
    """WCAG 1.4.12 and 1.4.4 at 320 px: still no sideways scroll."""
    with visit(browser, bypass_csp=True, viewport={"width": 320, "height": 600}) as page:
        page.goto(f"{ORIGIN}/vitrine")
        page.add_style_tag(
            content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_giant_targets(browser: Browser) -> None:
    with visit(browser, viewport={"width": 320, "height": 600}) as page:
        page.goto(f"{ORIGIN}/vitrine")
        heights = "s => [...document.querySelectorAll(s)].map(e => e.getBoundingClientRect().height)"
        assert min(page.evaluate(heights, ".geant, .bouton")) >= 48


def test_first_visit_budget_csp_and_console(browser: Browser) -> None:
    faults: list[str] = []
    urls: list[str] = []
    with visit(browser) as page:
        page.on("console", lambda m: faults.append(m.text))
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("request", lambda r: urls.append(r.url))
        page.add_init_script("addEventListener('securitypolicyviolation', e => console.error(e.blockedURI))")
        page.goto(f"{ORIGIN}/vitrine", wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        html = len(gzip.compress(page.content().encode(), 6))
        assert page.evaluate("document.fonts.check('18px \"Atkinson Hyperlegible Next\"')")
        assert page.evaluate("htmx.config.allowEval") is False
    assert faults == []
    paths = [u.removeprefix(ORIGIN) for u in urls if not u.startswith("data:")]
    files = [BY_URL[p] for p in paths if p in BY_URL]
    assert len(paths) == len(set(paths)) <= 7 and len(files) == len(paths) - 1
    assert html <= 25_000
    assert html + sum(len(f.compressed or f.content) for f in BY_URL.values()) <= 100_000


def test_saved_data_takes_no_font(browser: Browser) -> None:
    urls: list[str] = []
    with visit(browser) as page:
        page.on("request", lambda r: urls.append(r.url))
        page.route(f"{ORIGIN}/econome", lambda route: send(route, VITRINE, econome=True))
        page.goto(f"{ORIGIN}/econome", wait_until="networkidle")
    assert not [u for u in urls if "woff2" in u]


RECU = """{% extends layout %}{% from "components/recu.html" import recu, perforation, code_en_mots, faits, suites %}
{% block classes %}grand saone{% endblock %}
{% block contenu %}<h1>Merci</h1>{% call recu("Votre reçu", "GEPI-2026-0087") %}
{{ code_en_mots(["tasse", "rivière", "marché", "lundi"]) }}{{ perforation() }}{{ faits(six) }}{{ suites(quatre) }}
{% endcall %}{% endblock %}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_receipt_prints_on_one_sheet(browser: Browser, scheme: str) -> None:
    six = [{"nom": "Service", "valeur": "Direction des solidarités, 20 rue du Lac"}] * 6
    quatre = [{"icone": "groupe", "titre": "Le groupe en parle", "texte": "Mardi 14 avril."}] * 4
    with visit(browser, color_scheme=scheme) as page:
        page.route(f"{ORIGIN}/recu", lambda route: send(route, RECU, six=six, quatre=quatre))
        page.goto(f"{ORIGIN}/recu")
        sheet = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(sheet.pages) == 1
    assert "GEPI-2026-0087" in sheet.pages[0].extract_text()


def test_keyboard_skip_link_and_focus_ring(browser: Browser) -> None:
    with visit(browser) as page:
        page.goto(f"{ORIGIN}/saisie")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Aller au contenu"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"
        for _ in range(2):
            page.keyboard.press("Tab")
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert float(ring.removesuffix("px")) >= 3
        assert page.locator(":focus").inner_text() == "Envoyer"


@pytest.mark.parametrize("layout", ["fragment.html", "base.html"])
@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500])
def test_htmx_shows_each_refusal(browser: Browser, status: int, layout: str) -> None:
    """The refusal takes the place of <main> (once), the draft is there, focus is on the summary."""

    def refuse(route: Route) -> None:
        assert route.request.headers["hx-request"] == "true"
        send(route, SAISIE, status, layout, titre="Refus", erreurs={"texte": "Trop court."}, saisi="un mot")

    with visit(browser, refuse) as page:
        page.goto(f"{ORIGIN}/saisie")
        page.fill("#texte", "un mot")
        page.click("button.bouton:has-text('Envoyer')")
        page.wait_for_selector(".resume-erreurs")
        assert page.locator("main").count() == page.locator("h1").count() == page.locator("header").count() == 1
        assert page.input_value("#texte") == "un mot"
        page.wait_for_function("document.activeElement.matches('.resume-erreurs')")
        assert page.title().startswith("Refus – ") and page.url == f"{ORIGIN}/saisie"
        if layout == "fragment.html":
            assert page.locator("#annonces").inner_text() == "Refus"


def test_without_script_the_form_is_posted_and_the_summary_has_focus(browser: Browser) -> None:
    def refuse(route: Route) -> None:
        assert "hx-request" not in route.request.headers
        send(route, SAISIE, 422, titre="Refus", erreurs={"texte": "Trop court."}, saisi="un mot")

    with visit(browser, refuse, java_script_enabled=False) as page:
        page.goto(f"{ORIGIN}/saisie")
        page.click("button.bouton:has-text('Envoyer')")
        page.locator(".resume-erreurs:focus").wait_for(timeout=5000)
