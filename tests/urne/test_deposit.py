"""The door of the urn, in SQL: one ballot a slip, whatever happens at the same instant."""

import asyncio
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.urne.monde import BureauDeVote
from web.embedded import Urls
from web.services import Services

REF, OTHER = "SC-2026-0001", "SC-2026-0002"
SIZE = 40
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
Connection = psycopg.Connection[tuple[Any, ...]]


def slip(number: int, reference: str = REF) -> bytes:
    return hashlib.sha256(f"{reference} {number}".encode()).digest()


def ballot(number: int, size: int = SIZE) -> bytes:
    return number.to_bytes(2, "big") * (size // 2)


@pytest.fixture
def urn(database: Urls) -> Iterator[Connection]:
    """Two open urns with 50 slips each."""
    with psycopg.connect(database.app, autocommit=True) as connection:
        for reference in (REF, OTHER):
            make(connection, reference)
        yield connection


def make(connection: Connection, reference: str, slips: int = 50) -> None:
    connection.execute(
        "INSERT INTO urne.scrutins (reference, etat, ouvre_le, ferme_le, longueur, k_min)"
        " VALUES (%s, %s, %s, %s, %s, 10)",
        (reference, "ouverte", NOW - HOUR, NOW + HOUR, SIZE),
    )
    connection.execute(
        "INSERT INTO urne.billets (reference, billet, etat) SELECT %s, unnest(%s::bytea[]), 'libre'",
        (reference, [slip(number, reference) for number in range(slips)]),
    )


def deposit(connection: Connection, credential: bytes, sealed: bytes, reference: str = REF) -> str:
    row = connection.execute("SELECT urne.deposer(%s, %b, %b)", (reference, credential, sealed)).fetchone()
    assert row is not None
    return str(row[0])


def ballots(connection: Connection, reference: str = REF) -> list[bytes]:
    rows = connection.execute("SELECT scelle FROM urne.bulletins WHERE reference = %s", (reference,)).fetchall()
    return [bytes(row[0]) for row in rows]


def test_a_slip_serves_once_and_the_same_bytes_get_the_same_answer(urn: Connection) -> None:
    assert deposit(urn, slip(1), ballot(1)) == "accepte"
    assert deposit(urn, slip(1), ballot(1)) == "deja_le_meme"
    assert deposit(urn, slip(1), ballot(2)) == "deja_un_autre"
    assert deposit(urn, slip(2), ballot(1)) == "accepte", "a copy is seen at the opening, where it does not open"
    assert ballots(urn) == [ballot(1), ballot(1)]


@pytest.mark.parametrize("same", [True, False])
def test_the_same_slip_at_the_same_instant(urn: Connection, database: Urls, same: bool) -> None:
    for slip_number in range(12):
        connections = [psycopg.connect(database.app, autocommit=True) for _ in range(4)]
        start = threading.Barrier(4)

        def send(place: int, connections: Any = connections, start: Any = start, n: int = slip_number) -> str:
            start.wait()
            return deposit(connections[place], slip(n), ballot(0 if same else place))

        with ThreadPoolExecutor(4) as pool:
            answers = Counter(pool.map(send, range(4)))
        assert answers == {"accepte": 1, "deja_le_meme" if same else "deja_un_autre": 3}
        for connection in connections:
            connection.close()
    assert len(ballots(urn)) == 12


@pytest.mark.parametrize("size", [0, 1, SIZE - 2, SIZE + 2, 5000])
def test_a_wrong_length_is_refused(urn: Connection, size: int) -> None:
    assert deposit(urn, slip(1), ballot(1, size)) == "longueur"
    assert ballots(urn) == []
    assert deposit(urn, slip(1), ballot(1)) == "accepte"


def test_slips_of_nobody_and_of_another_scrutin(urn: Connection) -> None:
    assert deposit(urn, slip(99), ballot(1)) == "inconnu"
    assert deposit(urn, slip(1, OTHER), ballot(1)) == "inconnu"
    assert deposit(urn, slip(1), ballot(1), "SC-2026-9999") == "inconnu"
    assert deposit(urn, b"", ballot(1)) == "inconnu"
    urn.execute("UPDATE urne.billets SET etat = 'prepare' WHERE billet = %s", (slip(3),))
    assert deposit(urn, slip(3), ballot(1)) == "inconnu", "its number is not in the register"


@pytest.mark.parametrize("etat", ["annule", "echange"])
def test_a_revoked_or_exchanged_slip_opens_nothing(urn: Connection, etat: str) -> None:
    urn.execute("UPDATE urne.billets SET etat = %s WHERE billet = %s", (etat, slip(1)))
    assert deposit(urn, slip(1), ballot(1)) == "annule"
    assert ballots(urn) == []


@pytest.mark.parametrize(
    ("opens", "closes", "etat", "answer"),
    [
        (-HOUR, HOUR, "attente", "pas_ouvert"),  # its hour has come, its bureau has not opened it
        (HOUR, 2 * HOUR, "attente", "pas_ouvert"),
        (HOUR, 2 * HOUR, "ouverte", "pas_ouvert"),
        (-2 * HOUR, -HOUR, "attente", "ferme"),
        (-2 * HOUR, -HOUR, "ouverte", "ferme"),
        (-HOUR, HOUR, "fermee", "ferme"),
        (-HOUR, HOUR, "ouverte", "accepte"),
    ],
)
def test_before_and_after(urn: Connection, opens: timedelta, closes: timedelta, etat: str, answer: str) -> None:
    values = (NOW + opens, NOW + closes, etat, REF)
    urn.execute("UPDATE urne.scrutins SET ouvre_le = %s, ferme_le = %s, etat = %s WHERE reference = %s", values)
    assert deposit(urn, slip(1), ballot(1)) == answer
    assert len(ballots(urn)) == (answer == "accepte")


def test_to_the_second(urn: Connection) -> None:
    tick = timedelta(microseconds=1)
    for instant, expected in (
        (NOW - tick, "pas_ouvert"),
        (NOW, "ouvert"),
        (NOW + HOUR - tick, "ouvert"),
        (NOW + HOUR, "ferme"),
    ):
        row = urn.execute("SELECT urne.fenetre(%s, %s, %s)", (NOW, NOW + HOUR, instant)).fetchone()
        assert row == (expected,), instant


def test_at_the_very_second_of_the_end(urn: Connection) -> None:
    urn.execute("UPDATE urne.scrutins SET ferme_le = date_trunc('second', now()) + interval '1.2 s'")
    [(end,)] = urn.execute("SELECT ferme_le FROM urne.scrutins WHERE reference = %s", (REF,)).fetchall()
    for number in range(50):
        timed = "SELECT clock_timestamp(), urne.deposer(%s, %b, %b), clock_timestamp()"
        row = urn.execute(timed, (REF, slip(number), ballot(number))).fetchone()
        assert row is not None
        before, answer, after = row
        assert answer == ("accepte" if after < end else "ferme") or before < end <= after
        time.sleep(0.03)
    assert 0 < len(ballots(urn)) < 50
    assert deposit(urn, slip(0), ballot(0)) == "deja_le_meme", "an answer that was lost is given again after the end"
    assert deposit(urn, slip(0), ballot(1)) == "deja_un_autre"


def test_closing_waits_for_deposits_and_deposits_do_not_make_it_wait_for_ever(urn: Connection, database: Urls) -> None:
    make(urn, "SC-2026-0003", 3000)
    stop, said, numbers = threading.Event(), Counter[str](), iter(range(3000))

    def vote() -> None:
        with psycopg.connect(database.app, autocommit=True) as connection:
            for number in numbers:
                said[deposit(connection, slip(number, "SC-2026-0003"), ballot(number), "SC-2026-0003")] += 1
                if stop.is_set():
                    return

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(vote) for _ in range(4)]
        time.sleep(0.3)
        start = time.monotonic()
        with urn.transaction():
            urn.execute("SELECT pg_advisory_xact_lock(urne.verrou('SC-2026-0003'))")
            urn.execute("UPDATE urne.scrutins SET etat = 'fermee' WHERE reference = 'SC-2026-0003'")
            shut = len(ballots(urn, "SC-2026-0003"))
        assert time.monotonic() - start < 2
        time.sleep(0.1)
        stop.set()
        for vote_ in running:
            vote_.result()
    assert said["accepte"] == shut == len(ballots(urn, "SC-2026-0003")) > 0
    assert set(said) <= {"accepte", "ferme"}


