"""The site in this process, with its instances, and a person in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import open_office
from tests.propositions.marche import Parcours
from web.embedded import Urls


@pytest.fixture
async def parcours(database: Urls, tmp_path: Path) -> AsyncIterator[Parcours]:
    async with open_office(database, tmp_path, demonstration=True) as office:
        found = Parcours(office)
        await found.monde()
        yield found
