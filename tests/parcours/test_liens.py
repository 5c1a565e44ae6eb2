"""Every internal link leads somewhere, and every anchor exists: a crawl from the home page, for each person."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.parcours.places import Places
from tests.parcours.visitor import Visitor
from tests.site import Site

ELEMENT = re.compile(r"<(a|link|use|script|img|form)\b([^>]*)>")
AGENTS = (
    "animation-gepi", "coordination", "protection_donnees", "administration", "secretariat-conseil", "finances",
    "services_techniques", "mairie-conseil-municipal-69029",
)  # fmt: skip
MOST = 2_500  # pages for each person: the demonstration has fewer
# Pages of the same shape by the hundred: the first ones of each are enough.
SHAPES = {
    r"/journal/\d+$": 25,
    r"/recu/\d+": 25,
    r"/communes/": 20,
    r"/journal\?": 12,
    r"/dossiers/": 60,
    r"/bureau/propositions/": 12,
    r"/chaines/": 40,
    r"/deliberations/": 40,
    r"/seances/": 30,
    r"/instances/": 40,
    r"/regles/": 30,
    r"/argent/": 60,
    r"/bureau/[a-z-]+/": 60,
}


def links(text: str, base: str) -> set[str]:
    """Addresses of a page, absolute, with their anchors; those of forms that are posted are left out."""
    found = set()
    for match in ELEMENT.finditer(text):
        attributes = dict(re.findall(r'([\w:-]+)="([^"]*)"', match[2]))
        posted = match[1] == "form" and attributes.get("method") == "post"
        for name in ("href", "src", "action"):
            if name in attributes and not posted:
                found.add(urljoin(base, unescape(attributes[name])))
    return found


class Crawl:
    """Follows links from page to page, breadth first; those that stand on pages `under` a path."""

    def __init__(self, visitor: Visitor, under: str = "/") -> None:
        self.visitor, self.root, self.under = visitor, str(visitor.base_url).rstrip("/"), under
        self.texts: dict[str, str] = {}
        self.faults: list[str] = []
        self._seen: dict[str, int] = {}

    def run(self, *starts: str) -> list[str]:
        """What is wrong: dead links with the page that holds them, anchors that are not there."""
        queue = deque((self.root + start, "typed") for start in starts)
        anchors: list[tuple[str, str, str]] = []
        while queue and len(self.texts) < MOST:
            address, source = queue.popleft()
            page, anchor = urldefrag(address)
            if anchor:
                anchors.append((page, anchor, source))
            if page not in self.texts and self._wanted(page):
                self.texts[page] = self._open(page, source)
                if page.startswith(self.root + self.under):
                    queue.extend((link, page) for link in sorted(links(self.texts[page], page)))
        for page, anchor, source in anchors:
            text = self.texts.get(page) or ""
            if text and f'id="{anchor}"' not in text:
                self.faults.append(f"{source} -> {page}#{anchor}: no such place")
        return self.faults

    def _wanted(self, page: str) -> bool:
        if urlsplit(page).scheme not in ("http", "https") or not page.startswith(self.root):
            return False
        path = page.removeprefix(self.root)
        for shape, most in SHAPES.items():
            if re.match(shape, path):
                self._seen[shape] = self._seen.get(shape, 0) + 1
                return self._seen[shape] <= most
        return True

    def _open(self, page: str, source: str) -> str:
        answer = self.visitor.get(page, follow_redirects=True)
        if answer.status_code != 200:
            self.faults.append(f"{source} -> {page}: {answer.status_code}")
        kind = answer.headers.get("content-type", "")
        if "xml" in kind and "svg" not in kind:
            return " ".join(f'<a href="{link}">' for link in _feed_links(answer.text))
        return answer.text if "html" in kind or "svg" in kind else ""


def _feed_links(text: str) -> list[str]:
    return [e.attrib["href"] for e in ElementTree.fromstring(text).iter() if e.tag.endswith("}link")]


def test_every_link_leads_somewhere(visitor: Visitor, places: Places) -> None:
    crawl = Crawl(visitor)
    assert crawl.run("/", "/plan", places.merci, places.gerer, places.confirmer, "/dire?avec=aidant") == []
    assert len(crawl.texts) > 250  # it did walk


@pytest.mark.parametrize("person", AGENTS)
def test_every_link_of_an_office_leads_somewhere(person: str, visitor: Visitor) -> None:
    visitor.enter(person)
    crawl = Crawl(visitor, under="/bureau")
    assert crawl.run("/bureau") == []
    assert len(crawl.texts) > 10


def test_the_persons_own_page(visitor: Visitor) -> None:
    """Her links, once the code has opened it."""
    visitor.enter("code:11")
    assert Crawl(visitor).run("/suivi/ma-parole") == []


def test_no_public_page_is_an_island(visitor: Visitor, site: Site) -> None:
    """The site map leads to each page that has an address of its own."""
    crawl = Crawl(visitor)
    crawl.run("/")
    for path in ("/instances", "/retards", "/communes", "/opendata", "/api", "/regles", "/suivre", "/journal/verifier"):
        assert site.url + path in crawl.texts, path
