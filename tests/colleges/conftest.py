"""The site in this process, with one collège, its principal and the Direction de l'éducation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import Office, open_office
from tests.budget_participatif import histoire as h
from web.embedded import Urls

DIRECTION, EDUCATION = "direction@exemple.fr", "education@exemple.fr"


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write(f"instances/{h.COLLEGE}", h.college)
        await found.appoint(DIRECTION, "direction", h.COLLEGE)
        await found.appoint(EDUCATION, "education")
        yield found
