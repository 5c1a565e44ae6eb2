"""Votes over HTTP at the worst moments: the server killed between the urn and its answer, one slip in two browsers,
and what a whole server prints while pupils vote.
"""

import asyncio
import re
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import httpx
import psycopg
import pytest

from domain.scrutins.codes import affiche_code
from tests.faults.served import HIDDEN, Served, served
from tests.site import Site
from tests.urne.monde import REF, bureau_de_vote
from web.embedded import Urls

AWAY = "203.0.113.9"
LOCK = f"SELECT pg_advisory_xact_lock(urne.verrou('{REF}'))"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "registre"


async def prepared(database: Urls, directory: Path) -> list[str]:
    """An open vote; the codes of its slips."""
    async with bureau_de_vote(database, directory) as bureau:
        [(size,)] = await bureau.services.fetch("SELECT size FROM ledger.head")
        assert await bureau.services.watcher.wait_for(size, 20)
        return bureau.codes


@pytest.fixture
def codes(database: Urls, directory: Path) -> list[str]:
    return asyncio.run(prepared(database, directory))


class Pupil(httpx.Client):
    """A browser without JavaScript."""

    def __init__(self, site: Site | Served, code: str) -> None:
        super().__init__(base_url=site.url, timeout=20, headers={"X-Forwarded-For": AWAY})
        self.code = code

    def read_back(self, *choix: str) -> dict[str, str]:
        """Enters, chooses; the form that holds the sealed ballot."""
        assert self.get(f"/v/{self.code}").status_code == 303
        form = fields(self.get("/vote/bulletin").text, "/vote/relecture")
        answer = self.post("/vote/relecture", data=form | {f"choix-{projet}": "oui" for projet in choix})
        assert answer.status_code == 200, answer.text
        return fields(answer.text, "/vote/urne")

    def drop(self, form: dict[str, str]) -> httpx.Response:
        return self.post("/vote/urne", data=form)

    def receipt(self) -> str:
        """« A voté ! »"""
        return self.get("/vote/fini").text


def fields(page: str, action: str) -> dict[str, str]:
    found = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.S)
    assert found, page
    return dict(HIDDEN.findall(found[0]))


def ballots(database: Urls) -> int:
    with psycopg.connect(database.app) as connection:
        [(n,)] = connection.execute("SELECT count(*) FROM urne.bulletins").fetchall()
    return int(n)


@pytest.fixture
def site(database: Urls, codes: Sequence[str], directory: Path) -> Iterator[Site]:
    with closing(Site(database, directory, demonstration=False)) as found:
        found.start()
        yield found


def test_killed_between_the_urn_and_the_answer(site: Site, database: Urls, codes: Sequence[str]) -> None:
    with Pupil(site, codes[0]) as pupil:
        form = pupil.read_back("p1", "p3")
        outcome: list[httpx.Response | httpx.TransportError] = []

        def send() -> None:
            try:
                outcome.append(pupil.drop(form))
            except httpx.TransportError as error:
                outcome.append(error)

        with psycopg.connect(database.app) as connection:
            connection.execute(LOCK)  # the deposit waits in the database…
            sending = Thread(target=send)
            sending.start()
            wait(database, "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            site.send(signal.SIGSTOP)  # …the server sees nothing more…
        wait(database, "SELECT count(*) = 1 FROM urne.bulletins")  # …the ballot is in the urn…
        site.kill()  # …and the answer never leaves.
        sending.join()
        assert isinstance(outcome[0], httpx.TransportError), outcome
        site.start()
        again = pupil.drop(form)
        assert (again.status_code, again.headers["location"]) == (303, "/vote/fini")
        shown = pupil.receipt()
        assert "déjà bien arrivé" in shown and form["numero"] in shown
        assert ballots(database) == 1


def wait(database: Urls, question: str) -> None:
    deadline = time.monotonic() + 15
    with psycopg.connect(database.app, autocommit=True) as connection:
        while connection.execute(question.encode()).fetchone() != (True,):
            assert time.monotonic() < deadline, question
            time.sleep(0.02)


def test_one_slip_in_two_browsers_at_the_same_instant(site: Site, database: Urls, codes: Sequence[str]) -> None:
    for rank, code in enumerate(codes[:5]):
        with Pupil(site, code) as one, Pupil(site, code) as two:
            forms, start = [one.read_back("p1"), two.read_back("p2")], Barrier(2)
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(together, (one, two), forms, (start, start)))
            assert sorted(answer.status_code for answer in answers) == [303, 409]
            assert ballots(database) == rank + 1


def together(pupil: Pupil, form: dict[str, str], start: Barrier) -> httpx.Response:
    start.wait()
    return pupil.drop(form)


def test_nothing_of_a_vote_is_printed(database: Urls, directory: Path, codes: Sequence[str]) -> None:
    said: set[str] = {AWAY, "127.0.0.1", "choix-p1"}
    with served(database, directory, "serve") as site:
        for code in codes[:3]:
            said |= {code, affiche_code(code), affiche_code(code).lower()}
            with Pupil(site, code) as pupil:
                form = pupil.read_back("p1")
                said |= {form["numero"], form["scelle"], form["billet"]} | set(pupil.cookies.values())
                assert pupil.drop(form).status_code == 303
                assert pupil.drop(form).status_code in (303, 403, 409)
                assert pupil.drop(form | {"scelle": "AAAA"}).status_code in (400, 403, 409, 422)
                pupil.get(f"/v/{affiche_code(code)[:-1]}2")
                pupil.post("/vote", data={"code": code, "csrf": "faux"})
        with psycopg.connect(database.migrations, autocommit=True) as connection:
            connection.execute("ALTER TABLE urne.bulletins RENAME TO ailleurs")  # everything fails, and says so
            with Pupil(site, codes[5]) as pupil:
                assert pupil.get(f"/v/{codes[5]}").status_code == 500
            connection.execute("ALTER TABLE urne.ailleurs RENAME TO bulletins")
        log = site.log
    assert "unforeseen" in log
    assert [secret for secret in said | {codes[5], affiche_code(codes[5])} if secret.lower() in log.lower()] == []
    assert ballots(database) == 3
