"""An open scrutin with thirty slips."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.urne.monde import BureauDeVote, bureau_de_vote
from web.embedded import Urls


@pytest.fixture
async def bureau(database: Urls, tmp_path: Path) -> AsyncIterator[BureauDeVote]:
    async with bureau_de_vote(database, tmp_path) as found:
        yield found


@pytest.fixture
async def pret(database: Urls, tmp_path: Path) -> AsyncIterator[BureauDeVote]:
    """The same before it opens."""
    async with bureau_de_vote(database, tmp_path, ouvert=False) as found:
        yield found
