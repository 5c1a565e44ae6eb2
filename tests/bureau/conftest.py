"""The office with one person for each function, and somebody signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import open_office
from tests.bureau.equipe import Equipe
from web.embedded import Urls


@pytest.fixture
async def equipe(database: Urls, tmp_path: Path) -> AsyncIterator[Equipe]:
    async with open_office(database, tmp_path, demonstration=True) as office:
        found = Equipe(office)
        await found.monde()
        await found.nommer()
        yield found
