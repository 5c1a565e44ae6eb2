"""The home page and the pages that explain the site, as served."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.quality import validate_html
from web.accueil import conformite
from web.accueil.plan import CACHEES

PAGES = ("/", "/aide", "/plan", "/accessibilite", "/donnees-personnelles", "/opendata", "/recherche", "/api")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_valid_and_set_no_cookie(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200 and validate_html(answer.text) == []
    assert "set-cookie" not in answer.headers


def test_home_has_four_doors_five_lines_and_the_late_answers(web: httpx.Client) -> None:
    text = unescape(web.get("/").text)
    doors = re.search(r'<ul class="portes">(.*?)</ul>', text, re.S)
    assert doors and re.findall(r'<a href="([^"]+)"', doors[1]) == ["/vote", "/dire", "/suivi", "/journal"]
    week = re.search(r'id="semaine">.*?<ul>(.*?)</ul>', text, re.S)
    assert week and week[1].count("<li>") == 5 and "/dossiers/GEPI-2026-" in week[1]
    assert re.search(r'href="/retards">\d+', text) and re.search(r"20\d\d</strong>", week[1])


def test_the_plan_forgets_no_page_and_names_them_all(web: httpx.Client) -> None:
    text = unescape(web.get("/plan").text)
    main = text[text.index("<main") : text.index("</main>")]
    links = set(re.findall(r'href="([^"]+)">([^<]+)<', main))
    assert not [path for path, title in links if title.startswith("/")], "a page without a title"
    models = re.findall(r"<li>([^<]*) :\s?<code>([^<]+)</code>", main)
    assert not [path for title, path in models if title.startswith("/")], "a kind of page without a title"
    assert {"/", "/dire", "/suivi", "/journal", "/regles", "/recherche"} <= {path for path, _ in links}
    unsigned = {"/journal/checkpoint", "/journal/cle"}  # no signer runs beside this site
    for path, _ in links:
        assert path in unsigned or web.get(path).status_code in (200, 303), path
        assert not path.startswith(CACHEES)


def test_what_the_footer_says_of_accessibility_is_what_the_page_says(web: httpx.Client, root: Path) -> None:
    text = unescape(web.get("/accessibilite").text)
    footer = re.search(r'<a href="/accessibilite">Accessibilité\s?:\s([^<]+)</a>', text)
    title = re.search(r"<h1>Accessibilité\s?:\s([^<]+)</h1>", text)
    assert footer and title and footer[1] == title[1] == conformite.ETAT
    if conformite.AUDIT_LE is None:
        assert conformite.ETAT == "non conforme" and "Aucun audit n’a été fait" in text
    else:
        assert (date.today() - conformite.AUDIT_LE).days < 3 * 365, "a declaration holds three years"
    for said in ("RGAA", "Défenseur des droits", "71120", "axe", "lecteur d’écran"):
        assert said in text


def test_personal_data_page_says_what_the_law_asks(web: httpx.Client) -> None:
    text = unescape(web.get("/donnees-personnelles").text)
    for said in ("mission d’intérêt public", "article 6", "CNIL", "effacer", "Combien de temps", "aucun cookie"):
        assert said in text
    assert "Direction des solidarités" in text


def test_sentences_are_short(web: httpx.Client) -> None:
    """PRODUCT Q22: none over 25 words on the pages that people read first."""
    for path in ("/", "/aide", "/donnees-personnelles", "/accessibilite"):
        text = unescape(web.get(path).text)
        main = text[text.index("<main") : text.index("</main>")]
        blocks = re.findall(r"<(?:p|li|dd)\b[^>]*>(.*?)</(?:p|li|dd)>", main, re.S)
        for block in blocks:
            if "semaine" in block or "/dossiers/" in block:
                continue
            plain = " ".join(re.sub(r"<[^>]+>", " ", block).replace("\u00a0", " ").split())
            for sentence in re.split(r"(?<=[.!?:;]) ", plain):
                assert len(re.findall(r"[\w’'-]+", sentence)) <= 25, f"{path}: {sentence}"


def test_measures_in_the_text_of_prometheus(web: httpx.Client) -> None:
    web.post("/api/propositions", json={})
    answer = web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in lines:
        assert re.fullmatch(
            r"# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\})? [-+0-9.e]+", line
        )
    samples = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert int(samples["registre_ledger_events_total"]) > 200
    assert samples["registre_projections_lag_events"] == "0" and samples["registre_outbox_messages"] == "0"
    assert int(samples['registre_refusals_total{code="400"}']) >= 1
    assert float(samples['registre_http_request_duration_seconds{quantile="0.5"}']) < 1
    assert int(samples["registre_http_request_duration_seconds_count"]) > 0
