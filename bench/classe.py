"""A class votes over one slow link: 30 pupils at once, 1 Mbit/s, 300 ms, answers and requests lost on the way.

Each pupil does what the page's script does: the ballot, sealed here, sent until it is answered, the same bytes each
time. Nobody thinks nor types: what is left is what the link and the server ask of a class.
"""

import asyncio
import os
import re
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Final

import httpx

from domain.scrutins.bulletins import clair
from domain.scrutins.traceurs import OCTETS, traceur
from web.urne.sealing import sceller

BITS, LATENCY, LOST = 1_000_000, 0.3, 0.15  # a second; seconds there and back; part of the requests, and of the answers
TRIES: Final = 20
FORM = re.compile(r'<form id="bulletin"[^>]*>')
DATA = re.compile(r'data-(reference|titre|bureau|metropole|longueur)="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class SlowLink(httpx.AsyncBaseTransport):
    """One link for everybody: bytes wait for each other, some never arrive. Counts what was asked and lost."""

    inner: httpx.AsyncBaseTransport
    bits: int = BITS
    latency: float = LATENCY
    lost: float = LOST
    draw: Random = field(default_factory=lambda: Random(30))
    asked: int = 0
    dropped: int = 0
    octets: int = 0
    wire: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, late; or httpx.ReadError, before the server or after it."""
        self.asked += 1
        await self._carry(len(request.content) + 400)
        self._drop()
        answer = await self.inner.handle_async_request(request)
        content = b"".join([part async for part in answer.aiter_raw()])  # as it goes on the wire
        await self._carry(len(content) + 400)
        self._drop()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content)

    async def _carry(self, octets: int) -> None:
        self.octets += octets
        async with self.wire:
            await asyncio.sleep(octets * 8 / self.bits)
        await asyncio.sleep(self.latency / 2)

    def _drop(self) -> None:
        if self.draw.random() < self.lost:
            self.dropped += 1
            raise httpx.ReadError("lost")


@dataclass
class Pupil:
    """One slip, one browser on the link; what it was told at the end, and its number."""

    link: httpx.AsyncBaseTransport
    site: str
    code: str
    choices: Sequence[str]
    said: str = ""
    numero: str = ""
    heaviest: int = 0
    tries: int = 0

    async def vote(self) -> None:
        """From the slip's QR code to the answer of the urn. Raises AssertionError when it is not taken."""
        async with httpx.AsyncClient(transport=self.link, base_url=self.site) as browser:
            scanned = await self._until_answered(browser, "GET", f"/v/{self.code}")
            assert scanned.status_code == 303, scanned.text
            page = await self._until_answered(browser, "GET", scanned.headers["location"])
            self.heaviest = len(page.content)
            form = {**self._sealed(page.text), "numero": self.numero}
            answer = await self._until_answered(browser, "POST", "/vote/urne", form)
        assert answer.status_code == 200, answer.text
        self.said = answer.json()["message"]

    async def _until_answered(
        self, browser: httpx.AsyncClient, method: str, path: str, form: dict[str, str] | None = None
    ) -> httpx.Response:
        headers = {"accept": "application/json"} if form else {}
        for _ in range(TRIES):
            self.tries += 1
            try:
                return await browser.request(method, path, data=form, headers=headers)
            except httpx.ReadError:
                continue
        raise AssertionError(f"{path}: {TRIES} times without an answer")

    def _sealed(self, text: str) -> dict[str, str]:
        form = FORM.search(text)
        assert form is not None, text
        told = {name: unescape(value) for name, value in DATA.findall(form[0])}
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(text)}
        self.numero = traceur(os.urandom(OCTETS))
        ballot = clair(self.choices, [], self.numero, int(told["longueur"]))
        keys = b64decode(told["bureau"]), b64decode(told["metropole"])
        sealed = sceller(ballot, *keys, told["reference"], bytes.fromhex(told["titre"]))
        return {**hidden, "scelle": urlsafe_b64encode(sealed).rstrip(b"=").decode()}


async def vote_together(link: SlowLink, site: str, codes: Sequence[str], choices: Sequence[str]) -> list[Pupil]:
    """Everybody at once; the pupils, and `link` knows what it carried."""
    pupils = [Pupil(link, site, code, choices) for code in codes]
    await asyncio.gather(*(pupil.vote() for pupil in pupils))
    return pupils


async def seconds(site: str, codes: Sequence[str], choices: Sequence[str]) -> float:
    """How long this class takes."""
    start = time.perf_counter()
    await vote_together(SlowLink(httpx.AsyncHTTPTransport()), site, codes, choices)
    return time.perf_counter() - start
