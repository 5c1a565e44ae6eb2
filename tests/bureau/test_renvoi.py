"""What somebody typed is never lost: late, disturbed or signed out, she reads it again and sends it by one button."""

import re
from collections.abc import Awaitable, Callable
from html import unescape
from typing import Any

import httpx
import psycopg
import pytest

from domain.ledger.ledger import Busy, Ledger, Unavailable
from tests import monde
from tests.bureau.equipe import Equipe, lisible
from tests.propositions import histoire as h
from tests.quality import validate_html
from web.acces.persons import today
from web.forms import ExpiredForm
from web.services import Services

REF, PAGE = monde.REF, f"/bureau/propositions/{monde.REF}"
MOTS = "Un banc, s’il vous plaît\nprès de l’école & du parc"
TEAM, AGENT, DPO = "animation-gepi", "coordination", "protection_donnees"
FORM = re.compile(r'<form method="post" action="([^"]*)">((?:(?!</form>).)*Renvoyer)', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')

Sent = tuple[httpx.AsyncClient, str, dict[str, str]]


async def deposer(equipe: Equipe) -> Sent:
    return equipe.office.client, *await equipe.ecrans(texte=MOTS)


async def ajouter(equipe: Equipe) -> Sent:
    _, code = await equipe.deposer()
    assert (await equipe.office.post("/suivi", code=code)).status_code == 303
    page = (await equipe.office.client.get("/suivi/ajouter")).text
    return equipe.office.client, "/suivi/ajouter", dict(HIDDEN.findall(page)) | {"texte": MOTS}


async def repondre(equipe: Equipe) -> Sent:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    hidden = await equipe.caches(AGENT, PAGE, f"{PAGE}/repondre")
    typed = {"repondre-suite": "en_partie", "repondre-motif": MOTS}
    return await equipe.entrer(AGENT), f"{PAGE}/repondre", hidden | typed


async def carte(equipe: Equipe) -> Sent:
    hidden = await equipe.caches(TEAM, "/bureau/cartes", "/bureau/cartes")
    return await equipe.entrer(TEAM), "/bureau/cartes", hidden | {"texte": MOTS, "lecture": "equipe", "prenom": ""}


async def seance(equipe: Equipe) -> Sent:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    typed = {"session_le": today().isoformat(), "lieu": MOTS, "participants": "11", f"parlee-{REF}": "oui"}
    hidden = await equipe.caches(TEAM, "/bureau/seances", "/bureau/seances")
    return await equipe.entrer(TEAM), "/bureau/seances", hidden | typed


async def effacer(equipe: Equipe) -> Sent:
    await equipe.vivre(REF, h.deposee())
    hidden = await equipe.caches(DPO, f"/bureau/effacements?dossier={REF}", "/bureau/effacements")
    typed = {"efface-1-contribution": "oui", "motif": "moderation", "note": MOTS}
    return await equipe.entrer(DPO), "/bureau/effacements", hidden | typed


FORMS = (deposer, ajouter, repondre, carte, seance, effacer)
LATE = [(Busy("x"), 409), (Unavailable("x"), 503), (psycopg.OperationalError("x"), 503), (RuntimeError("x"), 500)]


def renvoi(answer: httpx.Response, status: int) -> tuple[str, dict[str, str]]:
    """Where the page sends what it kept, and what it kept; the words are there to be read, and changed nowhere."""
    assert (answer.status_code, validate_html(answer.text)) == (status, [])
    page = lisible(unescape(answer.text))
    assert "Votre envoi n’est pas confirmé" in page and "Un banc, s’il vous plaît<br>près de l’école" in page
    found = FORM.search(answer.text)
    assert found
    return unescape(found[1]), {name: unescape(value) for name, value in HIDDEN.findall(found[2])}


async def size(services: Services) -> int:
    [(found,)] = await services.fetch("SELECT size FROM ledger.head")
    return int(found)


@pytest.mark.parametrize("fill", FORMS)
async def test_a_disturbed_form_comes_back_and_is_done_once(
    equipe: Equipe, fill: Callable[[Equipe], Awaitable[Sent]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, action, fields = await fill(equipe)
    before = await size(equipe.office.services)
    for error, status in LATE:

        async def execute(*_: Any, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "execute", execute)
            again, kept = renvoi(await client.post(action, data=fields), status)
        assert again == action and kept | {"csrf": fields["csrf"]} == fields
        assert (status, await size(equipe.office.services)) == (status, before)
    assert (await client.post(again, data=kept)).status_code == 303
    assert (await client.post(again, data=kept)).status_code == (422 if fill is effacer else 303), "nothing is left"
    assert await size(equipe.office.services) in (before + 1, before + 2), "an erasure is two acts"


@pytest.mark.parametrize("fill", FORMS)
async def test_an_old_token_gives_the_form_back_with_a_new_one(
    equipe: Equipe, fill: Callable[[Equipe], Awaitable[Sent]]
) -> None:
    client, action, fields = await fill(equipe)
    before = await size(equipe.office.services)
    again, kept = renvoi(await client.post(action, data=fields | {"csrf": "0" * 32}), ExpiredForm.status_code)
    assert await size(equipe.office.services) == before and kept == fields
    foreign = await client.post(action, data=fields, headers={"origin": "https://ailleurs.example"})
    assert foreign.status_code == 403 and "Renvoyer" not in foreign.text and "banc" not in foreign.text
    assert (await client.post(again, data=kept)).status_code == 303


async def test_a_database_that_is_away_keeps_nothing_from_coming_back(
    equipe: Equipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, action, fields = await repondre(equipe)

    async def fetch(*_: Any) -> None:
        raise psycopg.OperationalError("x")

    with monkeypatch.context() as patch:
        patch.setattr(Services, "fetch", fetch)
        again, kept = renvoi(await client.post(action, data=fields), 503)
    assert (await client.post(again, data=kept)).status_code == 303


async def test_who_was_signed_out_signs_in_elsewhere_and_sends_again(equipe: Equipe) -> None:
    client, action, fields = await repondre(equipe)
    await equipe.office.services.fetch("DELETE FROM web.sessions RETURNING 1")
    answer = await client.post(action, data=fields)
    _, kept = renvoi(answer, 401)
    assert 'href="/connexion" target="_blank"' in answer.text
    equipe.browsers.clear()
    client.cookies = (await equipe.entrer(AGENT)).cookies
    again, kept = renvoi(await client.post(action, data=kept), 403)
    assert (await client.post(again, data=kept)).status_code == 303


async def test_what_is_not_allowed_is_not_sent_again_but_can_be_copied(equipe: Equipe) -> None:
    _, action, fields = await repondre(equipe)
    client = await equipe.entrer(TEAM)
    csrf = (await equipe.caches(TEAM, "/bureau", "/deconnexion"))["csrf"]
    answer = await client.post(action, data=fields | {"csrf": csrf})
    assert answer.status_code == 403 and "Renvoyer" not in answer.text and "Un banc" in answer.text


async def test_a_page_that_closed_asks_for_the_four_words_and_keeps_the_text(equipe: Equipe) -> None:
    client, action, fields = await ajouter(equipe)
    reference, code = await equipe.deposer()
    client.cookies.delete("suivi")
    asked = equipe.checked(await client.post(action, data=fields), 401)
    assert "Un banc, s’il vous plaît\nprès" in unescape(asked.text) and "quatre mots" in asked.text
    for typed in ("", "abbaye abeille", "abbaye abeille abonné abricot"):
        wrong = equipe.checked(await client.post(action, data=fields | {"code": typed}), 422)
        assert "Un banc, s’il vous plaît" in unescape(wrong.text) and "set-cookie" not in wrong.headers
    page = await equipe.suivre(await client.post(action, data=fields | {"code": code}))
    assert reference in page.text and "Un banc, s’il vous plaît" in unescape(page.text)


async def test_late_projections_are_no_failed_attempt(equipe: Equipe, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve wrong guesses would close the door; twelve tries while the register is late do not."""
    _, code = await equipe.deposer()

    async def never(*_: Any) -> bool:
        return False

    with monkeypatch.context() as patch:
        patch.setattr("web.propositions.suivre_code.PAR_CODE", "SELECT reference FROM propositions WHERE %s = ''")
        patch.setattr("projections.watcher.Watcher.wait_for", never)
        for _ in range(12):
            answer = await equipe.office.post("/suivi", code=code)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert code in unescape(answer.text) and "Renvoyer" in answer.text
    assert (await equipe.office.post("/suivi", code=code)).status_code == 303
