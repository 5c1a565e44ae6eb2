"""A page read as people read it, and a checkpoint published on a running site."""

import asyncio
import html
import re

import httpx

from tests.quality import validate_html
from tests.site import Site
from web.journal.signer import sign_now


async def publish(site: Site, client: httpx.AsyncClient) -> int:
    """Signs, and waits until the site serves that checkpoint; its size."""
    signed = await asyncio.to_thread(sign_now, site.database.app, site.directory)
    assert signed is not None
    for _ in range(200):
        answer = await client.get("/journal/checkpoint")
        if answer.status_code == 200 and answer.text == signed.note:
            return signed.checkpoint.size
        await asyncio.sleep(0.05)
    raise AssertionError("the checkpoint is not served")


async def read(client: httpx.AsyncClient, path: str, status: int = 200) -> str:
    """A page, checked: its HTML is valid, it sets no cookie. Its text, as people read it."""
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), path
    assert validate_html(answer.text) == [], path
    assert "set-cookie" not in answer.headers
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))
