"""The site over http, and the demonstration."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import Office, open_office
from web.embedded import Urls


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        yield found


@pytest.fixture
async def demonstration(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path, demonstration=True) as found:
        yield found
