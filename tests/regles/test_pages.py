"""The book of rules over HTTP: every rule that decides something can be read."""

import httpx

from tests.quality import validate_html
from web.regles.livre import book, examples, refusals


def test_every_rule_has_its_page(web: httpx.Client) -> None:
    listed = web.get("/regles").text
    assert validate_html(listed) == []
    for rule in book().values():
        assert f"/regles/{rule.id}" in listed.replace("&#x2f;", "/")
        answer = web.get(f"/regles/{rule.id}")
        assert answer.status_code == 200
        assert validate_html(answer.text) == [], rule.id


def test_a_rule_says_its_source_dates_parameters_examples_and_refusals(web: httpx.Client) -> None:
    text = web.get("/regles/delais-propositions-2026").text
    assert "engagement de service" in text and "jeudi 1er janvier 2026" in text
    assert "premiere reponse jours" in text and "lundi 4 mai 2026" in text
    assert "lundi 4 mai 2026" in str(examples(book()["delais-propositions-2026"]))
    refused = web.get("/regles/textes-2026").text
    assert "TexteVide" in refused and "Aucun texte ne l’impose" in refused
    assert {refusal.nom for refusal in refusals(book()["textes-2026"])} == {"TexteVide", "TexteTropLong"}


def test_an_unknown_rule_is_404(web: httpx.Client) -> None:
    for path in ("/regles/inconnue", "/regles/%00", "/regles/..%2f..", "/regles/é"):
        answer = web.get(path)
        assert answer.status_code == 404 and validate_html(answer.text) == []


def test_every_rule_named_in_the_register_is_in_the_book(web: httpx.Client) -> None:
    acts = web.get("/api/journal?limit=1000").json()["actes"]
    named = {act["entree"]["r"] for act in acts if "r" in act["entree"]}
    assert named and named <= set(book())
