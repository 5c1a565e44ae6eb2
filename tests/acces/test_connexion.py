"""Signing in by a link: what it opens, once, for how long, and what it never says."""

import asyncio
from http.cookies import SimpleCookie
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest

from tests.acces.office import HTTPS, Office, open_office, path_of
from web.embedded import Urls

KNOWN, UNKNOWN = "camille@metropole.example", "personne@ailleurs.example"


def session_of(answer: httpx.Response) -> tuple[str, str, dict[str, Any]]:
    """Name, value and attributes of the cookie that an answer sets."""
    [(name, morsel)] = SimpleCookie(answer.headers["set-cookie"]).items()
    return name, morsel.value, {key: value for key, value in morsel.items() if value}


async def test_a_link_opens_a_session_and_looking_at_it_does_not_use_it_up(office: Office) -> None:
    await office.appoint(KNOWN)
    asked = await office.post("/connexion", courriel="Camille@Metropole.example")
    assert (asked.status_code, asked.headers["location"]) == (303, "/connexion/envoye")
    [mail] = await office.mails()
    assert mail.recipient == KNOWN and mail.url in mail.text and mail.url in mail.html
    for _ in range(3):  # a mail scanner
        assert (await office.client.get(path_of(mail.url))).status_code == 200
    entered = await office.post(path_of(mail.url))
    assert (entered.status_code, entered.headers["location"]) == (303, "/bureau")
    page = (await office.client.get("/bureau/jetons")).text
    assert "Camille D." in page and "Coordination" in page and "Se déconnecter" in page


async def test_a_link_serves_once_and_says_so(office: Office) -> None:
    await office.appoint(KNOWN)
    await office.sign_in(KNOWN)
    [mail] = await office.mails()
    office.client.cookies.clear()
    for answer in (await office.client.get(path_of(mail.url)), await office.post("/connexion", path_of(mail.url))):
        assert answer.status_code == 403 and "Ce lien a déjà servi" in answer.text
        assert "set-cookie" not in answer.headers


