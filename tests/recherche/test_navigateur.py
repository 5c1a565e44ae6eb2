"""Search in Chromium: quicker with JavaScript, the same without; the pages of this part checked as they load."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.quality import check_page, open_browser
from tests.site import Site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.mark.parametrize("script", [True, False])
def test_a_search_by_keyboard(browser: Browser, charge: Site, script: bool) -> None:
    with browser.new_context(java_script_enabled=script, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(f"{charge.url}/")
        page.get_by_role("searchbox").fill("logement")
        page.keyboard.press("Enter")
        page.wait_for_url("**/recherche?q=logement*")
        page.get_by_role("searchbox").fill("LOGÉMENT -bus")
        page.keyboard.press("Enter")
        page.wait_for_url("**/recherche?q=LOG*")
        assert page.get_by_role("heading", name="1 résultat").is_visible()
        page.get_by_role("link", name="Rappeler plus vite").click()
        page.wait_for_url("**/dossiers/GEPI-2026-0004")
        page.go_back()
        assert "Chercher" in page.inner_text("h1")


@pytest.mark.parametrize("script", [True, False])
def test_a_number_jumps(browser: Browser, charge: Site, script: bool) -> None:
    with browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{charge.url}/recherche")
        page.get_by_role("searchbox").fill("gepi 2026 4")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Rappeler plus vite").wait_for()


@pytest.mark.parametrize("path", ["/", "/recherche?type=commune", "/recherche?q=zzzz", "/regles/textes-2026", "/api"])
def test_pages_as_they_load(browser: Browser, charge: Site, path: str) -> None:
    assert check_page(browser, charge.url + path) == []
