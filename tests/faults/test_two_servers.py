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
    assert len(workers.family()) == 4, workers.log  # two workers, the signer, the projector
    async with Load(workers.url, beside.url) as load:
        await load.grow(250)
    assert set(load.statuses) <= {200, 201}, load.statuses
    size = await check_register(base, [load])
    await load.again()
    await check_projections(base, size)
    await asyncio.gather(*(seen(load, url) for url in load.urls))
    assert "Traceback" not in workers.log
    await asyncio.to_thread(kill_one_after_the_other, workers)


async def seen(load: Load, url: str) -> None:
    """`?vu=` finds the act at once on each process, even when another one wrote and projected it."""
    newest = max(load.answers.values(), key=lambda answer: int(answer["position"]))
    for _ in range(6):
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:  # a fresh connection: any worker
            page = await client.get(f"/dossiers/{newest['reference']}?vu={newest['position']}")
            assert page.status_code == 200 and NOT_YET not in page.text


def kill_one_after_the_other(workers: Served) -> None:
    """Those that are killed start again; nothing survives the main process."""
    main, before = workers.process.pid, set(workers.family())
    for pid in before - {main}:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(set(workers.family()) - before) == len(before) - 1)
    workers.kill()
    wait_until(lambda: not workers.family())  # an orphan would keep the port


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
