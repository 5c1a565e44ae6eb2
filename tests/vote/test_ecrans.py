"""The screens without JavaScript, in the order of the pupil; what the server sealed, and what it answers twice."""

import asyncio
import json
import re
from html import unescape

import httpx

from tests.acces.office import HIDDEN, Office
from tests.quality import validate_html
from tests.vote.monde import Election, ballots, scrutin


def hidden(text: str, action: str = "") -> dict[str, str]:
    """The hidden fields of a page, or of its form to `action`."""
    if action:
        found = re.search(rf'<form[^>]*action="{action}".*?</form>', text, re.S)
        assert found, text
        text = found[0]
    return {name: unescape(value) for name, value in HIDDEN.findall(text)}


async def enter(office: Office, code: str) -> httpx.Response:
    """Types the code; where it leads."""
    answer = await office.post("/vote", code=code)
    if answer.status_code == 303:
        return await office.client.get(answer.headers["location"])
    return answer


async def read_back(office: Office, code: str, **choices: str) -> httpx.Response:
    page = await enter(office, code)
    return await office.client.post("/vote/relecture", data=hidden(page.text, "/vote/relecture") | choices)


async def test_a_pupil_votes(office: Office, election: Election) -> None:
    page = await enter(office, election.codes[0].lower().replace("-", " "))
    assert page.status_code == 200 and validate_html(page.text) == []
    for words in (
        "Collège des Deux-Rives · Budget participatif", "40\u00a0000\u00a0€ pour améliorer ton collège.",
        "Tu choisis jusqu’à 3 projets.", "Personne ne saura ce que tu as choisi.", "Tu votes une seule fois.",
        "Choisis jusqu’à 3 projets", "6\u00a0000\u00a0€", "le prix de 12 bancs", "4\u00a0500,50\u00a0€",
        "Vérifier mon bulletin", "Voter blanc",
    ):  # fmt: skip
        assert words in page.text, words
    assert election.codes[0] not in page.text
    back = await office.client.post(
        "/vote/relecture", data=hidden(page.text, "/vote/relecture") | {"choix-p1": "oui", "choix-p3": "oui"}
    )
    assert back.status_code == 200 and validate_html(back.text) == []
    assert "Voici ton bulletin. Il n’est pas encore dans l’urne." in back.text
    assert "Des bancs sous les tilleuls" in back.text and "Un coin lecture" not in back.text
    assert "c’est le serveur qui a scellé ton bulletin" in back.text
    fields = hidden(back.text, "/vote/urne")
    assert set(fields) == {"csrf", "billet", "scelle", "numero"}
    sent = await office.client.post("/vote/urne", data=fields)
    assert (sent.status_code, sent.headers["location"]) == (303, "/vote/fini")
    end = await office.client.get("/vote/fini")
    assert validate_html(end.text) == [] and "A voté\u00a0!" in end.text and fields["numero"] in end.text
    assert (
        "Garde-le secret\u00a0: après le dépouillement, il permet de retrouver ton bulletin, donc tes choix."
        in end.text
    )
    [text] = await ballots(office.services)
    assert json.loads(text) == {"c": ["p1", "p3"], "p": [], "t": fields["numero"]}
    left = await office.client.get("/vote/fermer")
    assert left.headers["location"] == "/" and not office.client.cookies
    for path in ("/vote/fini", "/vote/bulletin"):
        assert (await office.client.get(path)).headers["location"] == "/vote"


async def test_changing_keeps_the_choices_and_the_order(office: Office, election: Election) -> None:
    page = await enter(office, election.codes[0])
    fields = hidden(page.text, "/vote/relecture") | {"choix-p2": "oui"}
    back = await office.client.post("/vote/relecture", data=fields)
    again = await office.client.post("/vote/bulletin", data=hidden(back.text, "/vote/bulletin"))
    assert re.findall(r'name="choix-(p\d)" value="oui" checked', again.text) == ["p2"]
    order = re.compile(r'data-projet="(p\d)"')
    assert order.findall(page.text) == order.findall(again.text)
    assert order.findall((await office.client.get("/vote/bulletin")).text) == order.findall(page.text)


async def test_the_order_is_drawn_for_each_ballot(office: Office) -> None:
    election = await scrutin(office, slips=12)
    orders = set()
    for code in election.codes:
        orders.add(tuple(re.findall(r'data-projet="(p\d)"', (await enter(office, code)).text)))
        await office.client.get("/vote")
    assert len(orders) > 3


