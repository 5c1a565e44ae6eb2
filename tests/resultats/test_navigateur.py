"""Every page of a vote in a browser: axe, reflow, targets, policy, without JavaScript; the screen of the hall."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.quality import axe_faults, check_page, open_browser
from tests.resultats import votes
from tests.resultats.conftest import ANNULE, AVANT, COMPTE, ESSAI, OUVERT, PETIT, POINTS
from tests.site import Site

Vivant = tuple[Site, list[str]]
ECRAN = f"/c/{votes.COLLEGE}/ecran"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.mark.parametrize("chemin", [
    "/scrutins", *(f"/scrutins/{r}" for r in (COMPTE, OUVERT, PETIT, ESSAI, ANNULE, POINTS, AVANT)),
    f"/scrutins/{COMPTE}/pourquoi", f"/scrutins/{POINTS}/pourquoi", f"/scrutins/{COMPTE}/numero",
    f"/scrutins/{POINTS}/reclamer",
])  # fmt: skip
def test_les_pages_d_un_vote(browser: Browser, site: Vivant, chemin: str) -> None:
    assert check_page(browser, site[0].url + chemin) == []


def test_une_election_d_ailleurs(browser: Browser, site: Vivant) -> None:
    for fin in ("", "/pourquoi"):
        assert check_page(browser, f"{site[0].url}/scrutins/{site[1][-1]}{fin}") == []


@pytest.mark.parametrize(
    "chemin", [ECRAN, f"{ECRAN}?etape=3", f"{ECRAN}?etape=99", "/c/college-des-rives/ecran?pause=1"]
)
@pytest.mark.parametrize(("largeur", "hauteur"), [(1920, 1080), (1080, 1920), (320, 568)])
def test_l_ecran_du_hall(browser: Browser, site: Vivant, chemin: str, largeur: int, hauteur: int) -> None:
    """All on one screen, no text under 48 px on a full-HD display either way up, nothing that scrolls sideways."""
    with browser.new_context(
        viewport={"width": largeur, "height": hauteur}, bypass_csp=True, reduced_motion="reduce", color_scheme="dark"
    ) as context:
        page = context.new_page()
        page.goto(site[0].url + chemin)
        assert axe_faults(page, shown_otherwise=largeur != 1920) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if largeur > 1000:
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
            petits = page.evaluate(
                """[...document.querySelectorAll('main *')].filter(e => e.innerText && !e.children.length
                && parseFloat(getComputedStyle(e).fontSize) < 48 && e.tagName !== 'SUP').map(e => e.outerHTML)"""
            )
            assert petits == []


def test_le_depouillement_public_sans_javascript(browser: Browser, site: Vivant) -> None:
    """The president of the bureau presses « Suivant », nothing else."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        page.goto(site[0].url + ECRAN)
        titres = []
        while page.locator("a[rel=next]").count():
            page.locator("a[rel=next]").click()
            titres.append(page.locator("h1").inner_text())
        assert titres[-2:] == ["Un garage à vélos couvert", "3 projets retenus"] and len(titres) == 7


def test_une_eleve_retrouve_son_bulletin(browser: Browser, site: Vivant) -> None:
    bulletin = next(b for b in votes.bulletins(412, votes.cree()) if len(b.c) == 2)
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 568}) as context:
        page = context.new_page()
        page.goto(f"{site[0].url}/scrutins/{COMPTE}")
        page.get_by_label("Ton numéro de vérification").fill("lynx bois")
        page.get_by_role("button", name="Chercher mon bulletin").click()
        assert page.locator(".erreur").is_visible() and page.get_by_label("Ton numéro").input_value() == "lynx bois"
        page.get_by_label("Ton numéro de vérification").fill(bulletin.t.replace("-", " "))
        page.get_by_role("button", name="Chercher mon bulletin").click()
        assert page.get_by_text("Ton bulletin est compté.").is_visible()
        assert bulletin.t not in page.url and bulletin.t.split("-")[0] not in page.url
