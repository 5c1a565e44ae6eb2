"""The hourly reading: sorted digests, never fewer than k_min before the end, the same lot after a crash."""

import asyncio
from hashlib import sha256

import pytest

from domain.scrutins.events import UrneRelevee
from tests.urne.monde import REF, BureauDeVote
from web.urne.reading import lots, relever


async def readings(bureau: BureauDeVote) -> list[UrneRelevee]:
    return [event for event in await bureau.events() if isinstance(event, UrneRelevee)]


async def an_hour_passes(bureau: BureauDeVote) -> None:
    async with bureau.services.pool.connection() as connection:
        await connection.execute("UPDATE urne.scrutins SET releve_le = releve_le - interval '1 hour'")


async def test_not_under_k_min_and_once_an_hour(bureau: BureauDeVote) -> None:
    for rank in range(9):
        await bureau.voter(rank)
    assert await relever(bureau.services, REF) == 0
    await bureau.voter(9)
    assert await relever(bureau.services, REF) == 0, "its hour has passed"
    await an_hour_passes(bureau)
    assert await relever(bureau.services, REF) == 1
    [lot] = await readings(bureau)
    assert lot.lot == 1 and lot.n == 10
    assert list(lot.empreintes) == sorted(sha256(voix.scelle).hexdigest() for voix in bureau.voix)
    for rank in range(10, 15):
        await bureau.voter(rank)
    await an_hour_passes(bureau)
    assert await relever(bureau.services, REF) == 0, "five new ones wait for five more"
    assert await relever(bureau.services, REF, tout=True) == 1
    assert [lot.n for lot in await readings(bureau)] == [10, 5]
    assert await relever(bureau.services, REF, tout=True) == 0


async def test_an_entry_of_a_reading_has_no_date(bureau: BureauDeVote) -> None:
    for rank in range(10):
        await bureau.voter(rank)
    await relever(bureau.services, REF)
    rows = await bureau.services.fetch("SELECT state FROM ledger.stored_events WHERE topic LIKE '%%/UrneRelevee/%%'")
    [entry] = [bytes(state).decode() for (state,) in rows]
    assert "enregistre_le" not in entry and "survenu_le" not in entry and ":20" not in entry


async def test_a_reading_cut_by_a_crash_is_the_same(bureau: BureauDeVote, monkeypatch: pytest.MonkeyPatch) -> None:
    async def killed(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    for rank in range(12):
        await bureau.voter(rank)
    with monkeypatch.context() as patch:
        patch.setattr(bureau.services.ledger, "execute", killed)
        with pytest.raises(asyncio.CancelledError):
            await relever(bureau.services, REF)
    for rank in range(12, 20):
        await bureau.voter(rank)
    assert await relever(bureau.services, REF) == 1
    [lot] = await readings(bureau)
    assert list(lot.empreintes) == sorted(sha256(voix.scelle).hexdigest() for voix in bureau.voix[:12])


async def test_two_processes_read_once(bureau: BureauDeVote) -> None:
    for rank in range(20):
        await bureau.voter(rank)
    await asyncio.gather(*(relever(bureau.services, REF) for _ in range(4)))
    assert [lot.n for lot in await readings(bureau)] == [20]


def test_lots_are_of_one_size() -> None:
    pieces = [bytes([n]) for n in range(200)]
    for count, most in ((0, 150), (1, 150), (150, 150), (151, 150), (200, 30)):
        cut = lots(pieces[:count], most)
        assert [piece for lot in cut for piece in lot] == pieces[:count]
        assert all(len(lot) <= most for lot in cut)
        assert not cut or max(map(len, cut)) - min(map(len, cut)) <= 1
