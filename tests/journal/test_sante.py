"""`/sante/pret` says how far the projections and the signer follow; how many processes serve."""

import argparse
import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import monde
from tests.acces.office import Office, open_office
from web.commands import serve
from web.embedded import Urls
from web.journal.signer import sign_now


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write("instances/gepi", monde.instance())
        yield found


async def test_the_age_of_the_last_checkpoint(office: Office, database: Urls, tmp_path: Path) -> None:
    ready = (await office.client.get("/sante/pret")).json()
    assert ready == {"taille": 1, "retard": 0, "a_signer": 1, "age_du_point": None, "arret": None}
    sign_now(database.app, tmp_path)
    await office.write(monde.DOSSIER, monde.deposee(), monde.qualifiee)
    await asyncio.sleep(1.1)
    ready = (await office.client.get("/sante/pret")).json()
    assert (ready["taille"], ready["a_signer"]) == (3, 2) and 1 <= ready["age_du_point"] < 60


@pytest.mark.parametrize(("processors", "workers"), [(1, 1), (2, 2), (64, 2)])
def test_two_processes_where_there_are_two_processors(
    processors: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    parser = argparse.ArgumentParser()
    serve.configure(parser)
    assert parser.parse_args([]).workers == workers and parser.parse_args(["--workers", "5"]).workers == 5
