"""The site in this process, with the small register of the money; the demonstration's site for what only reads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acces.office import Office, open_office
from tests.argent import histoire as h
from tests.charge import charge, web
from tests.enveloppes import monde as m
from tests.monde import instance
from web.embedded import Urls

__all__ = ["charge", "web"]


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        yield found


@pytest.fixture
async def pacte(office: Office) -> Office:
    await office.write_all(
        (f"instances/{h.CTM}", instance(h.CTM, "ctm", serie=None)),
        ("instances/conseil-municipal-69029", m.conseil_de_bron),
        *((f"communes/{insee}", h.commune(insee, nom)) for insee, nom in ((m.BRON, "Bron"), ("69290", "Saint-Priest"))),
        *h.HISTOIRE,
    )
    return office
