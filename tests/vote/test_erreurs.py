"""What a slip or a ballot is refused for: the exact words, the right status, nothing lost."""

import json
import time
from datetime import datetime
from html import unescape
from typing import Any

import pytest

from domain.scrutins.codes import affiche_code, code
from tests.acces.office import Office
from tests.quality import validate_html
from tests.vote.monde import HOUR, Election, ballots, college, execute, scrutin
from tests.vote.test_ecrans import enter, hidden, read_back
from web.pages import PARIS
from web.vote.ballot import jour_heure
from web.vote.tablet import jeton_tablette

GHOST = affiche_code(code(b"a slip of nobody"))
USED = (
    "Ce billet a déjà servi. Si ce n’est pas toi, préviens le bureau de vote\u00a0: "
    "on peut vérifier sans savoir ce qui a été choisi."
)
UNKNOWN = "Ce code n’existe pas dans ce collège. Montre ton billet à l’adulte du bureau de vote."
EXPIRED = "Par sécurité, le bulletin s’est effacé. Ton billet est toujours valable."


def wrong_copy(good: str) -> str:
    """One sign differs: the checksum sees it."""
    return good[:-1] + ("2" if good[-1] != "2" else "3")


async def test_a_bad_copy_counts_no_attempt(office: Office, election: Election) -> None:
    for _ in range(3):
        typed = wrong_copy(election.codes[0])
        answer = await enter(office, typed)
        assert answer.status_code == 422 and validate_html(answer.text) == []
        assert "Il y a une erreur de copie dans le code." in answer.text and typed in answer.text
        assert "jamais de O ni de zéro" in answer.text and f'value="{typed}"' in answer.text
        assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert await office.services.fetch("SELECT n FROM web.attempts") == []


async def test_an_unknown_code(office: Office, election: Election) -> None:
    answer = await enter(office, GHOST)
    assert answer.status_code == 404 and UNKNOWN in answer.text and validate_html(answer.text) == []
    scanned = await office.client.get(f"/v/{GHOST}")
    assert scanned.headers["location"] == "/vote?refus=inconnu"
    shown = await office.client.get("/vote?refus=inconnu")
    assert shown.status_code == 404 and UNKNOWN in shown.text


async def test_guessing_is_answered_429_and_locks_nobody_out(office: Office, election: Election) -> None:
    form = hidden((await office.client.get("/vote")).text)
    statuses = []
    for number in range(105):
        typed = affiche_code(code(number.to_bytes(16, "big")))
        statuses.append((await office.client.post("/vote", data=form | {"code": typed})).status_code)
    assert statuses == [404] * 100 + [429] * 5
    assert (await office.client.get(f"/v/{GHOST}")).headers["location"] == "/vote?refus=essais"
    assert (await office.client.get("/vote?refus=essais")).status_code == 429
    page = await enter(office, election.codes[0])
    assert page.status_code == 200 and "Vérifier mon bulletin" in page.text


async def test_a_used_slip(office: Office, election: Election) -> None:
    back = await read_back(office, election.codes[0], blanc="oui")
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    answer = await enter(office, election.codes[0])
    assert answer.status_code == 409 and USED in answer.text and validate_html(answer.text) == []
    scanned = await office.client.get(f"/v/{election.codes[0]}")
    shown = await office.client.get(scanned.headers["location"])
    assert election.codes[0] not in scanned.headers["location"] and shown.status_code == 409 and USED in shown.text


@pytest.mark.parametrize(("state", "words"), [("annule", "a été annulé"), ("echange", "contre un bulletin en papier")])
async def test_a_slip_that_was_taken_back(office: Office, election: Election, state: Any, words: str) -> None:
    await execute(office.services, "UPDATE urne.billets SET etat = %s", state)
    answer = await enter(office, election.codes[0])
    assert answer.status_code == 409 and words in answer.text and "Montre-le à l’adulte" in answer.text