def test_a_ballot_neither_changes_nor_leaves(urn: Connection, database: Urls) -> None:
    deposit(urn, slip(1), ballot(1))
    for who in (database.app, database.migrations):
        with psycopg.connect(who, autocommit=True) as connection:
            for change in (
                "UPDATE urne.bulletins SET scelle = ''",
                "UPDATE urne.bulletins SET billet = sha256(billet)",
                "DELETE FROM urne.bulletins",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(change.encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        urn.execute("INSERT INTO urne.bulletins VALUES (%s, %s, %s)", (REF, slip(2), ballot(2)))
    urn.execute("UPDATE urne.bulletins SET lot = 1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        urn.execute("UPDATE urne.bulletins SET lot = 2")
    assert ballots(urn) == [ballot(1)]


def test_erasing_takes_everything_of_one_scrutin(urn: Connection) -> None:
    for number in range(5):
        deposit(urn, slip(number), ballot(number))
        deposit(urn, slip(number, OTHER), ballot(number), OTHER)
    assert urn.execute("SELECT urne.effacer(%s)", (REF,)).fetchone() == (5,)
    assert urn.execute("SELECT urne.effacer(%s)", (REF,)).fetchone() == (5,), "asked again after a crash"
    for table in ("billets", "bulletins", "couches", "papier", "gestes"):
        assert urn.execute(f"SELECT FROM urne.{table} WHERE reference = %s".encode(), (REF,)).fetchall() == []
    assert deposit(urn, slip(1), ballot(1)) == "ferme"
    assert len(ballots(urn, OTHER)) == 5 and deposit(urn, slip(7, OTHER), ballot(7), OTHER) == "accepte"


async def test_deposits_that_arrive_together_are_each_answered(bureau: BureauDeVote) -> None:
    voices = [await bureau.bulletin(code, ["p1"]) for code in bureau.codes[:20]]
    others = [await bureau.bulletin(code, ["p2"]) for code in bureau.codes[:20]]
    said = await asyncio.gather(*(bureau.deposer(voix) for pair in zip(voices, others, strict=True) for voix in pair))
    assert Counter(said) == {"accepte": 20, "deja_un_autre": 20}
    again = await asyncio.gather(*(bureau.deposer(voix) for voix in (*voices, *others)))
    assert Counter(again) == {"deja_le_meme": 20, "deja_un_autre": 20}
    strange = replace(voices[0], credential=b"x" * 32)
    short = replace(await bureau.bulletin(bureau.codes[25], ["p1"]), scelle=b"court")
    good = await bureau.bulletin(bureau.codes[26], ["p1"])
    assert await asyncio.gather(*map(bureau.deposer, (strange, short, good))) == ["inconnu", "longueur", "accepte"]


async def test_a_batch_that_fails_is_told_to_each_and_the_next_one_passes(
    bureau: BureauDeVote, monkeypatch: pytest.MonkeyPatch
) -> None:
    voices = [await bureau.bulletin(code, ["p1"]) for code in bureau.codes[:6]]

    async def lost(*_: object) -> list[tuple[Any, ...]]:
        raise psycopg.OperationalError("the connection is lost")

    with monkeypatch.context() as patch:
        patch.setattr(Services, "fetch", lost)
        failed = await asyncio.gather(*map(bureau.deposer, voices[:5]), return_exceptions=True)
    assert {type(error) for error in failed} == {psycopg.OperationalError}
    leaving = asyncio.create_task(bureau.deposer(voices[5]))  # a browser that goes away does not take the others along
    await asyncio.sleep(0)
    leaving.cancel()
    assert set(await asyncio.gather(*map(bureau.deposer, voices[:5]))) == {"accepte"}
    assert await bureau.deposer(voices[5]) in ("accepte", "deja_le_meme")
