"""Headers of every answer, what caches may keep, cookies, and what stays in the browser."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from tests.parcours.looking import filled
from tests.parcours.places import Places
from tests.parcours.stage import Stage
from tests.parcours.states import STATES, visits
from tests.parcours.visitor import SECRET, Readers, Visitor, hidden
from tests.parcours.visits import FILES
from tests.quality import Chromium
from tests.site import Site
from web.demonstration.acts import code

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "media-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "manifest-src 'self'",
}  # fmt: skip
ALWAYS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OPEN = (".tlog-proof", ".promesse", ".csv")
OURS = {
    "/avis.ics",
    "/vote/bulletin",
    "/vote/fini",
    "/vote/fermer",
    "/sante",
    "/sante/pret",
    "/metrics",
    "/recherche.atom",
}
NEVER_STORED = ("/vote", "/bureau", "/connexion", "/suivi", "/suivre", "/dire/merci")


def faults_of(answer: httpx.Response) -> list[str]:
    """Security headers that miss or differ."""
    policy = {part.strip() for part in answer.headers.get("content-security-policy", "").split(";")}
    found = [] if policy == POLICY else [f"policy {policy ^ POLICY}"]
    wanted = ALWAYS | ({"cross-origin-resource-policy": "cross-origin"} if _open(answer.request.url.path) else {})
    if answer.request.url.path.startswith(("/vote", "/v/")):
        wanted |= {"referrer-policy": "no-referrer"}
    said = {name: answer.headers.get(name) for name in wanted}
    found += [f"{name}: {said[name]}" for name, value in wanted.items() if said[name] != value]
    found += [f"{name} says what we run" for name in ("server", "x-powered-by") if name in answer.headers]
    found += [] if answer.headers.get("cache-control") else ["no cache-control"]
    return [f"{answer.request.method} {answer.request.url.path} {answer.status_code}: {fault}" for fault in found]


def _open(path: str) -> bool:
    """Files that other sites' pages may read: proofs and open data."""
    return path in FILES.keys() - OURS or path.endswith(OPEN) or path.startswith("/journal/tile/")


def test_every_page_has_the_headers_and_no_public_page_sets_a_cookie(places: Places, readers: Readers) -> None:
    faults = []
    for visit in visits():
        if visit.method != "GET" or visit.steps:
            continue
        answer = readers.of(visit.person).get(filled(visit.path, places))
        faults += faults_of(answer)
        if "set-cookie" in answer.headers:
            faults.append(f"{visit} sets a cookie")
        stored = answer.headers["cache-control"]
        if (visit.person or answer.request.url.path.startswith(NEVER_STORED)) and stored != "no-store":
            faults.append(f"{visit}: {stored}")
    assert faults == []


def test_every_other_answer_has_them_too(places: Places, site: Site) -> None:
    """Refusals, redirections, files, feeds, JSON."""
    paths = [
        *(path.partition("{")[0] + ("0" if "{" in path else "") for path in FILES),
        *("/s/rien.css", "/dossiers/GEPI-2026-0002.json", "/dossiers/GEPI-2026-0002.atom", "/api/dossiers/rien"),
        *("/recherche?q=GEPI-2026-0002", "/opendata/propositions.csv", "/recu/100.tlog-proof", "/bureau"),
    ]
    faults: list[str] = []
    with Visitor(site) as someone:
        faults += [fault for path in paths for fault in faults_of(someone.get(path))]
        for visit in STATES:
            if visit.method == "POST":
                body, kind = filled(visit.body, places), {"content-type": visit.kind}
                answer = someone.post(filled(visit.path, places), content=body, headers=kind)
                assert answer.status_code == visit.status, visit
                faults += faults_of(answer)
        faults += faults_of(someone.post("/api/propositions", json={}))
        faults += faults_of(someone.request("OPTIONS", "/dire"))
        faults += faults_of(someone.request("DELETE", "/dire"))
    assert faults == []


