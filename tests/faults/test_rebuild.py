"""`registre rebuild` while acts arrive and people read: equal, switched, and nobody saw it."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import httpx

from tests.faults.charge import NOT_YET, Load, check_projections, check_register
from tests.faults.served import registre
from tests.site import Site
from web.embedded import Urls

PAGES = ("/dossiers/GEPI-2026-0001", "/instances/gepi", "/recherche?q=banc", "/api/propositions", "/journal", "/bureau")


async def read(url: str, seen: Counter[int], stop: asyncio.Event) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=30, follow_redirects=True) as client:
        await client.post("/connexion/demonstration", data={"personne": "animation-gepi"})
        while not stop.is_set():
            for answer in await asyncio.gather(*map(client.get, PAGES)):
                seen[answer.status_code] += 1


async def follow(url: str, load: Load, stop: asyncio.Event) -> Counter[bool]:
    """Reads the newest act again and again with `?vu=`: how often it was there, how often not yet."""
    there: Counter[bool] = Counter()
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        while not stop.is_set():
            newest = next(reversed(load.answers.values()))
            page = await client.get(f"/dossiers/{newest['reference']}?vu={newest['position']}")
            assert page.status_code == 200
            there[NOT_YET not in page.text] += 1
            await asyncio.sleep(0.02)
    return there


async def test_nobody_sees_a_rebuild(site: Site, base: Urls, directory: Path) -> None:
    seen: Counter[int] = Counter()
    stop = asyncio.Event()
    async with Load(site.url, clients=4) as load:
        await load.grow(10)
        readers = [asyncio.create_task(read(site.url, seen, stop)) for _ in range(2)]
        following = asyncio.create_task(follow(site.url, load, stop))
        done = await asyncio.to_thread(registre, base, directory, "rebuild", "--json")
        await load.grow(10)
        stop.set()
        await asyncio.gather(*readers)
        there = await following
        assert there[False] * 5 <= there[True], there  # the runner waits for the switch, and the machine is busy
    answer = json.loads(done.stdout)
    assert done.returncode == 0 and answer["switched"], done.stderr
    assert all(pair["equal"] for pair in answer["projections"].values())
    assert set(seen) == {200} and seen[200] > 20, seen
    await check_projections(base, await check_register(base, [load]))
