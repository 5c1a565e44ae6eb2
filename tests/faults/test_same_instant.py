"""At the same instant: the same form twice, the same key with other words, two agents who answer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import httpx
import psycopg
import pytest

from tests.faults.charge import body
from tests.faults.served import Person
from tests.site import Site
from web.embedded import Urls

DIT = {"texte": "Un banc devant la mairie", "reponse_par": "code", "prenom": "", "lecture": "equipe"}
MOTIF = "Deux bancs seront posés avant l'été, devant la mairie et devant l'école."
TO_ANSWER = """SELECT reference FROM projections.propositions WHERE transmise_le IS NOT NULL AND repondue_le IS NULL
    AND retiree_le IS NULL AND instance = 'gepi' ORDER BY reference LIMIT 1"""


def size(urls: Urls) -> int:
    with psycopg.connect(urls.app) as connection:
        [(found,)] = connection.execute("SELECT size FROM ledger.head").fetchall()
    return int(found)


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """All of them on connections of their own, released together."""
    barrier = Barrier(len(calls))

    def wait_and(call: Callable[[], httpx.Response]) -> httpx.Response:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(wait_and, call) for call in calls]]


@pytest.fixture
def people(shared: Site) -> Iterator[list[Person]]:
    found = [Person(shared) for _ in range(6)]
    yield found
    for one in found:
        one.close()


def test_the_form_sent_twice_at_the_same_instant_is_one_act(people: list[Person], shared: Site) -> None:
    fields = people[0].fields("/dire/ecrire", "/dire/reponse") | DIT
    before = size(shared.database)
    answers = at_once(*(lambda one=one: one.post("/dire/deposer", data=fields) for one in people))
    assert {answer.status_code for answer in answers} == {303}
    assert size(shared.database) == before + 1
    receipts = {receipt(one, answer) for one, answer in zip(people, answers, strict=True)}
    assert len(receipts) == 1
    other = people[0].post("/dire/deposer", data=fields | {"texte": "Autre chose"})
    assert other.status_code == 409 and size(shared.database) == before + 1
    assert "Autre chose" in other.text and "déjà enregistré" in other.text


def receipt(one: Person, answer: httpx.Response) -> tuple[str, str]:
    """Number and code of a receipt."""
    text = one.get(answer.headers["location"]).text
    return text.partition("GEPI-")[2][:9], text.partition('<p class="mots">')[2].partition("</p>")[0]


def test_the_same_key_at_the_same_instant_is_one_act_for_programs(people: list[Person], shared: Site) -> None:
    before, headers = size(shared.database), {"Idempotency-Key": "le-meme"}

    def send(one: Person, text: str) -> Callable[[], httpx.Response]:
        return lambda: one.post("/api/propositions", json=body(text), headers=headers)

    answers = at_once(*(send(one, "a") for one in people))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert size(shared.database) == before + 1
    other = send(people[0], "b")()
    assert (other.status_code, size(shared.database)) == (409, before + 1)
    assert other.headers["content-type"].startswith("application/problem+json")
    mixed = at_once(*(send(one, "a" if at % 2 else "b") for at, one in enumerate(people)))
    assert {answer.status_code for answer in mixed} == {200, 409} and size(shared.database) == before + 1


def test_two_agents_answer_at_the_same_instant(shared: Site) -> None:
    with psycopg.connect(shared.database.app) as connection:
        [(reference,)] = connection.execute(TO_ANSWER).fetchall()
    page, before = f"/bureau/propositions/{reference}", size(shared.database)
    agents = [Person(shared, "coordination") for _ in range(2)]
    forms = [agent.fields(page, f"{page}/repondre") for agent in agents]
    texts = [f"{MOTIF} Écrit par {name}." for name in ("l'une", "l'autre")]
    answers = at_once(
        *(
            lambda agent=agent, fields=fields, text=text: agent.post(
                f"{page}/repondre", data=fields | {"repondre-suite": "on_le_fait", "repondre-motif": text}
            )
            for agent, fields, text in zip(agents, forms, texts, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409], [a.text[:400] for a in answers]
    assert size(shared.database) == before + 1
    lost = next(at for at, answer in enumerate(answers) if answer.status_code == 409)
    shown = unescape(answers[lost].text)
    assert texts[lost] in shown and "Déjà fait" in shown, "the text that lost is not given back"
    again = agents[1 - lost].post(
        f"{page}/repondre", data=forms[1 - lost] | {"repondre-suite": "on_le_fait", "repondre-motif": texts[1 - lost]}
    )
    assert again.status_code == 303 and size(shared.database) == before + 1  # a replay is no conflict
    for agent in agents:
        agent.close()
