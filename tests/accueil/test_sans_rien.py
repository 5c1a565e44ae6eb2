"""The same pages on a register that has nothing yet, and measures that nobody opened."""

from pathlib import Path

import httpx
import pytest

from tests.quality import validate_html
from tests.site import running_site
from web.embedded import Urls


def test_an_empty_register_says_so(database: Urls, tmp_path: Path) -> None:
    with running_site(database, tmp_path) as site, httpx.Client(base_url=site.url) as client:
        for path in ("/", "/accessibilite", "/donnees-personnelles", "/communes", "/recherche?q=banc", "/retards"):
            answer = client.get(path)
            assert answer.status_code == 200 and validate_html(answer.text) == [], path
        home = client.get("/").text
        assert "Rien de nouveau cette semaine" in home and "Aucune réponse n’est en retard" in home
        assert "Aucun service n’est encore inscrit" in client.get("/accessibilite").text
        for path in ("/recherche.atom?q=banc", "/api/propositions", "/api/communes", "/opendata/propositions.csv"):
            assert client.get(path).status_code == 200, path
        assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/nulle-part", "/aide/encore", "/opendata/passwd", "/%00", "/dossiers/%00.json"])
def test_unknown_pages_are_404(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404
