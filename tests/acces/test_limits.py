"""Attempts: counted at once, in a sliding window, with rising delays; no network address in the database."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from litestar.testing import RequestFactory

from tests.acces.office import Office
from web.limits import CODE, CODE_ALL, Count, Limit, TooMany, attempt, attempt_code, forgive_code, network, tried

START = datetime(2026, 3, 3, 12, tzinfo=UTC)
WINDOW = Limit("essai", most=10, seconds=100)
DELAYS = Limit("essai", most=1000, seconds=10_000, free=3, longest_delay=60)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_the_window_slides() -> None:
    count = Count(START)
    assert [tried(count, WINDOW, after(90)) for _ in range(11)] == [0] * 10 + [10]
    assert tried(count, WINDOW, after(105)) == 0, "9.5 of the 10 still weigh: there is room for one"
    assert tried(count, WINDOW, after(105)) == 95
    assert sum(tried(count, WINDOW, after(150)) == 0 for _ in range(20)) == 4, "5 of them weigh, beside that one"
    assert tried(count, WINDOW, after(1000)) == 0 and (count.n, count.before) == (1, 0)


def test_delays_double_after_the_free_attempts() -> None:
    count, now, waits = Count(START), 0.0, []
    for _ in range(11):
        assert tried(count, DELAYS, after(now)) == 0
        wait = tried(count, DELAYS, after(now)) if count.n > 3 else 0
        waits.append(wait)
        now += wait
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_attempts_made_at_once_are_all_counted(office: Office) -> None:
    answers = await asyncio.gather(*(attempt(office.services, WINDOW, b"x") for _ in range(25)), return_exceptions=True)
    assert sum(answer is None for answer in answers) == 10
    assert sum(isinstance(answer, TooMany) for answer in answers) == 15


async def test_right_codes_are_not_counted(office: Office) -> None:
    request = RequestFactory(app=office.app).get("/suivi")
    for _ in range(20):
        await attempt_code(request)
        await forgive_code(request)
    assert await office.services.fetch("SELECT DISTINCT n FROM web.attempts") == [(0,)]


async def test_wrong_codes_wait_longer_and_longer(office: Office) -> None:
    request = RequestFactory(app=office.app).get("/suivi")
    for _ in range(6):
        await attempt_code(request)
    with pytest.raises(TooMany) as refused:
        await attempt_code(request)
    assert refused.value.status_code == 429 and refused.value.headers == {"Retry-After": str(refused.value.wait)}
    counts = dict(await office.services.fetch("SELECT scope, n FROM web.attempts"))
    assert counts == {CODE.scope: 6, CODE_ALL.scope: 6}, "what is refused is not counted"


async def test_the_global_limit_does_not_count_against_a_network(office: Office) -> None:
    await office.services.fetch("INSERT INTO web.attempts VALUES (%s, '', now(), %s) RETURNING 1", ("suivi-tous", 9999))
    with pytest.raises(TooMany):
        await attempt_code(RequestFactory(app=office.app).get("/suivi"))
    assert await office.services.fetch("SELECT n FROM web.attempts WHERE scope = 'suivi'") == [(0,)]


async def test_no_network_address_is_kept(office: Office) -> None:
    factory = RequestFactory(app=office.app)
    seen = set()
    for host in ("192.0.2.7", "192.0.2.8", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"):
        request = factory.get("/suivi")
        request.scope["client"] = (host, 4000)
        await attempt_code(request)
        seen.add(network(request))
        assert host.encode() not in network(request) and len(network(request)) == 32
    assert len(seen) == 4, "a /64 is one network"
    kept = {subject for (subject,) in await office.services.fetch("SELECT subject FROM web.attempts")}
    assert kept == seen | {b""}
