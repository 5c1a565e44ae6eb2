"""SIGKILL of the server under load: what was answered is there, nothing is there twice, the tree goes on."""

import asyncio

from tests.faults.charge import Load, check_projections, check_register
from tests.site import Site
from web.embedded import Urls


async def test_what_was_answered_survives_the_server(site: Site, base: Urls) -> None:
    async with Load(site.url) as load:
        for _ in range(2):
            await load.grow(120)
            await asyncio.to_thread(site.kill)
            await asyncio.to_thread(site.start)
        await load.grow(60)
    assert load.lost, "the server was not killed under load"
    assert set(load.statuses) <= {200, 201, 503}, load.statuses
    size = await check_register(base, [load])
    await load.again()
    assert await check_register(base, [load]) == size
    await check_projections(base, size)
