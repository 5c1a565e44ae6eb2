"""A whole meeting of 150 members held with the keyboard alone, keys counted, the network lost once."""

import asyncio
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from domain.calendrier import PARIS
from domain.ledger.event import Event
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from domain.mandats.events import FonctionElue, MandatOuvert, SiegesFixes
from domain.seances import events as e
from tests.acces.office import Write
from tests.charge import ORIGIN, SECRET
from tests.conftest import Server, _temporary
from tests.monde import confiee, flux, instance
from tests.parcours.visitor import Visitor
from tests.quality import check_loaded, open_browser
from tests.seances.monde import SECRETARIAT
from tests.site import Site, running_site
from web.embedded import Urls

REFERENCE = "SEA-2026-0001"
RACINE = f"/bureau/seances-assemblees/{REFERENCE}"
NOMS = ["".join(letters).capitalize() + "ier" for letters in itertools.product("bcdfg", "aeiou", "lmnrst")]
ITEM = 40  # keys, at most, for an ordinary item


def assemblee() -> list[Event]:
    """150 members whose names begin with three letters of their own; the first one presides."""
    du = date(2020, 7, 2)
    facts: list[Event] = [SiegesFixes(sieges=150, du=du, source="essai", par="administration")]
    facts += [
        MandatOuvert(elu=nom.lower(), civilite="Mme", nom=nom, du=du, source="x", par="administration") for nom in NOMS
    ]
    return [*facts, FonctionElue(elu=NOMS[0].lower(), fonction="president", du=du, par="administration")]


def seance(le: datetime) -> list[Event]:
    """Convened for today, four items."""
    par = "secretariat:conseil"
    planned = e.SeancePlanifiee(
        instance="conseil", prevue_le=le, lieu="Hémicycle", publique=True, a_l_initiative_de="presidence", par=par
    )
    points = [e.PointInscrit(rang=rang, objet=f"Rapport {rang}", origine="presidence", par=par) for rang in range(1, 5)]
    return [planned, *points, e.ConvocationEnvoyee(jours=14, urgence=False, par=par)]


async def prepared(urls: Urls) -> None:
    """The body, its secretary, the meeting of today."""
    now = datetime.now(PARIS)
    begins = max(now - timedelta(hours=2), now.replace(hour=0, minute=1)).replace(second=0, microsecond=0)
    told: dict[str, list[Event]] = {
        "instances/conseil": [instance("conseil", "conseil", serie=None)],
        "assemblees/conseil": assemblee(),
        flux(SECRETARIAT): [confiee(SECRETARIAT, "secretariat", "conseil", courriel="s@essai.fr")],
        f"seances/{REFERENCE}": seance(begins),
    }
    ledger = Ledger(urls.app, ORIGIN, Vault(SECRET))
    await ledger.start()
    for stream, facts in told.items():
        await ledger.execute(Write(stream, tuple(facts)))
    await ledger.stop()


