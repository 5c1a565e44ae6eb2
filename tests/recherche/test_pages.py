"""Search over HTTP, on the demonstration."""

import re
from html import unescape

import httpx
import pytest

from tests.quality import validate_html


def results(web: httpx.Client, query: str) -> list[str]:
    """References found, in order."""
    answer = web.get(f"/recherche?{query}")
    assert answer.status_code == 200, answer.headers
    assert validate_html(answer.text) == []
    return re.findall(r'class="reference">([^<]+)<', answer.text)


@pytest.mark.parametrize("words", ["logement", "LOGEMENT", "Logément", "logements", '"sans logement"', "logement -bus"])
def test_accents_case_and_endings_do_not_count(web: httpx.Client, words: str) -> None:
    assert "GEPI-2026-0004" in results(web, f"q={words}")


def test_every_result_says_why(web: httpx.Client) -> None:
    text = unescape(web.get("/recherche?q=familles").text)
    assert "trouvé dans le titre" in text and "Rappeler plus vite les familles" in text
    words = web.get("/api/recherche?q=numero").json()["resultats"]
    assert words and all(found["pourquoi"] for found in words)


def test_published_texts_are_searched_and_private_ones_are_not(web: httpx.Client) -> None:
    for shown in web.get("/api/propositions").json()["propositions"]:
        told = web.get(f"/api/dossiers/{shown['reference']}").json()
        if told["texte"]:
            longest = max(re.findall(r"[^\W\d_]+", told["texte"]), key=len)
            assert shown["reference"] in results(web, f"q={longest}"), longest


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("GEPI-2026-0003", "/dossiers/GEPI-2026-0003"),
        (" gepi 2026 3 ", "/dossiers/GEPI-2026-0003"),
        ("acte n° 12", "/journal/11"),
        ("Acte nº 12", "/journal/11"),
        ("n°12", "/journal/11"),
        ("12", "/journal/11"),
        ("#12", "/journal/11"),
        ("1", "/journal/0"),
    ],
)
def test_a_number_leads_to_the_thing(web: httpx.Client, typed: str, there: str) -> None:
    answer = web.get("/recherche", params={"q": typed})
    assert (answer.status_code, answer.headers.get("location")) == (303, there)


def test_a_leaf_hash_leads_to_its_act(web: httpx.Client) -> None:
    acts = web.get("/api/journal?limit=1000").json()["actes"]
    for act in (acts[0], acts[255], acts[256], acts[-1]):
        answer = web.get("/recherche", params={"q": act["feuille"].upper()})
        assert answer.headers.get("location") == f"/journal/{act['index']}"
    grouped = " ".join(re.findall("....", acts[7]["feuille"]))
    assert web.get("/recherche", params={"q": grouped}).headers["location"] == "/journal/7"
    assert web.get("/recherche", params={"q": "ab" * 32}).status_code == 200


@pytest.mark.parametrize("typed", ["GEPI-2026-9999", "0", "99999999", "acte n° 99999", "2017-9999"])
def test_a_number_of_nothing_finds_nothing(web: httpx.Client, typed: str) -> None:
    answer = web.get("/recherche", params={"q": typed})
    assert answer.status_code == 200 and "Aucun résultat pour" in answer.text


def test_filters(web: httpx.Client) -> None:
    comet = results(web, "instance=comet")
    assert comet and all(reference.startswith("COMET-") for reference in comet)
    assert set(results(web, "type=commune&q=oullins")) == {"69149"}
    assert "69152" in results(web, "type=commune&q=pierre-bénite")
    late = results(web, "retard=oui")
    listed = web.get("/api/propositions").json()["propositions"]
    assert set(late) == {p["reference"] for p in listed if p["en_retard"]}
    closed = results(web, "etat=close")
    assert set(closed) == {p["reference"] for p in listed if p["etat"] == "close"}
    assert "Le livre" not in web.get("/recherche?type=commune&q=delai").text


def test_instances_by_any_name_and_rules(web: httpx.Client) -> None:
    assert "gepi" in results(web, "q=insertion&type=instance")
    assert "ctm-val-de-saone" in results(web, "q=val+de+saone&type=instance")
    rules = unescape(web.get("/recherche?type=regle&q=délais").text)
    assert "/regles/delais-propositions-2026" in rules


def test_nothing_found_proposes_something(web: httpx.Client) -> None:
    text = unescape(web.get("/recherche", params={"q": "logemant"}).text)
    assert "Aucun résultat pour “logemant”" in text and "/recherche?q=logement" in text
    filtered = unescape(web.get("/recherche?q=logement&instance=cdd").text)
    assert "sans filtre" in filtered
    assert "Le dire vous-même" in web.get("/recherche?q=zzzzqqqq").text


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%20", "q=le+la", "q=%F0%9F%8C%B3", "q=%00", "q=%FF", "q='", 'q="', "q=-", "q=%22+OR+%22",
     "q=a%26b|!c:*",
     "q=<script>", "q=" + "x" * 5000, "q=e%CC%81te", "page=0", "page=-1", "page=x", "page=999999", "q=banc&page=99",
     "type=rien", "etat='", "instance=%00", "commune=x", "retard=peut-etre", "q=%E2%80%AEabc"],
)  # fmt: skip
def test_whatever_is_typed_is_answered(web: httpx.Client, query: str) -> None:
    answer = web.get(f"/recherche?{query}")
    assert answer.status_code in (200, 303, 400), answer.status_code
    assert "<script>" not in answer.text.partition("<main")[2]
    if answer.status_code == 200:
        assert validate_html(answer.text) == []
    assert web.get(f"/recherche.atom?{query}").status_code in (200, 400)
    assert web.get(f"/api/recherche?{query}").status_code in (200, 400)


def test_htmx_gets_the_inside_of_the_page(web: httpx.Client) -> None:
    part = web.get("/recherche?q=logement", headers={"HX-Request": "true"}).text
    assert not part.lstrip().lower().startswith("<!doctype") and 'id="contenu"' in part and validate_html(part) == []
