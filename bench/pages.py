"""Filing over HTTP and the page of a dossier, against a bare handler on the same machine, in the same run."""

import asyncio
import itertools
import os
import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from bench.bare import create_bare
from bench.client import Connection, get, post, rate
from bench.measure import Measure, measured, typical
from bench.server import serving
from web.app import create_app
from web.commands.projector import projecting
from web.settings import Settings

FILINGS, ROUNDS, VISITS = 1500, 7, 200  # rounds after one that warms up
MOST_REQUESTS = 7
FORM = "filing by form, 32 connections / bare handler, same form, one INSERT"


async def median_ms(port: int, path: str, times: int = VISITS) -> float:
    """Median time of one GET on a kept-alive connection, in milliseconds, after a warm-up."""
    connection = await Connection.open(port)
    spent = []
    for place in range(times + 50):
        start = time.perf_counter()
        status, body = await connection.send(get(port, path))
        if status != 200:
            raise RuntimeError(f"{path}: {status} {body[:300]!r}")
        if place >= 50:
            spent.append((time.perf_counter() - start) * 1000)
    connection.close()
    return statistics.median(spent)


def _forms(port: int, path: str, csrf: str, numbers: Iterator[int]) -> list[bytes]:
    return [filing(port, path, csrf, next(numbers)) for _ in range(FILINGS)]


async def rest(port: int) -> None:
    """Waits until the projections have followed: a page is measured alone."""
    connection = await Connection.open(port)
    for _ in range(3000):
        _, body = await connection.send(get(port, "/sante/pret"))
        if b'"retard":0' in body:
            break
        await asyncio.sleep(0.2)
    connection.close()


def filing(port: int, path: str, csrf: str, number: int) -> bytes:
    """The last form of « Dire », read back and sent."""
    fields = {
        "csrf": csrf,
        "cle": f"mesure-{number:020d}",
        "instance": "gepi",
        "texte": f"Il manque un banc à l'ombre devant la Maison de la Métropole. Numéro {number}.",
        "reponse_par": "code",
        "lecture": "tous_sans_nom",
    }
    return post(port, path, urlencode(fields))


async def csrf_token(port: int) -> str:
    """The token of this server's anonymous forms."""
    connection = await Connection.open(port)
    status, body = await connection.send(get(port, "/suivi"))
    connection.close()
    found = re.search(rb'name="csrf" value="([0-9a-f]+)"', body)
    if found is None:
        raise RuntimeError(f"no form: {status} {body[:300]!r}")
    return found[1].decode()


async def _weight(port: int) -> int:
    """Bytes on the wire of the home page and of every file that it names."""
    connection = await Connection.open(port)
    _, page = await connection.send(get(port, "/"))
    files = sorted(set(re.findall(rb'"(/s/[^"#]+)', page)))
    if len(files) + 1 > MOST_REQUESTS:
        raise RuntimeError(f"{len(files) + 1} requests")
    total = len(page)
    for path in files:
        total += len((await connection.send(get(port, path.decode(), "Accept-Encoding: gzip\r\n")))[1])
    connection.close()
    return total


async def measures(url: str, settings: Settings, reference: str) -> list[Measure]:
    """Filing by form on 32 connections; the page of the dossier `reference`, alone."""
    environment = os.environ | {"REGISTRE_DIR": str(settings.directory)}
    with (
        serving(create_bare, url) as reference_server,
        projecting(url, environment),
        serving(create_app, settings, url, True) as server,
    ):
        bare, ours = reference_server.port, server.port
        csrf, number = await csrf_token(ours), itertools.count()
        weight = await _weight(ours)
        await rest(ours)
        visits, filings = [], []
        for _ in range(ROUNDS + 1):
            row_ms = await median_ms(bare, "/")
            visits.append((await median_ms(ours, f"/dossiers/{reference}"), row_ms))
            plain = await rate(bare, 32, _forms(bare, "/", csrf, number), 303)
            filings.append((await rate(ours, 32, _forms(ours, "/dire/deposer", csrf, number), 303), plain))
            await rest(ours)
    return [
        measured(FORM, *typical(filings[1:]), "req/s"),
        measured("page of a dossier, p50 / bare handler, one row", *typical(visits[1:]), "ms"),
        measured("first visit of the home page, all requests / 100 kB", weight / 1000, 100, "kB"),
    ]