@pytest.fixture(scope="module")
def site(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    directory = tmp_path_factory.mktemp("seances")
    with _temporary(server, template) as (_, urls):
        with ThreadPoolExecutor(1) as elsewhere:  # no loop may run here beside the browser's
            elsewhere.submit(asyncio.run, prepared(urls)).result()
        with running_site(urls, directory) as running:
            with Visitor(running) as visitor:
                visitor.wait_until_ready()
            yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


class Clavier:
    """Somebody who has only a keyboard; `touches` counts what she presses."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.touches = 0

    def presse(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.touches += len(keys)

    def ecrit(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.touches += len(text)

    def va(self, selector: str, back: bool = False) -> None:
        """Tabs to the first thing that matches, from where she is."""
        for _ in range(400):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.presse("Shift+Tab" if back else "Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def voit(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def ici(self, selector: str) -> None:
        """Waits until the focus is there: a page that has come puts it where one goes on."""
        self.page.wait_for_function("s => document.activeElement && document.activeElement.matches(s)", arg=selector)

    def compte(self) -> int:
        """Keys since the last count."""
        found, self.touches = self.touches, 0
        return found


def entre(browser: Browser, site: Site) -> Clavier:
    """The secretary, who has just signed in."""
    hands = Clavier(browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}, locale="fr-FR"))
    hands.page.goto("/connexion")
    hands.va('form:has(input[value="secretariat-conseil"]) button')
    hands.presse("Enter")
    hands.voit("Ma semaine")
    hands.compte()
    return hands


def test_une_seance_au_clavier(browser: Browser, site: Site) -> None:
    hands = entre(browser, site)
    hands.va(f'a[href="{RACINE}"]')
    hands.presse("Enter")
    hands.voit("Ouvrir la séance")
    hands.va("#ouvrir-heure")
    hands.presse("Enter")
    hands.ici("#presences-cherche")
    opened = hands.compte()

    salle(hands)
    points(hands)
    noms(hands)
    panne(hands)
    fin(hands)
    assert opened < 60


def salle(hands: Clavier) -> None:
    """Everybody, then three who are not there; a proxy; the secretary of the meeting; the quorum."""
    hands.va('button[name="tous"]')
    hands.presse("Enter")
    hands.voit("150 présents")
    hands.va("#presences-cherche")
    for letters in ("bal", "com", "dur"):
        hands.ecrit(letters)
        hands.presse("Enter")
    hands.presse("Enter")
    hands.voit("147 présents")
    assert hands.page.locator(".ruban").inner_text().replace("\xa0", " ").startswith("147 présents")
    assert hands.compte() < 60
    hands.compte()
    hands.va("details:has(#pouvoir-mandant) summary")
    hands.presse("Enter")
    hands.va("#pouvoir-mandant")
    hands.ecrit("bal")
    hands.presse("Tab")
    hands.ecrit("bam")
    hands.va("#pouvoir-heure")
    hands.presse("Enter")
    hands.voit("Mme Balier a donné pouvoir à Mme Bamier")
    hands.va("#secretaire-elu")
    hands.ecrit("gus")
    hands.va("form[action$=secretaire] button")
    hands.presse("Enter")
    hands.page.locator("form[action$=secretaire]").wait_for(state="detached")
    hands.va("form[action$=quorum] button")
    hands.presse("Enter")
    hands.page.locator("form[action$=quorum]").wait_for(state="detached")
    assert hands.compte() < 120


def points(hands: Clavier) -> None:
    """Two ordinary items: called, counted, the missing voices confirmed; keys counted from one call to the next."""
    hands.va(f'a[href="{RACINE}/points/1"]')
    hands.presse("Enter")
    hands.ici("form[action$=appeler] button")
    hands.compte()
    hands.presse("Enter")
    hands.ici("#vote-pour")
    assert not check_loaded(hands.page)
    hands.ecrit("120")
    hands.presse("Tab")
    hands.ecrit("20")
    hands.presse("Tab")
    hands.ecrit("6")
    assert "2 voix non comptées (148 votants)" in hands.page.locator("[data-somme]").inner_text().replace("\xa0", " ")
    hands.presse("Enter")
    hands.ici("#vote-npppv")
    hands.presse("Space", "Enter")
    hands.ici("form[action$=appeler] button")
    hands.voit("120 pour, 20 contre, 6 abstentions")
    assert hands.compte() < ITEM
    hands.presse("Enter")
    hands.ici("#vote-pour")
    hands.presse("Enter")  # nobody against: what is filled already is right
    hands.voit("148 pour, 0 contre")
    assert hands.compte() == 2


def noms(hands: Clavier) -> None:
    """A vote by name of 148 voices, three of them otherwise than « pour »."""
    hands.ici("form[action$=appeler] button")
    hands.presse("Enter")
    hands.ici("#vote-pour")
    hands.va('a[href$="/noms"]')
    hands.presse("Enter")
    hands.ici("#noms-cherche")
    for letters, vote in (("fis", "c"), ("gol", "a"), ("bal", "n")):
        hands.ecrit(letters)
        hands.presse("Enter")
        hands.ecrit(vote)
        hands.presse("Enter")
    hands.presse("Enter")
    hands.voit("145 pour, 1 contre, 1 abstention")
    assert hands.compte() < ITEM


def panne(hands: Clavier) -> None:
    """The network is lost under a vote: what was typed stays, and sending it again is one act."""
    hands.ici("form[action$=appeler] button")
    hands.presse("Enter")
    hands.ici("#vote-pour")
    hands.ecrit("100")
    hands.presse("Tab")
    hands.ecrit("48")
    hands.page.context.set_offline(True)
    hands.presse("Enter")
    hands.ici("[data-reessayer]")
    assert hands.page.locator("#vote-contre").input_value() == "48"
    hands.page.context.set_offline(False)
    hands.voit("100 pour, 48 contre")
    assert hands.page.url.endswith("/points/4")


def fin(hands: Clavier) -> None:
    hands.voit("Tous les points sont examinés.")
    hands.ici("a.bouton")
    hands.presse("Enter")
    hands.voit("Lever la séance")
    hands.va("details:has(#lever-heure) summary")
    hands.presse("Enter")
    hands.va("#lever-heure")
    hands.presse("Enter")
    hands.voit("Procès-verbal : à rédiger")
    hands.va("#pv-debats")
    hands.presse("Control+End")
    hands.ecrit("Rien à ajouter.")
    hands.va("form[action$=pv] button")
    hands.presse("Enter")
    hands.voit("Procès-verbal : rédigé")
