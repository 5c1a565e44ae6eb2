"""Several processes on one database: two servers, and two workers on one socket."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.charge import NOT_YET, Load, check_projections, check_register
from tests.faults.served import Served, served
from tests.site import Site, running_site
from web.embedded import Urls


@pytest.fixture
def workers(base: Urls, directory: Path) -> Iterator[Served]:
    """`registre serve --workers 2`."""
    with served(base, directory, "serve", "--workers", "2") as found:
        yield found


@pytest.fixture
def beside(base: Urls, directory: Path) -> Iterator[Site]:
    """Another server, of one process, on the same database."""
    with running_site(base, directory) as site:
        yield site


async def test_they_write_at_once_and_read_what_was_written(workers: Served, beside: Site, base: Urls) -> None:
    assert len(workers.family()) == 3  # two workers and the signer
    async with Load(workers.url, beside.url) as load:
        await load.grow(400)
    assert set(load.statuses) <= {200, 201}, load.statuses
    size = await check_register(base, [load])
    await load.again()
    await check_projections(base, size)
    await asyncio.gather(*(seen(load, url) for url in load.urls))
    assert "Traceback" not in workers.log


async def seen(load: Load, url: str) -> None:
    """`?vu=` finds the act at once on each process, even when another one wrote and projected it."""
    newest = max(load.answers.values(), key=lambda answer: int(answer["position"]))
    for _ in range(6):
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:  # a fresh connection: any worker
            page = await client.get(f"/dossiers/{newest['reference']}?vu={newest['position']}")
            assert page.status_code == 200 and NOT_YET not in page.text


def test_those_that_are_killed_start_again_and_nothing_survives_the_main_process(workers: Served) -> None:
    main, before = workers.process.pid, set(workers.family())
    for pid in before - {main}:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(set(workers.family()) - before) == 2)
    workers.kill()
    wait_until(lambda: not workers.family())  # an orphan would keep the port


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
