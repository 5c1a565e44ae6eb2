"""« Suivi »: four words open one page; what a person can do there; guesses are slowed down."""

import re
from collections.abc import Callable

import httpx
import pytest

from domain.identifiers import code_hmac
from tests import monde
from tests.propositions import histoire as h
from tests.propositions.marche import HIDDEN, Parcours, titre

CODE = "tasse rivière marché lundi"


async def ouvrir(parcours: Parcours, code: str) -> httpx.Response:
    return await parcours.office.post("/suivi", code=code)


async def agir(parcours: Parcours, acte: str, **fields: str) -> httpx.Response:
    return await parcours.office.post(f"/suivi/{acte}", **fields)


async def avec_reponse(parcours: Parcours) -> None:
    """A proposition of CODE, answered, its page open."""
    empreinte = code_hmac(CODE, parcours.office.services.secret)
    for event in (h.deposee(code_empreinte=empreinte), monde.qualifiee, h.orientee, h.discutee, h.repondue):
        await parcours.office.write(monde.DOSSIER, event)
    assert (await ouvrir(parcours, CODE)).status_code == 303


@pytest.mark.parametrize("change", [str, str.upper, lambda c: c.replace(" ", " - "), lambda c: f"  {c} ."])
async def test_the_four_words_open_the_page_however_they_are_typed(
    parcours: Parcours, change: Callable[[str], str]
) -> None:
    reference, code = await parcours.deposer(texte="Mes mots à moi")
    answer = await ouvrir(parcours, change(code))
    assert "HttpOnly" in answer.headers["set-cookie"] and "samesite=strict" in answer.headers["set-cookie"].lower()
    page = await parcours.suivre(answer)
    assert "Mes mots à moi" in page.text and reference in page.text and "Pas encore de réponse" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_the_page_shows_five_steps_and_the_answer(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    page = (await parcours.get("/suivi/ma-parole")).text.replace("\u00a0", " ")
    assert len(re.findall('<li class="etape ', page)) == 5
    said = ["On le fait", "Le banc sera posé en juin 2026.", "11 personnes", "Par : Animation, GEPI.", "Secours"]
    for shown in (*said, "J’ai compris", "Je n’ai pas compris"):
        assert shown in page, shown


async def test_wrong_words_open_nothing_and_typing_errors_are_explained(parcours: Parcours) -> None:
    await parcours.deposer()
    for code, message in (("abbaye abeille", "quatre mots"), ("abbaye abeille abonné zzz", "n&#x27;est pas un mot"),
                          ("abbaye abeille abonné abricot", "n’ouvrent aucune page"), ("", "quatre mots"),
                          ("<zzz>" * 50, "pas un mot")):  # fmt: skip
        answer = parcours.checked(await ouvrir(parcours, code), 422)
        assert message in answer.text.replace("\u00a0", " "), code
        assert "<zzz>" not in answer.text and "set-cookie" not in answer.headers
    assert (await parcours.office.client.get("/suivi/ma-parole")).headers["location"] == "/suivi"


async def test_guesses_are_slowed_down_but_the_right_words_still_open_elsewhere(parcours: Parcours) -> None:
    _, code = await parcours.deposer()
    answers = [(await ouvrir(parcours, "abbaye abeille abonné abricot")).status_code for _ in range(12)]
    assert answers[0] == 422 and answers[-1] == 429
    refused = await ouvrir(parcours, code)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    async with parcours.office.browser("198.51.100.7") as other:
        hidden = dict(HIDDEN.findall((await other.get("/suivi")).text))
        assert (await other.post("/suivi", data=hidden | {"code": code})).status_code == 303


async def test_a_forged_or_foreign_cookie_opens_nothing(parcours: Parcours) -> None:
    await parcours.deposer()
    for cookie in ("x", "A" * 120, "é".encode().hex()):
        parcours.office.client.cookies.set("suivi", cookie)
        assert (await parcours.office.client.get("/suivi/ma-parole")).status_code == 303
        answer = await parcours.office.post("/suivi", "/suivi/ajouter", texte="x")
        assert answer.status_code == 401 and "quatre mots" in answer.text and "set-cookie" not in answer.headers


async def test_i_understood(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    page = await parcours.suivre(await agir(parcours, "compris"))
    assert "« J’ai compris »" in page.text.replace("\u00a0", " ")
    again = parcours.checked(await agir(parcours, "compris"), 409)
    assert "Vous avez déjà dit" in again.text


async def test_i_did_not_understand_makes_a_call_back(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    wrong = parcours.checked(await agir(parcours, "pas-compris", telephone="06 12", lundi_matin="oui"), 422)
    assert "10 chiffres" in wrong.text and 'value="06 12"' in wrong.text and "checked" in wrong.text
    page = await parcours.suivre(await agir(parcours, "pas-compris", telephone="0612345678", lundi_matin="oui"))
    assert "L’équipe va vous rappeler" in page.text
    flux = await parcours.flux(monde.REF)
    values = flux.valeurs(parcours.office.services.vault, flux.faits[-1].position)
    assert values == {"telephone": "06 12 34 56 78", "demi_journees": ["lundi_matin"]}
    assert "06 12 34 56 78" not in (await parcours.get(f"/dossiers/{monde.REF}")).text


async def test_something_is_added_once_for_the_team_only(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    form = dict(HIDDEN.findall((await parcours.get("/suivi/ajouter")).text)) | {"texte": "Et une <b>poubelle</b>"}
    answers = [await parcours.office.client.post("/suivi/ajouter", data=form) for _ in range(2)]
    page = await parcours.suivre(answers[1])
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert page.text.count("Et une &lt;b&gt;poubelle&lt;&#x2f;b&gt;") == 1
    assert "poubelle" not in (await parcours.get(f"/dossiers/{monde.REF}")).text
    for empty in ("", "é" * 5_001):
        parcours.checked(await agir(parcours, "ajouter", texte=empty), 422)


async def test_withdrawing_closes_the_dossier_to_everyone(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    page = await parcours.suivre(await agir(parcours, "retirer", effacer="oui"))
    assert "retiré" in page.text and "/suivi/ajouter" not in page.text
    parcours.checked(await agir(parcours, "ajouter", texte="encore"), 409)
    rows = await parcours.office.services.fetch("SELECT retiree_le = effacement_souhaite_le FROM propositions")
    assert rows == [(True,)]


async def test_closing_my_page_ends_the_session(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    answer = await parcours.office.post("/suivi/ma-parole", "/suivi/fermer")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await parcours.office.client.get("/suivi/ma-parole")).headers["location"] == "/suivi"


async def test_every_screen_of_the_person_is_valid(parcours: Parcours) -> None:
    await avec_reponse(parcours)
    shown = {titre(await parcours.get(f"/suivi/{acte}")) for acte in ("compris", "pas-compris", "ajouter", "retirer")}
    assert len(shown) == 4
    await parcours.get("/suivi/rien", 404)
