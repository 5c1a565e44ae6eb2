"""The skeleton and every component: valid, escaped, and the fragment equal to the page's <main>."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.quality import validate_html
from tests.web.rendu import CONTEXTE, WEB, environment

VITRINE = (Path(__file__).parent / "vitrine.html").read_text("utf-8")
HOSTILE = "\"'><script>alert(1)</script>&"


def render(source: str = VITRINE, **context: object) -> str:
    return environment(page=source).render_template("page.html", **(CONTEXTE | context))


def main_of(text: str) -> str:
    found = re.findall(r"<main .*?</main>", text, re.S)
    assert len(found) == 1
    return str(found[0])


def test_the_showcase_is_a_valid_page() -> None:
    assert validate_html(render()) == []


def test_the_showcase_shows_every_macro() -> None:
    for path in sorted((WEB / "components").glob("*.html")):
        for name in re.findall(r"{% macro ([a-z]\w*)\(", path.read_text("utf-8")):
            if name not in ("motif",):
                assert re.search(rf"(?:{{{{ ?|call |[( ]){name}\(", VITRINE), f"{path.name}: {name}"


def test_the_fragment_is_the_main_of_the_page() -> None:
    page, fragment = render(), render(layout="fragment.html")
    assert main_of(page) == main_of(fragment)
    assert re.findall("<title>.*?</title>", page) == re.findall("<title>.*?</title>", fragment)
    assert "<header" not in fragment and "<!doctype" not in fragment and "<script" not in fragment
    assert validate_html(fragment) == []
    for nav in ("navigation", "fil"):
        out_of_band = re.search(rf'<nav id="{nav}".*?</nav>', fragment, re.S)
        assert out_of_band and out_of_band[0].replace(' hx-swap-oob="true"', "") in page


def test_htmx_configuration() -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", render())
    assert found
    config = json.loads(unescape(found[1]))
    assert config["allowEval"] is config["includeIndicatorStyles"] is config["allowScriptTags"] is False
    assert config["historyCacheSize"] == 0 and config["refreshOnHistoryMiss"] is True
    assert config["historyRestoreAsHxRequest"] is False and config["selfRequestsOnly"] is True

    def swaps(status: int) -> bool:
        rules = config["responseHandling"]
        return bool(next(r["swap"] for r in rules if re.search(r["code"], str(status))))

    for status in (200, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503):
        assert swaps(status)
    assert not swaps(204)


@pytest.mark.parametrize("layout", ["base.html", "fragment.html"])
def test_a_page_needs_no_context_but_its_layout(layout: str) -> None:
    source = "{% extends layout %}{% block titre %}Vide{% endblock %}{% block contenu %}<h1>Vide</h1>{% endblock %}"
    text = environment(page=source).render_template("page.html", layout=layout)
    assert validate_html(text) == []
    assert "démonstration" not in text and "Empreinte" not in text


def test_the_banner_the_person_the_feed_and_saved_data() -> None:
    text = render(atom="/dossiers/x.atom", personne={"nom": HOSTILE, "fonction": "Agente"}, econome=True)
    assert validate_html(text) == []
    assert "Données de démonstration\u00a0:" in text
    assert 'type="application/atom+xml" href="&#x2f;dossiers&#x2f;x.atom"' in text
    assert 'action="/deconnexion"' in text and "Espace des équipes" not in text
    assert 'class="econome"' in text and 'rel="preload"' not in text
    assert "<script>alert" not in text


def test_the_footer_is_honest_and_complete() -> None:
    text = render()
    footer = text[text.index("<footer") :]
    words = "Accessibilité\u00a0: non conforme|Données personnelles|Règles|Open data (Licence Ouverte 2.0)|Journal|Plan"
    for word in (words + "|Aide|Aucun traceur|1\u00a0842 événements|0123 4567 89ab").split("|"):
        assert word in footer, word


CALLS = {  # h is hostile, c a choice made of it
    "champ": "{{ champ('a', h, valeur=h, aide=h, erreur=h, autocomplete=h) }}{{ champ('b', h, 'textarea', h) }}",
    "radios": "{{ radios('a', h, [c], valeur=h, aide=h, erreur=h) }}",
    "cases": "{{ cases('a', h, [c], valeurs=[h], erreur=h) }}{{ case('b', h, erreur=h) }}",
    "selection": "{{ selection('a', h, [c], valeur=h, aide=h, erreur=h) }}",
    "erreurs": "{{ resume_erreurs([{'message': h}], titre=h) }}{{ jetons(h, h) }}{{ bouton(h, valeur=h, nom=h) }}",
    "frise": "{{ frise([c], 2) }}",
    "dossier": "{{ ou_en_est_on(h, h) }}{{ carte_dossier(h, h, h, 'fait', h, h, h, h) }}{{ citation_source(h, h, h) }}",
    "marques": "{{ etat('fait', h) }}{{ empreinte_de(h) }}{{ comparateur([{'sorte': 'ajout', 'texte': h}]) }}",
    "recu": "{{ code_en_mots([h, h, h, h]) }}{{ faits([{'nom': h, 'valeur': h}]) }}{{ suivre(h, h, h, h, h, h, h) }}",
    "liste": "{{ pagination(2, 3, h, h) }}{{ vide(h, h, h) }}{{ jauge('j', h, h, 3) }}{{ journal_de([c]) }}",
}
CHOICE = dict.fromkeys(
    (
        "valeur",
        "libelle",
        "aide",
        "titre",
        "date",
        "texte",
        "href",
        "lien",
        "numero",
        "index",
        "phrase",
        "fonction",
        "survenu",
        "enregistre",
        "feuille",
    ),
    HOSTILE,
)
CHOICE |= {"etat": "fait", "voie": "rhone"}


@pytest.mark.parametrize("name", CALLS)
def test_whatever_people_write_is_escaped(name: str) -> None:
    head = VITRINE[: VITRINE.index("{% block titre %}")]
    text = render(
        head + "{% block contenu %}<h1>Essai</h1>" + CALLS[name] + "{% endblock %}",
        h=HOSTILE,
        c=CHOICE,
    )
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert validate_html(text) == []


def test_errors_are_tied_to_their_field() -> None:
    head = '{% from "components/formulaire.html" import champ, resume_erreurs %}'
    calls = """{{ resume_erreurs({"tel": "Dix chiffres."}) }}
    {{ champ("tel", "Téléphone", "tel", aide="Facile", erreur="Dix chiffres.") }}"""
    text = environment(page=head + calls).render_template("page.html")
    assert 'role="alert" tabindex="-1" autofocus' in text and '<a href="#tel">Dix chiffres.</a>' in text
    assert 'aria-describedby="tel-aide tel-erreur" aria-invalid="true"' in text
    empty = environment(page=head + "[{{ resume_erreurs({}) }}]").render_template("page.html")
    assert empty == "[]"


def test_french_spaces() -> None:
    for path in [*sorted(WEB.glob("components/*.html")), WEB / "base.html", WEB / "fragment.html"]:
        words = re.sub(r"{#.*?#}|{[{%].*?[%}]}|<[^>]*>", "|", path.read_text("utf-8"), flags=re.S)
        assert "\u202f" not in words
        assert not re.search(r"\w [:;!?»]|« ", words), path


def test_icons_exist_and_are_decorative() -> None:
    sprite = (WEB / "static/icones.svg").read_text("utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    text = render()
    used = set(re.findall(r'icones\.[0-9a-f]{10}\.svg#([\w-]+)"', text))
    assert used <= known and known - used == set()
    assert text.count('<svg class="icone') == text.count('<use href="/s/icones')
    assert not re.search(r'<svg class="icone[^>]*(?<!aria-hidden="true" focusable="false")>', text)
