"""Filing over HTTP and the page of a dossier, against a bare handler on the same machine, in the same run."""

import statistics
import time

from bench.client import Connection, get

FILINGS, ROUNDS, VISITS = 3000, 3, 400


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
