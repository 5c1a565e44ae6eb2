"""Every link of the collèges and their votes leads somewhere, for everybody and for who holds them."""

import re
from collections.abc import Iterator

import pytest

from tests.demonstration.conftest import Monde
from tests.parcours.test_liens import Crawl
from tests.parcours.visitor import Visitor
from tests.site import Site, running_site
from web.demonstration.colleges import COLLEGE

PUBLIC = "$|colleges|c/|editions|scrutins|vote|v/|pj/|dossiers/(BPC|IDEE|SC)"
OURS = re.compile(f"/({PUBLIC}|bureau/?(scrutins|budgets|editions|$))")


class Ours(Crawl):
    """Stays among these pages; one look at each."""

    def _wanted(self, page: str) -> bool:
        return page.startswith(self.root) and OURS.match(page.removeprefix(self.root) or "/") is not None


@pytest.fixture(scope="module")
def site(monde: Monde) -> Iterator[Site]:
    with running_site(monde.database, monde.directory) as running:
        with Visitor(running) as visitor:
            visitor.wait_until_ready()
        yield running


def test_every_public_link_leads_somewhere(site: Site) -> None:
    with Visitor(site) as visitor:
        crawl = Ours(visitor)
        assert crawl.run("/", "/vote", "/colleges", "/scrutins", f"/c/{COLLEGE}") == []
    seen = {page.removeprefix(site.url) for page in crawl.texts}
    assert {"/dossiers/BPC-2024-0001", "/scrutins/SC-2026-0001/pourquoi", "/scrutins/SC-2026-0001.pb"} <= seen
    assert len([page for page in seen if page.startswith("/pj/")]) == 13  # twelve ballot cards, one yard


@pytest.mark.parametrize("person", [f"direction-{COLLEGE}", f"bureau_de_vote-{COLLEGE}", "education"])
def test_every_link_of_an_office_leads_somewhere(person: str, site: Site) -> None:
    with Visitor(site) as visitor:
        visitor.enter(person)
        crawl = Ours(visitor, under="/bureau")
        assert crawl.run("/bureau", "/bureau/scrutins") == []
    assert len(crawl.texts) > 5
