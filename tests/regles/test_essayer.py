"""« Essayer »: numbers in, the rule's answer and its arithmetic out; whatever is typed, an answer."""

import re
from html import unescape

import httpx
import pytest

from domain.majorites.moteurs import MOTEURS
from tests.quality import validate_html
from web.regles.essai import DU_LIVRE, PAR_PARAMETRES, calcul_de
from web.regles.livre import book

DOUBLE = "/regles/double-majorite-2021"


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())


def test_every_rule_that_computes_can_be_tried(web: httpx.Client) -> None:
    for rule in (*DU_LIVRE, *PAR_PARAMETRES):
        calcul = calcul_de(book()[rule])
        assert calcul is not None and calcul.moteur in MOTEURS.values()
        text = web.get(f"/regles/{rule}").text
        assert "Essayer" in text and "L’exemple attend autre chose" not in text, rule
        assert text.count("C’est ce que l’exemple attend.") == len(book()[rule].exemples)


def test_a_double_majority_shows_two_bars_a_table_and_a_sentence(web: httpx.Client) -> None:
    given = {"maires_pour": "38", "maires_contre": "15", "maires": "58", "population_pour": "610000"}
    answer = web.get(DOUBLE, params=given | {"population": "1 398 892"})
    assert answer.status_code == 200 and validate_html(answer.text) == []
    said = words(answer.text)
    assert "38 maires pour, il en faut 16 : oui. 610 000 habitants, il en faut 699 446 : non." in said
    assert "Il faut les deux majorités : l'avis n'est pas adopté." in said
    assert 'width="71.69%"' in answer.text and "Les mêmes nombres : Votre essai" in said
    half = web.get(DOUBLE, params=given | {"population_pour": "699446"})
    assert "l'avis est adopté" in words(half.text) and 'width="50.00%"' in half.text
    to_come = web.get("/regles/double-majorite-2027", params=given | {"population_pour": "699446"})
    assert "il en faut 699 447 : non" in words(to_come.text)


@pytest.mark.parametrize(
    "given",
    [
        {"maires_pour": "beaucoup"}, {"maires_pour": "-3"}, {"maires_pour": "99"}, {"maires_pour": "9" * 500},
        {"maires_pour": ""}, {"maires_pour": "1", "maires_contre": "1", "population_pour": "٣"},
        {"maires_pour": "0", "maires_contre": "0", "maires": "0", "population_pour": "0", "population": "0"},
        {"maires_pour": "<b>", "maires": "\x00"},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(web: httpx.Client, given: dict[str, str]) -> None:
    answer = web.get(DOUBLE, params=given)
    assert answer.status_code == 422 and validate_html(answer.text) == []
    assert "Réponse : " in words(answer.text) and 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        ("majorite-ctm-2021", {"pour": "4", "contre": "4", "president": "contre"}, "Réponse : défavorable"),
        ("quorum-conseil-cgct", {"en_exercice": "150", "presents": "75", "representes": "40"}, "Réponse : non"),
        ("scrutin-public-cgct", {"presents": "150", "demandeurs": "25"}, "il en faut 25 : le scrutin public est dû"),
        ("convocation-cgct", {"envoyee": "2026-03-04", "seance": "2026-03-16", "urgence": "non"}, "Réponse : oui"),
        ("pouvoirs-cgct", {"tenus": "1"}, "un autre est refusé"),
        ("un-tiers-des-maires-2021", {"demandeurs": "20", "population_demandeurs": "1"}, "recevable"),
    ],
)
def test_other_rules_answer_too(web: httpx.Client, rule: str, given: dict[str, str], said: str) -> None:
    assert said in words(web.get(f"/regles/{rule}", params=given).text)


def test_a_day_that_is_none_is_said(web: httpx.Client) -> None:
    answer = web.get("/regles/convocation-cgct", params={"envoyee": "hier", "seance": "2026-03-16", "urgence": "non"})
    assert answer.status_code == 422 and "écrivez une date" in words(answer.text)


def test_the_book_lists_what_the_register_sets(web: httpx.Client) -> None:
    said = words(web.get("/regles").text)
    for words_ in ("Réglées dans le registre", "En vigueur", "À venir", "Proposée : elle ne vaut pas encore"):
        assert words_ in said
    page = words(web.get("/regles/convocation-ctm-2026").text)
    assert "Elle vaut pour les conférences territoriales des maires" in page and "À savoir. À confirmer" in page
    assert "Publiée par une seconde personne" in page and "Publication des règles" in page
