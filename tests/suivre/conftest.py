"""The site with one instance and one private proposition."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import monde
from tests.acces.office import Office, open_office
from web.embedded import Urls

SECRET = "Mon voisin du troisième étage me fait peur"


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write("instances/gepi", monde.instance())
        await found.write(monde.DOSSIER, monde.deposee(texte=SECRET, prenom="Khadija", contact="06 12 34 56 78"))
        yield found