def test_a_page_seen_by_somebody_signed_in_is_not_stored(visitor: Visitor) -> None:
    """Public pages carry her name and her form tokens then: « Back » after signing out must show neither."""
    visitor.sign_in("coordination")
    assert visitor.get("/dossiers/GEPI-2026-0002").headers["cache-control"] == "no-store"


def test_cookies_over_http(visitor: Visitor) -> None:
    visitor.sign_in("coordination")
    answer = visitor.post("/connexion/demonstration", data={"personne": "coordination"})
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "s" and {"httponly", "samesite=lax", "path=/"} <= _attributes(rest), rest
    left = visitor.submit("/bureau", "/deconnexion")
    assert left.status_code == 303 and "max-age=0" in _attributes(left.headers["set-cookie"])
    assert visitor.get("/bureau").headers["location"].startswith("/connexion")


@pytest.fixture(scope="module")
def secure_site(site: Site) -> Iterator[Site]:
    """The same register, behind https."""
    with closing(Site(site.database, site.directory, REGISTRE_URL_PUBLIQUE="https://registre.example")) as found:
        found.start()
        yield found


def test_cookies_over_https(secure_site: Site) -> None:
    """`__Host-`, Secure, and browsers told to come back by https only."""
    with Visitor(secure_site) as someone:
        assert someone.get("/").headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        team = someone.post("/connexion/demonstration", data={"personne": "coordination"}).headers["set-cookie"]
        someone.cookies.clear()
        fields = hidden(someone.read("/suivi")) | {"code": code(11, SECRET)}
        her = someone.post("/suivi", data=fields).headers["set-cookie"]
    assert team.startswith("__Host-s=") and {"secure", "httponly", "samesite=lax", "path=/"} <= _attributes(team)
    assert her.startswith("__Host-suivi=") and {"secure", "httponly", "samesite=strict", "path=/"} <= _attributes(her)
    assert not any(attribute.startswith("domain") for attribute in _attributes(team) | _attributes(her))


def _attributes(cookie: str) -> set[str]:
    return {part.strip().lower() for part in cookie.split(";")}


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_the_receipt_files_nothing_twice(chromium: Chromium, site: Site, scripts: bool) -> None:
    """« Back » shows what was read back; sending it again shows the same receipt."""
    with ExitStack() as stack:
        her = Stage(chromium, site, scripts, stack).someone()
        her.open("/dire/ecrire")
        her.write("Votre message", "Une fontaine sur la place.")
        her.press("Continuer")
        her.choose("Je reviendrai voir avec mon code")
        her.press("Continuer")
        her.press("Continuer")
        her.choose("Seulement l’équipe")
        her.press("Continuer")
        her.press("C’est bien ça")
        receipt = her.page.locator(".recu").inner_text()
        her.page.go_back()
        her.see("Une fontaine sur la place.")
        her.press("C’est bien ça")
        assert her.page.locator(".recu").inner_text() == receipt


STORED = "[...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie]"


def test_nothing_stays_in_the_browser(chromium: Chromium, site: Site) -> None:
    """htmx keeps no copy of pages: the address of the page alone, as the history does; nothing of what was said."""
    with chromium.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("/recherche")
        for word in ("bancs", "bus"):
            page.get_by_label("Un mot, un lieu, un numéro").fill(word)
            page.get_by_role("button", name="Chercher").click()
            page.wait_for_url(f"**q={word}*")
        page.go_back()
        page.get_by_role("link", name="Des bancs avec un dossier").wait_for()
        assert page.evaluate(STORED) == ["htmx-current-path-for-history", ""]
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
        other = context.new_page()
        other.goto("/dire/ecrire")
        other.get_by_label("Votre message").fill("Un banc")
        with other.expect_navigation():
            other.get_by_role("button", name="Continuer").click()
        assert other.evaluate(STORED) == ["htmx-current-path-for-history", ""]
