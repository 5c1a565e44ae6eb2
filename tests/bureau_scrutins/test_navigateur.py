"""Every page of the votes' office in a browser: valid, reachable, readable at 320 px and in the dark."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.acces.office import open_office
from tests.bureau_scrutins.bureau import BUREAU, COLLEGE, DIRECTION, EDUCATION, Bureau
from tests.conftest import Server, _temporary
from tests.quality import COMPLET, check_loaded, check_page, open_browser
from tests.site import Site, running_site
from web.embedded import Urls

PHASES = {"prepare": False, "confirme": False, "pret": False, "ouvert": False, "clos": True, "depouille": False}


async def lived(urls: Urls, directory: Path) -> dict[str, str]:
    """One rehearsal in each phase; the closed one has a lot of paper with a difference."""
    found = {}
    async with open_office(urls, directory, demonstration=True) as office:
        bureau = Bureau(office)
        await bureau.installer()
        for phase, papier in PHASES.items():
            await bureau.jusqu_a(phase, papier)
            found[phase] = bureau.url
            if papier:
                await bureau.lot(DIRECTION, 1, "1 2", "b")
                await bureau.lot(BUREAU, 1, "1 3", "b")
    return found


@pytest.fixture(scope="module")
def places(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, str]]]:
    directory = tmp_path_factory.mktemp("bureau_scrutins")
    with _temporary(server, template) as (_, urls):
        with ThreadPoolExecutor(1) as elsewhere:  # no loop may run here beside the browser's
            found = elsewhere.submit(asyncio.run, lived(urls, directory)).result()
        with running_site(urls, directory) as site:
            yield site, found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


def signed_in(browser: Browser, site: Site, slug: str, **options: Any) -> Page:
    page = browser.new_context(base_url=site.url, **options).new_page()
    page.goto("/connexion")
    page.locator(f'form:has(input[value="{slug}"]) button').click()
    page.wait_for_url("**/bureau*")
    return page


PAGES = [
    (DIRECTION, "", "/bureau"),
    (DIRECTION, "", "/bureau/scrutins"),
    (DIRECTION, "", f"/bureau/scrutins/nouveau?essai=oui&college={COLLEGE}"),
    *((DIRECTION, phase, "") for phase in PHASES),
    (BUREAU, "prepare", "/confirmer"),
    (DIRECTION, "prepare", "/annuler"),
    (BUREAU, "confirme", "/cle/bureau"),
    (EDUCATION, "confirme", "/cle/metropole"),
    (DIRECTION, "confirme", "/billets"),
    (DIRECTION, "pret", "/distribution"),
    (DIRECTION, "pret", "/ouvrir"),
    (DIRECTION, "ouvert", "/tablette"),
    (DIRECTION, "ouvert", "/echanger"),
    (DIRECTION, "ouvert", "/perdus"),
    (DIRECTION, "ouvert", "/incident"),
    (DIRECTION, "ouvert", "/clore"),
    (DIRECTION, "clos", "/papier"),
    (DIRECTION, "clos", "/papier/1"),
    (DIRECTION, "clos", "/papier/2"),
    (EDUCATION, "clos", "/couche/metropole"),
    (DIRECTION, "depouille", "/pv"),
    (DIRECTION, "depouille", "/detruire"),
    (DIRECTION, "pret", "/proclamer"),
]


@pytest.fixture(scope="module")
def people(places: tuple[Site, dict[str, str]], browser: Browser) -> dict[str, Page]:
    return {slug: signed_in(browser, places[0], slug) for slug in (DIRECTION, BUREAU, EDUCATION)}


@pytest.mark.parametrize(("slug", "phase", "path"), PAGES if COMPLET else PAGES[::2])
def test_every_page_passes(
    places: tuple[Site, dict[str, str]], people: dict[str, Page], slug: str, phase: str, path: str
) -> None:
    site, urls = places
    assert not check_page(people[slug], f"{site.url}{urls.get(phase, '')}{path}")


def test_a_key_is_made_by_keyboard_without_javascript(places: tuple[Site, dict[str, str]], browser: Browser) -> None:
    site, urls = places
    page = signed_in(browser, site, BUREAU, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(f"{urls['confirme']}/cle/bureau")
    page.get_by_role("button", name="Fabriquer la clé").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".feuille-cle")
    field = page.locator("#recopie")
    field.focus()
    page.keyboard.type("AAAAA")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert "Ce n’est pas le groupe" in page.inner_text("[role=alert]") and field.input_value() == "AAAAA"
    group = page.locator("[name=groupe]").input_value()
    sheet = page.locator("[name=feuille]").first.input_value()
    field.fill("")
    field.focus()
    page.keyboard.type(sheet.split("-")[int(group) - 1])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{urls['confirme']}?vu=*")
    assert "Clé du bureau de vote : imprimée et publiée." in page.inner_text("main")
    assert sheet not in page.content()


def test_the_example_follows_the_choices_and_a_refusal_keeps_them(
    places: tuple[Site, dict[str, str]], browser: Browser
) -> None:
    site, _ = places
    page = signed_in(browser, site, DIRECTION, bypass_csp=True)
    page.goto(f"/bureau/scrutins/nouveau?essai=oui&college={COLLEGE}")
    before = page.inner_text("#exemple")
    page.get_by_label("Choisir un seul projet").check()
    page.get_by_label("Parts égales", exact=False).nth(0).check()
    page.fill("#titre", "Un titre à garder")
    page.get_by_role("button", name="Voir l’exemple avec mes choix").click()
    page.wait_for_load_state()
    assert page.inner_text("#exemple") != before and "vont mal ensemble" in page.inner_text("main")
    assert (
        page.input_value("#titre") == "Un titre à garder" and page.get_by_label("Choisir un seul projet").is_checked()
    )
    page.fill("#k_min", "2")
    page.get_by_role("button", name="Proposer ces règles").click()
    page.wait_for_selector("[role=alert]")
    assert page.input_value("#k_min") == "2" and page.input_value("#titre") == "Un titre à garder"
    assert not check_loaded(page)
