"""The journeys without JavaScript."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.parcours import journeys, journeys_mail, journeys_office
from tests.parcours.mailbox import Mailbox
from tests.parcours.stage import Stage
from tests.quality import Chromium
from tests.site import Site

JOURNEYS = (
    journeys.member_files,
    journeys.helped,
    journeys.follows_with_her_code,
    journeys.auditor_checks,
    journeys.travels_in_time,
    journeys_office.facilitator_works,
    journeys_office.answer_and_close,
    journeys_office.officer_erases,
)
BY_MAIL = (journeys_mail.follows_by_mail, journeys_mail.signs_in_by_mail)


@pytest.fixture
def stage(chromium: Chromium, site: Site) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(chromium, site, False, stack)


@pytest.fixture
def posting_stage(chromium: Chromium, posting_site: Site) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(chromium, posting_site, False, stack)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey(journey: Callable[[Stage], None], stage: Stage) -> None:
    journey(stage)


@pytest.mark.parametrize("journey", BY_MAIL, ids=lambda journey: journey.__name__)
def test_journey_by_mail(journey: Callable[[Stage, Mailbox], None], posting_stage: Stage, mailbox: Mailbox) -> None:
    journey(posting_stage, mailbox)
