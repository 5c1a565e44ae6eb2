"""The site in this process, with finances, technical services and a mairie."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import open_office
from tests.bureau_argent.equipe import Bureau
from web.embedded import Urls


@pytest.fixture
async def bureau(database: Urls, tmp_path: Path) -> AsyncIterator[Bureau]:
    async with open_office(database, tmp_path, demonstration=True) as office:
        found = Bureau(office)
        await found.monde()
        await found.nommer()
        yield found
