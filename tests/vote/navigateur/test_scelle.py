"""The vote in Chromium, with JavaScript: the browser seals, the choice never leaves it, nothing stays behind."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.vote.navigateur.conftest import Polling

STORED = "[...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie].join('')"
ALREADY = "Ton bulletin était déjà bien arrivé. Il compte une seule fois."
EXPIRED = "Par sécurité, le bulletin s’est effacé. Ton billet est toujours valable."


@pytest.fixture
def context(chromium: Browser, polling: Polling) -> Iterator[BrowserContext]:
    with chromium.new_context(base_url=polling.site.url, locale="fr-FR", reduced_motion="reduce") as found:
        found.set_default_timeout(10_000)
        yield found


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    faults: list[str] = []
    page = context.new_page()
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.blockedURI))")
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda m: faults.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None
    )
    yield page
    assert faults == []


def enter(page: Page, code: str) -> None:
    """Types the code, and is in the booth."""
    page.goto("/vote")
    page.get_by_label("Les 12 signes écrits sur ton billet").fill(code)
    page.get_by_role("button", name="Entrer dans l’isoloir").click()
    page.wait_for_url("**/vote/bulletin")
    expect(page.locator("#compteur")).to_be_visible()


def choose(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_label(title).check()


def read_back(page: Page) -> None:
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    expect(page.locator("h1")).to_have_text("Voici ton bulletin. Il n’est pas encore dans l’urne.")


def drop(page: Page) -> str:
    """Puts the ballot in the urn; the number that is shown."""
    page.get_by_role("button", name="Mettre mon bulletin dans l’urne").click()
    expect(page.locator("h1")).to_have_text("A voté\u00a0!")
    return page.locator("#numero").inner_text().lower()


def test_the_browser_seals_and_the_choice_stays_in_it(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    choose(page, "Un garage à vélos", "Un coin lecture")
    expect(page.locator("#compteur")).to_have_text("2 choisis sur 3")
    read_back(page)
    expect(page.locator("#choisis")).to_contain_text("Un garage à vélos")
    expect(page.locator("#choisis li")).to_have_count(2)
    assert page.evaluate("document.activeElement.tagName") == "H1" and asked == []
    number = drop(page)
    assert re.fullmatch(r"[a-z]+(-[a-z]+){3}", number)
    [sent] = asked
    assert (sent.method, sent.url) == ("POST", f"{polling.site.url}/vote/urne")
    assert set(parse_qs(sent.post_data or "")) == {"csrf", "billet", "scelle"} and len(sent.post_data or "") < 1024
    assert number not in (sent.post_data or "")
    found = [json.loads(text) for text in polling.ballots()]
    assert {"c": ["p3", "p4"], "p": [], "t": number} in found
    assert page.url.endswith("/vote/fini")
    assert page.evaluate(STORED) == "" and page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.context.cookies() == []


def test_back_shows_nothing(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    choose(page, "Un garage à vélos")
    read_back(page)
    number = drop(page)
    page.go_back()
    page.wait_for_url("**/")
    page.goto("/vote")
    for _ in range(6):
        page.go_back()
        page.wait_for_load_state()
        text = page.locator("body").inner_text()
        assert number not in text.lower() and "garage" not in text, page.url
        if page.url == "about:blank":
            break


def test_leaving_shows_an_empty_door(page: Page, polling: Polling) -> None:
    """« Fermer », then « Back »; and a browser that keeps pages alive shows none of them."""
    code = polling.code()
    enter(page, code)
    read_with(page)
    drop(page)
    page.get_by_role("link", name="Fermer").click()
    page.wait_for_url("**/")
    page.go_back()
    page.wait_for_url("**/vote")
    assert page.get_by_label("Les 12 signes écrits sur ton billet").input_value() == ""


def read_with(page: Page) -> None:
    choose(page, "Une fontaine à eau")
    read_back(page)


def test_change_keeps_the_choices_by_its_button_and_by_back(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    choose(page, "Une fontaine à eau", "Un coin lecture")
    for leave in (lambda: page.get_by_role("button", name="Changer").click(), page.go_back):
        read_back(page)
        leave()
        expect(page.locator("h1")).to_contain_text("pour améliorer ton collège")
        expect(page.locator("#projets :checked")).to_have_count(2)
    page.get_by_label("Une fontaine à eau").uncheck()
    read_back(page)
    expect(page.locator("#choisis li")).to_have_count(1)


def test_too_many_are_told_and_kept(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    choose(page, "Un garage", "Un coin", "Une fontaine", "Des bancs")
    expect(page.locator("#compteur")).to_have_text("4 choisis sur 3")
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    alert = page.locator("[role=alert]:focus")
    expect(alert).to_contain_text("Tu as choisi 4 projets. Le maximum est 3. Enlèves-en un.")
    expect(page.locator("#projets :checked")).to_have_count(4)
    page.get_by_label("Des bancs").uncheck()
    read_back(page)


def test_a_blank_ballot(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    page.get_by_role("button", name="Voter blanc").click()
    expect(page.locator("#blanc")).to_have_text("Ton bulletin est blanc\u00a0: tu ne choisis aucun projet.")
    number = drop(page)
    assert {"c": [], "p": [], "t": number} in [json.loads(text) for text in polling.ballots()]


def test_points_and_ranks(context: BrowserContext, polling: Polling) -> None:
    page = context.new_page()
    enter(page, polling.code("cumulative"))
    page.get_by_label("Des bancs").fill("6")
    page.get_by_label("Un garage").fill("6")
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    expect(page.locator("#faute")).to_contain_text("Tu as donné 12 points. Le maximum est 10. Enlèves-en 2.")
    page.get_by_label("Un garage").fill("4")
    expect(page.locator("#compteur")).to_have_text("10 points donnés sur 10")
    read_back(page)
    expect(page.locator("#choisis")).to_contain_text("4\u00a0points")
    number = drop(page)
    assert [json.loads(t) for t in polling.ballots("cumulative")] == [{"c": ["p1", "p3"], "p": [6, 4], "t": number}]
    enter(page, polling.code("ordinal"))
    page.get_by_label("Des bancs").select_option("2")
    page.get_by_label("Un garage").select_option("2")
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    expect(page.locator("#faute")).to_contain_text("Deux projets sont à la même place.")
    page.get_by_label("Un garage").select_option("1")
    read_back(page)
    number = drop(page)
    assert [json.loads(t) for t in polling.ballots("ordinal")] == [{"c": ["p3", "p1"], "p": [], "t": number}]
    enter(page, polling.code("choose-1"))
    choose(page, "Un coin lecture")
    read_back(page)
    number = drop(page)
    assert {"c": ["p4"], "p": [], "t": number} in [json.loads(text) for text in polling.ballots("choose-1")]


def test_the_answer_is_lost_on_the_way(page: Page, polling: Polling) -> None:
    """The urn has it, the network fails: sent again, it is the same ballot."""
    enter(page, polling.code())
    read_with(page)
    before = len(polling.ballots())

    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/vote/urne", lose, times=1)
    page.get_by_role("button", name="Mettre mon bulletin dans l’urne").click()
    expect(page.locator("[role=alert]:focus")).to_contain_text("Le réseau ne répond pas. Ton bulletin est encore là")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#deja")).to_have_text(ALREADY)
    number = page.locator("#numero").inner_text().lower()
    found = polling.ballots()
    assert len(found) == before + 1 and sum(number in text for text in found) == 1


def test_a_double_press_sends_once(page: Page, polling: Polling) -> None:
    enter(page, polling.code())
    read_with(page)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.locator("#deposer").dblclick()
    expect(page.locator("h1")).to_have_text("A voté\u00a0!")
    assert len(asked) == 1 and page.locator("#deja").is_hidden()


def test_without_a_secure_context_the_server_seals_and_says_so(page: Page, polling: Polling) -> None:
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})")
    enter(page, polling.code())
    choose(page, "Une fontaine à eau")
    page.get_by_role("button", name="Vérifier mon bulletin").click()
    page.wait_for_url("**/vote/relecture")
    expect(page.locator("main")).to_contain_text("c’est le serveur qui a scellé ton bulletin")
    page.get_by_role("button", name="Mettre mon bulletin dans l’urne").click()
    expect(page.locator("h1")).to_have_text("A voté\u00a0!")


@pytest.fixture
def tablet(page: Page, polling: Polling) -> Page:
    """A tablet of the bureau, whose clock the test holds."""
    page.goto(f"/vote/tablette/{polling.tablet}")
    page.get_by_role("button", name="Oui, commencer").click()
    page.wait_for_url("**/vote")
    page.clock.install()
    return page


def test_a_tablet_left_alone_clears_itself(tablet: Page, polling: Polling) -> None:
    code = polling.code()
    enter(tablet, code)
    choose(tablet, "Une fontaine à eau")
    read_back(tablet)
    tablet.clock.run_for(60_000)  # the clock runs by itself too, and this machine may be slow
    expect(tablet.locator("#inactif")).to_be_hidden()
    tablet.clock.run_for(41_000)
    expect(tablet.locator("#inactif")).to_be_visible()
    expect(tablet.locator("#inactif")).to_contain_text("20 secondes")
    tablet.clock.run_for(5_000)
    tablet.get_by_role("button", name="Je suis encore là").click()
    expect(tablet.locator("#inactif")).to_be_hidden()
    tablet.clock.run_for(101_000)
    expect(tablet.locator("#inactif")).to_be_visible()
    left: list[str] = []
    tablet.on("request", lambda request: left.append(request.url) if "/vote/fermer" in request.url else None)
    tablet.clock.run_for(21_000)
    tablet.wait_for_url("**/vote?efface=1")
    assert len(left) == 1, "leaving twice would stop the leaving on a slow network"
    expect(tablet.locator("main")).to_contain_text(EXPIRED)
    assert {cookie.get("name") for cookie in tablet.context.cookies()} == {"tablette"}
    enter(tablet, code)
    expect(tablet.locator("#projets :checked")).to_have_count(0)


def test_a_tablet_from_pupil_to_pupil(tablet: Page, polling: Polling) -> None:
    numbers = set()
    for _ in range(2):
        enter(tablet, polling.code())
        read_with(tablet)
        numbers.add(drop(tablet))
        assert tablet.get_by_role("link", name="Élève suivant").is_visible()
        tablet.get_by_role("link", name="Élève suivant").click()
        tablet.wait_for_url("**/vote")
        assert tablet.get_by_label("Les 12 signes écrits sur ton billet").input_value() == ""
        assert tablet.evaluate(STORED) == ""
        tablet.go_back()
        tablet.wait_for_url("**/vote")
    assert len(numbers) == 2


def test_a_code_left_on_the_tablet_is_wiped(tablet: Page) -> None:
    tablet.goto("/vote")
    tablet.get_by_label("Les 12 signes écrits sur ton billet").fill("K7MF")
    tablet.clock.run_for(61_000)
    assert tablet.get_by_label("Les 12 signes écrits sur ton billet").input_value() == ""