async def test_not_open_yet(office: Office) -> None:
    opens = datetime(2031, 3, 3, 8, tzinfo=PARIS)
    election = await scrutin(office, ouvre_le=opens, ferme_le=opens + 9 * HOUR, opened=False)
    answer = await enter(office, election.codes[0])
    assert answer.status_code == 409 and validate_html(answer.text) == []
    assert "Le vote ouvre lundi 3 mars à 8\u00a0h. Garde bien ton billet." in answer.text
    agenda = await office.client.get("/vote/agenda/SC-2026-0001")
    assert agenda.headers["content-type"].startswith("text/calendar")
    lines = agenda.text.split("\r\n")
    assert "DTSTART:20310303T070000Z" in lines and all(len(line.encode()) <= 75 for line in lines)
    assert "/vote/agenda/SC-2026-0001" in unescape(answer.text)
    late = await scrutin(office, "SC-2026-0002", opened=False)
    assert "Le vote n’est pas encore ouvert. Garde bien ton billet." in (await enter(office, late.codes[0])).text


async def test_closed(office: Office) -> None:
    closed = datetime(2026, 3, 6, 17, 30, tzinfo=PARIS)
    election = await scrutin(office, ouvre_le=closed - 9 * HOUR, ferme_le=closed)
    answer = await enter(office, election.codes[0])
    assert answer.status_code == 409 and "/scrutins/SC-2026-0001" in unescape(answer.text)
    assert "Le vote est fini depuis vendredi 6 mars à 17\u00a0h\u00a030." in answer.text
    assert jour_heure(datetime(2026, 5, 1, 8, tzinfo=PARIS)) == "vendredi 1er mai à 8\u00a0h"


async def test_closed_between_the_ballot_and_the_urn(office: Office, election: Election) -> None:
    back = await read_back(office, election.codes[0], blanc="oui")
    await execute(office.services, "UPDATE urne.scrutins SET etat = 'fermee'")
    answer = await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    assert answer.status_code == 409 and "Le vote est fini" in answer.text and await ballots(office.services) == []


@pytest.mark.parametrize(
    ("rule", "fields", "message"),
    [
        ({}, {f"choix-p{n}": "oui" for n in (1, 2, 3, 4)},
         "Tu as choisi 4 projets. Le maximum est 3. Enlèves-en un."),
        ({"choix_max": 2}, {f"choix-p{n}": "oui" for n in (1, 2, 3, 4)},
         "Tu as choisi 4 projets. Le maximum est 2. Enlèves-en 2."),
        ({}, {}, "Tu n’as choisi aucun projet."),
        ({"type_vote": "choose-1", "choix_max": 1}, {"choix": "p9"}, "Tu n’as choisi aucun projet."),
        ({"type_vote": "cumulative", "points_max": 10}, {"points-p1": "6", "points-p2": "6"},
         "Tu as donné 12 points. Le maximum est 10. Enlèves-en 2."),
        ({"type_vote": "cumulative", "points_max": 10}, {"points-p1": "-1"}, "Les points sont des nombres entiers"),
        ({"type_vote": "cumulative", "points_max": 10}, {"points-p1": "1,5"}, "Les points sont des nombres entiers"),
        ({"type_vote": "cumulative", "points_max": 10}, {"points-p1": "0"}, "Tu n’as donné aucun point."),
        ({"type_vote": "ordinal"}, {"rang-p1": "1", "rang-p2": "1"}, "Deux projets sont à la même place."),
        ({"type_vote": "ordinal"}, {"rang-p1": "2"}, "Il manque une place. Commence par la place 1."),
    ],
)  # fmt: skip
async def test_a_ballot_filled_wrong_comes_back_as_it_was(
    office: Office, rule: dict[str, Any], fields: dict[str, str], message: str
) -> None:
    election = await scrutin(office, **rule)
    answer = await read_back(office, election.codes[0], **fields)
    assert answer.status_code == 422 and message in answer.text and validate_html(answer.text) == []
    kept = [name for name in fields if name.startswith("choix-")]
    assert answer.text.count(" checked") == len(kept)
    for name, value in fields.items():
        if name.startswith("points-"):
            assert f'name="{name}" value="{value}"' in answer.text
        if name.startswith("rang-"):
            assert f'<option value="{value}" selected>' in answer.text