async def test_of_two_uses_at_once_one_enters(office: Office) -> None:
    await office.appoint(KNOWN)
    await office.post("/connexion", courriel=KNOWN)
    [mail] = await office.mails()
    answers = await asyncio.gather(*(office.post(path_of(mail.url)) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [303] + [403] * 7
    assert await office.services.fetch("SELECT count(*) FROM web.sessions") == [(1,)]


async def test_a_link_ends_after_fifteen_minutes(office: Office) -> None:
    await office.appoint(KNOWN)
    await office.post("/connexion", courriel=KNOWN)
    [mail] = await office.mails()
    [(minutes,)] = await office.services.fetch("SELECT extract(epoch FROM expires_at - created_at) / 60 FROM web.links")
    assert minutes == 15
    await office.services.fetch("UPDATE web.links SET expires_at = now() RETURNING 1")
    for answer in (await office.client.get(path_of(mail.url)), await office.post("/connexion", path_of(mail.url))):
        assert answer.status_code == 403 and "n'est plus valable" in answer.text.replace("&#x27;", "'")


async def test_an_invented_link_opens_nothing(office: Office) -> None:
    assert (await office.client.get("/connexion/lien/invente")).status_code == 403
    assert (await office.post("/connexion", "/connexion/lien/invente")).status_code == 403


async def test_asking_says_nothing_of_who_is_known(office: Office) -> None:
    await office.appoint(KNOWN)
    answers, times = {}, {}
    for address in (KNOWN, UNKNOWN):
        start = perf_counter()
        answers[address] = await office.post("/connexion", courriel=address)
        times[address] = perf_counter() - start
    known, unknown = answers.values()
    assert (known.status_code, known.content, known.headers) == (unknown.status_code, unknown.content, unknown.headers)
    assert min(times.values()) >= 0.25 and abs(times[KNOWN] - times[UNKNOWN]) < 0.1
    assert [mail.recipient for mail in await office.mails()] == [KNOWN]
    assert await office.services.fetch("SELECT count(*) FROM web.links") == [(2,)]


async def test_one_address_asks_five_times_known_or_not(office: Office) -> None:
    await office.appoint(KNOWN)
    for address in (KNOWN, UNKNOWN):
        answers = await asyncio.gather(*(office.post("/connexion", courriel=address) for _ in range(7)))
        assert sorted(answer.status_code for answer in answers) == [303] * 5 + [429] * 2
        refused = [int(answer.headers["retry-after"]) for answer in answers if answer.status_code == 429]
        assert all(0 < seconds <= 900 for seconds in refused)
    assert len(await office.mails()) == 5


async def test_a_mistyped_address_comes_back_in_the_form(office: Office) -> None:
    for typed in ("camille", "camille@", "a@b@c.fr", "x" * 300 + "@exemple.fr", "camille@exemple.fr\r\nBcc: x@y.fr"):
        answer = await office.post("/connexion", courriel=typed)
        assert answer.status_code == 422 and "courriel-erreur" in answer.text


async def test_a_session_is_new_at_each_entry(office: Office) -> None:
    await office.appoint(KNOWN)
    office.client.cookies.set("s", "choisi-par-un-autre", domain="127.0.0.1")
    _, first, _ = session_of(await office.sign_in(KNOWN))
    _, second, _ = session_of(await office.sign_in(KNOWN))
    assert len({first, second, "choisi-par-un-autre"}) == 3
    for stale in (first, "choisi-par-un-autre"):
        async with office.browser() as other:
            assert (await other.get("/bureau/jetons", headers={"cookie": f"s={stale}"})).status_code == 303


@pytest.mark.parametrize("suite", ["/bureau/jetons", "/dossiers/GEPI-2026-0001?au=12"])
async def test_one_goes_back_where_one_was(office: Office, suite: str) -> None:
    await office.appoint(KNOWN)
    answer = await office.sign_in(KNOWN, suite.replace("?", "%3F"))
    assert answer.headers["location"] == suite


ELSEWHERE = (
    "//ailleurs.example/x", "https://ailleurs.example", "/\\ailleurs.example", "\\\\ailleurs.example",
    "ailleurs.example", "javascript:alert(1)", "/\t/ailleurs.example", "///ailleurs.example", "/connexion/lien/x",
    "/\r\nSet-Cookie: x=y", "/é", "",
)  # fmt: skip


@pytest.mark.parametrize("suite", ELSEWHERE)
async def test_one_never_goes_to_another_site(demonstration: Office, suite: str) -> None:
    await demonstration.appoint(KNOWN)
    page = await demonstration.client.get("/connexion", params={"suite": suite})
    assert 'name="suite" value=""' in page.text
    fields = {"personne": "coordination", "suite": suite}
    answer = await demonstration.post("/connexion", "/connexion/demonstration", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/bureau")


@pytest.mark.parametrize("public_url", ["http://127.0.0.1:8000", HTTPS])
async def test_the_cookie_is_closed(database: Urls, tmp_path: Path, public_url: str) -> None:
    async with open_office(database, tmp_path, public_url=public_url) as office:
        await office.appoint(KNOWN)
        name, value, attributes = session_of(await office.sign_in(KNOWN))
        assert len(value) == 43
        assert (attributes["path"], attributes["httponly"], attributes["samesite"]) == ("/", True, "lax")
        assert "domain" not in attributes and "max-age" not in attributes and "expires" not in attributes
        assert (name, attributes.get("secure")) == (("__Host-s", True) if public_url == HTTPS else ("s", None))
        assert (await office.client.get("/bureau/jetons")).status_code == 200
        kept = await office.services.fetch("SELECT token, octet_length(token) FROM web.sessions")
        assert kept[0][1] == 32 and value.encode() not in kept[0][0]


async def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    await office.appoint(KNOWN)
    _, value, _ = session_of(await office.sign_in(KNOWN))
    left = await office.post("/bureau/jetons", "/deconnexion")
    assert left.status_code == 303 and session_of(left)[2]["max-age"] == "0"
    answer = await office.client.get("/bureau/jetons", headers={"cookie": f"s={value}"})
    assert answer.status_code == 303
    assert await office.services.fetch("SELECT count(*) FROM web.sessions") == [(0,)]


@pytest.mark.parametrize("action", ["/connexion", "/deconnexion", "/bureau/jetons"])
async def test_a_forged_form_is_refused(office: Office, action: str) -> None:
    await office.appoint(KNOWN)
    await office.sign_in(KNOWN)
    hidden = {"courriel": KNOWN, "usage": "essai"}
    sessions = await office.services.fetch("SELECT token FROM web.sessions")
    for csrf in ({}, {"csrf": ""}, {"csrf": "0" * 32}, {"csrf": "é"}):
        assert (await office.client.post(action, data=hidden | csrf)).status_code == 403
    async with office.browser() as other:  # the token of an anonymous page is not that of a session
        page = (await other.get("/connexion")).text
    anonymous = page.partition('name="csrf" value="')[2][:32]
    assert (await office.client.post(action, data=hidden | {"csrf": anonymous})).status_code == 403
    assert await office.services.fetch("SELECT token FROM web.sessions") == sessions


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://ailleurs.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
async def test_another_sites_form_is_refused(demonstration: Office, headers: dict[str, str]) -> None:
    await demonstration.appoint(KNOWN)
    page = (await demonstration.client.get("/connexion")).text
    fields = {"csrf": page.partition('name="csrf" value="')[2][:32], "personne": "coordination", "courriel": KNOWN}
    for action in ("/connexion", "/connexion/demonstration"):
        answer = await demonstration.client.post(action, data=fields, headers=headers)
        assert answer.status_code == 403 and "set-cookie" not in answer.headers
    assert not await demonstration.mails()


async def test_the_demonstration_lets_one_choose_a_person(demonstration: Office) -> None:
    await demonstration.appoint(KNOWN)
    await demonstration.appoint("sam@metropole.example", nom="Sam R.")
    page = (await demonstration.client.get("/connexion")).text
    assert 'value="coordination"' in page and 'value="coordination-2"' in page
    answer = await demonstration.post("/connexion", "/connexion/demonstration", personne="coordination-2")
    assert answer.status_code == 303
    assert "Sam R." in (await demonstration.client.get("/bureau/jetons")).text
    nobody = await demonstration.post("/connexion", "/connexion/demonstration", personne="inconnue")
    assert nobody.status_code == 404


async def test_elsewhere_nobody_chooses(office: Office) -> None:
    await office.appoint(KNOWN)
    assert "démonstration" not in (await office.client.get("/connexion")).text
    answer = await office.post("/connexion", "/connexion/demonstration", personne="coordination")
    assert answer.status_code == 404 and "set-cookie" not in answer.headers
