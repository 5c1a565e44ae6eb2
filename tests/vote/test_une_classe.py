"""A class of thirty over one bad link: thirty ballots, no more; three requests a vote, and one more for each loss."""

import json

import httpx

from bench.classe import SlowLink, vote_together
from tests.acces.office import Office
from tests.vote.monde import ballots, scrutin

PAGE_OCTETS = 60_000
ALREADY = "Ton bulletin était déjà bien arrivé. Il compte une seule fois."


async def test_thirty_pupils_over_a_link_that_loses_one_message_in_seven(office: Office) -> None:
    election = await scrutin(office, slips=30)
    inner = httpx.ASGITransport(office.app)  # type: ignore[arg-type]  # its own scope
    link = SlowLink(inner, bits=20_000_000, latency=0.01)
    pupils = await vote_together(link, office.settings.public_url, election.codes, ["p1", "p3"])
    texts = [json.loads(text) for text in await ballots(office.services)]
    assert sorted(text["t"] for text in texts) == sorted(pupil.numero for pupil in pupils) and len(texts) == 30
    assert all(text["c"] == ["p1", "p3"] for text in texts)
    assert link.dropped > 10 and link.asked == 3 * 30 + link.dropped == sum(pupil.tries for pupil in pupils)
    assert {pupil.said for pupil in pupils} == {"", ALREADY}, "some answers were lost after the urn had the ballot"
    assert max(pupil.heaviest for pupil in pupils) <= PAGE_OCTETS


async def test_without_a_loss_a_vote_is_three_requests(office: Office) -> None:
    election = await scrutin(office, slips=30)
    inner = httpx.ASGITransport(office.app)  # type: ignore[arg-type]  # its own scope
    link = SlowLink(inner, bits=20_000_000, latency=0.01, lost=0)
    pupils = await vote_together(link, office.settings.public_url, election.codes, [])
    assert {pupil.tries for pupil in pupils} == {3} and {pupil.said for pupil in pupils} == {""}
    assert len(await ballots(office.services)) == 30
