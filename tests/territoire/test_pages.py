"""Communes and conferences over HTTP."""

import httpx

from tests.quality import validate_html


def test_all_communes_by_conference(web: httpx.Client) -> None:
    answer = web.get("/communes")
    assert answer.status_code == 200 and validate_html(answer.text) == []
    assert "58 communes" in answer.text and "42\u00a0442" in answer.text


def test_a_commune_says_its_population_its_year_and_its_source(web: httpx.Client) -> None:
    answer = web.get("/communes/bron")
    assert validate_html(answer.text) == []
    for said in ("42\u00a0442", "2020", "INSEE", "/ctm/porte-des-alpes", "/journal/"):
        assert said in answer.text.replace("&#x2f;", "/")


def test_a_merger_keeps_both_histories(web: httpx.Client) -> None:
    for former in ("oullins", "69149"):
        answer = web.get(f"/communes/{former}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/communes/oullins-pierre-benite")
    merged = web.get("/communes/oullins-pierre-benite").text.replace("&#x2f;", "/")
    assert ">Oullins (<abbr" in merged and ">SIREN</abbr> 216901496)" in merged
    assert "/communes/pierre-benite" in merged and "37\u00a0628" in merged
    ended = web.get("/communes/pierre-benite").text.replace("&#x2f;", "/")
    assert (
        "dimanche 31 décembre 2023" in ended and "/communes/oullins-pierre-benite" in ended and "10\u00a0508" in ended
    )
    assert validate_html(merged) == [] and validate_html(ended) == []


def test_a_conference_lists_its_communes(web: httpx.Client) -> None:
    answer = web.get("/ctm/porte-des-alpes")
    assert validate_html(answer.text) == [] and "/communes/bron" in answer.text.replace("&#x2f;", "/")


def test_what_is_not_there_is_404(web: httpx.Client) -> None:
    for path in ("/communes/atlantis", "/communes/99999", "/ctm/gepi", "/ctm/%F0%9F%8C%B3"):
        assert web.get(path).status_code == 404, path