@pytest.mark.parametrize(
    ("rule", "fields", "ballot"),
    [
        ({"type_vote": "choose-1", "choix_max": 1}, {"choix": "p2"}, {"c": ["p2"], "p": []}),
        ({"type_vote": "cumulative", "points_max": 10}, {"points-p1": "3", "points-p4": "7", "points-p2": "0"},
         {"c": ["p1", "p4"], "p": [3, 7]}),
        ({"type_vote": "ordinal"}, {"rang-p1": "2", "rang-p4": "1"}, {"c": ["p4", "p1"], "p": []}),
    ],
)  # fmt: skip
async def test_other_kinds_of_ballots(
    office: Office, rule: dict[str, Any], fields: dict[str, str], ballot: dict[str, Any]
) -> None:
    election = await scrutin(office, **rule)
    page = await enter(office, election.codes[0])
    assert validate_html(page.text) == []
    back = await office.client.post("/vote/relecture", data=hidden(page.text, "/vote/relecture") | fields)
    changed = await office.client.post("/vote/bulletin", data=hidden(back.text, "/vote/bulletin"))
    assert changed.status_code == 200
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    [text] = await ballots(office.services)
    found = json.loads(text)
    assert {key: found[key] for key in ("c", "p")} == ballot


async def test_fifteen_minutes_passed(office: Office, election: Election, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await enter(office, election.codes[0])
    fields = hidden(page.text, "/vote/relecture") | {"choix-p1": "oui"}
    back = hidden((await office.client.post("/vote/relecture", data=fields)).text, "/vote/urne")
    later = time.time() + 16 * 60
    monkeypatch.setattr("web.propositions.jetons.time.time", lambda: later)
    for path, sent in (("/vote/relecture", fields), ("/vote/urne", back)):
        answer = await office.client.post(path, data=sent)
        assert answer.status_code == 403 and EXPIRED in answer.text and "Recommencer" in answer.text, path
        assert "Des bancs" not in answer.text
    assert await ballots(office.services) == []
    assert (await office.client.get("/vote?efface=1")).text.count(EXPIRED) == 1
    assert (await enter(office, election.codes[0])).status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"scelle": "a" * 40}, 422), ({"scelle": ""}, 400), ({"scelle": "é"}, 400), ({"scelle": "A" * 9000}, 400),
        ({"csrf": "forged"}, 403), ({"billet": "forged"}, 403), ({"billet": ""}, 403),
    ],
)  # fmt: skip
async def test_what_is_no_ballot(office: Office, election: Election, change: dict[str, str], status: int) -> None:
    back = await read_back(office, election.codes[0], blanc="oui")
    answer = await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne") | change)
    assert answer.status_code == status and validate_html(answer.text) == []
    assert await ballots(office.services) == []


async def test_another_site_posts_nothing(office: Office, election: Election) -> None:
    back = hidden((await read_back(office, election.codes[0], blanc="oui")).text, "/vote/urne")
    for headers, status in (
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://ailleurs.example"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
    ):
        assert (await office.client.post("/vote/urne", data=back, headers=headers)).status_code == status, headers


async def test_a_slip_of_another_college_on_a_tablet(office: Office, election: Election) -> None:
    await college(office, "college-ailleurs", "Collège d’Ailleurs")
    other = await scrutin(office, "SC-2026-0009", college="college-ailleurs")
    await bind(office, election.reference)
    answer = await enter(office, other.codes[0])
    assert answer.status_code == 404 and UNKNOWN in answer.text
    assert (await enter(office, election.codes[0])).status_code == 200


async def bind(office: Office, reference: str) -> None:
    """Makes this browser a tablet of the bureau."""
    jeton = jeton_tablette(office.services, reference, datetime.now(PARIS).date())
    answer = await office.post(f"/vote/tablette/{jeton}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/vote")
