"""Reading the register: replay, rebuild and verification, against the same bytes read and hashed plainly."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psycopg

from bench.measure import Measure, measured, typical
from domain.ledger.entry import recorded
from domain.ledger.vault import Vault
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild

ROUNDS = 5  # after one that warms up
CHUNK = 5000


async def read_rate(url: str, handle: Callable[[int, bytes], object]) -> float:
    """Events a second through a server-side binary cursor, each handed to `handle`."""
    async with await psycopg.AsyncConnection.connect(url) as connection, connection.cursor("r", binary=True) as cursor:
        start, count = time.perf_counter(), 0
        await cursor.execute("SELECT notification_id, state FROM ledger.stored_events ORDER BY 1")
        while rows := await cursor.fetchmany(CHUNK):
            for position, state in rows:
                handle(position, state)
            count += len(rows)
        return count / (time.perf_counter() - start)


async def measures(url: str, vault: Vault) -> list[Measure]:
    """Replay against a raw cursor with decode; rebuild against the same, with and without full text."""
    raw = msgspec.json.Decoder()
    rows_only = [projection for projection in PROJECTIONS if projection.NAME != "recherche"]
    ours, light = [], []
    for _ in range(ROUNDS + 1):
        plain = await read_rate(url, lambda _, state: raw.decode(state))
        ours.append((await read_rate(url, recorded), plain))
        done = await rebuild(url, vault, rows_only, accept=True)
        light.append((done.events / done.seconds, plain))
    done = await rebuild(url, vault, PROJECTIONS, accept=True)
    whole = done.events / done.seconds, light[-1][1]
    return [
        measured("replay (read, decode, dispatch) / raw cursor with decode", *typical(ours[1:]), "events/s"),
        measured("rebuild of all projections but full text / raw cursor with decode", *typical(light[1:]), "events/s"),
        measured("rebuild of all projections, full text too / raw cursor with decode", *whole, "events/s"),
    ]


def verification(bundle: Path) -> Measure:
    """The stand-alone verifier over an exported register, against one SHA-256 pass over the bytes that it reads."""
    files = [path for path in bundle.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    start = time.perf_counter()
    for path in files:
        hashlib.sha256(path.read_bytes()).digest()
    plain = size / (time.perf_counter() - start)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, str(bundle / "verifier.py"), str(bundle), "--json"], check=True, capture_output=True
    )
    ours = size / (time.perf_counter() - start)
    return measured(
        "verification of a register / one SHA-256 pass over the same bytes", ours / 1e6, plain / 1e6, "MB/s"
    )
