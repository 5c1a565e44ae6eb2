"""The site with one open vote."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import Office, open_office
from tests.vote.monde import Election, college, scrutin
from web.embedded import Urls


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await college(found)
        yield found


@pytest.fixture
async def election(office: Office) -> Election:
    return await scrutin(office)