async def test_a_blank_ballot(office: Office, election: Election) -> None:
    back = await read_back(office, election.codes[0], **{"choix-p1": "oui", "blanc": "oui"})
    assert "Ton bulletin est blanc" in back.text and "Des bancs" not in back.text
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    [text] = await ballots(office.services)
    assert json.loads(text)["c"] == []


async def test_sent_again_it_counts_once(office: Office, election: Election) -> None:
    """The answer was lost: the browser still has its session, and sends the same bytes."""
    back = await read_back(office, election.codes[0], **{"choix-p1": "oui"})
    fields, cookies = hidden(back.text, "/vote/urne"), dict(office.client.cookies)
    for _ in range(2):
        office.client.cookies.update(cookies)
        assert (await office.client.post("/vote/urne", data=fields)).headers["location"] == "/vote/fini"
    end = (await office.client.get("/vote/fini")).text
    assert "Ton bulletin était déjà bien arrivé. Il compte une seule fois." in end and fields["numero"] in end
    assert len(await ballots(office.services)) == 1


async def test_sent_again_after_the_session_shows_no_number(office: Office, election: Election) -> None:
    """« Back » on a shared tablet, and the same form again: nothing of the pupil before."""
    page = await enter(office, election.codes[0])
    choices = hidden(page.text, "/vote/relecture") | {"choix-p1": "oui"}
    back = await office.client.post("/vote/relecture", data=choices)
    fields = hidden(back.text, "/vote/urne")
    await office.client.post("/vote/urne", data=fields)
    await office.client.get("/vote/fermer")
    assert (await office.client.post("/vote/relecture", data=choices)).headers["location"] == "/vote"
    await office.client.post("/vote/urne", data=fields)
    end = (await office.client.get("/vote/fini")).text
    assert "déjà bien arrivé" in end and fields["numero"] not in end
    assert len(await ballots(office.services)) == 1


async def test_a_ballot_left_on_the_tablet_cannot_be_sent_by_the_next(office: Office, election: Election) -> None:
    back = await read_back(office, election.codes[0], **{"choix-p1": "oui"})
    fields = hidden(back.text, "/vote/urne")
    await office.client.get("/vote/fermer")
    answer = await office.client.post("/vote/urne", data=fields)
    assert answer.status_code == 403 and "Ton billet est toujours valable." in answer.text
    assert await ballots(office.services) == []


async def test_another_ballot_under_a_used_slip(office: Office, election: Election) -> None:
    """Two browsers, one slip: whoever comes second is told, and nothing changes."""
    first = hidden((await read_back(office, election.codes[0], **{"choix-p1": "oui"})).text, "/vote/urne")
    async with office.browser() as other:
        office.client, mine = other, office.client
        second = hidden((await read_back(office, election.codes[0], **{"choix-p2": "oui"})).text, "/vote/urne")
        await mine.post("/vote/urne", data=first)
        answer = await other.post("/vote/urne", data=second)
        office.client = mine
    assert answer.status_code == 409
    assert "Ce billet a déjà servi. Si ce n’est pas toi, préviens le bureau de vote" in answer.text
    [text] = await ballots(office.services)
    assert json.loads(text)["c"] == ["p1"]


async def test_a_long_and_a_short_choice_travel_alike(office: Office, election: Election) -> None:
    lengths = set()
    for choice in ({"blanc": "oui"}, {"choix-p1": "oui"}, {"choix-p1": "oui", "choix-p2": "oui", "choix-p3": "oui"}):
        back = await read_back(office, election.codes[0], **choice)
        lengths.add(len(back.content))
    assert len(lengths) == 1


async def test_one_slip_on_eight_devices_at_the_same_instant(office: Office, election: Election) -> None:
    forms, browsers = [], [office.browser() for _ in range(8)]
    for place, browser in enumerate(browsers):
        office.client = browser
        back = await read_back(office, election.codes[0], **{f"choix-p{place % 4 + 1}": "oui"})
        forms.append(hidden(back.text, "/vote/urne"))
    headers = {"accept": "application/json"}
    sent = zip(browsers, forms, strict=True)
    answers = await asyncio.gather(*(b.post("/vote/urne", data=form, headers=headers) for b, form in sent))
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [200] + [409] * 7
    assert all("Ce billet a déjà servi." in a.json()["message"] for a in answers if a.status_code == 409)
    [text] = await ballots(office.services)
    assert json.loads(text)["t"] == forms[statuses.index(200)]["numero"]
    for browser in browsers:
        await browser.aclose()
