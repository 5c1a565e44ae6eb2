"""Acts a second through the ledger, against plain one-row INSERTs on the same server."""

import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import ClassVar

import psycopg

from bench.measure import Measure, measured, median_ms, rate, typical
from domain.ledger.command import Command
from domain.ledger.deciding import Act
from domain.ledger.event import Event
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from projections import collector
from web.settings import Settings

ROUNDS = 9  # after one that warms up


class Mesure(Event, frozen=True, kw_only=True):
    """An act of the bench, about as long as a usual one."""

    TOPIC: ClassVar[str] = "mesures/Mesure/1"
    rang: int
    objet: str


@dataclass
class Mesurer(Command):
    """Reads its stream, checks that it grows, adds one event."""

    stream: str
    rang: int = field(default=0, init=False)

    def reads(self) -> list[str]:
        return [self.stream]

    def know(self, event: Event) -> None:
        assert isinstance(event, Mesure)
        self.rang = event.rang

    def decide(self) -> Iterable[Event]:
        yield Mesure(rang=self.rang + 1, objet="Création d'une placette ombragée devant la Maison de la Métropole")


def plain_rate(url: str, connections: int, total: int) -> float:
    """Commits a second of `INSERT` of one row of 400 bytes with a primary key, one thread a connection."""
    with psycopg.connect(url, autocommit=True) as setup:
        setup.execute("CREATE SCHEMA IF NOT EXISTS bench")
        setup.execute("DROP TABLE IF EXISTS bench.plain")
        setup.execute("CREATE TABLE bench.plain (id bigint PRIMARY KEY, body bytea NOT NULL)")
    body, numbers, lock = b"x" * 400, iter(range(total)), threading.Lock()

    def work() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                connection.execute("INSERT INTO bench.plain VALUES (%s, %s)", (number, body))

    threads = [threading.Thread(target=work) for _ in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total / (time.perf_counter() - start)


async def plain_ms(url: str, times: int) -> float:
    """Median time of one `INSERT` commit on one asynchronous connection, in milliseconds."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("CREATE TABLE IF NOT EXISTS bench.one (body bytea NOT NULL)")
        return await median_ms(times, lambda: connection.execute("INSERT INTO bench.one VALUES (%s)", (b"x" * 400,)))


def filing(ledger: Ledger, prefix: str) -> Callable[[int], Awaitable[Act]]:
    return lambda number: ledger.execute(Mesurer(f"mesures/{prefix}-{number}"))


async def _file_next(ledger: Ledger, prefix: str, numbers: Iterator[int]) -> Act:
    return await ledger.execute(Mesurer(f"mesures/{prefix}-{next(numbers)}"))


async def measures(url: str, settings: Settings) -> list[Measure]:
    """Throughput with 256 and 32 submitters, latency of one act alone."""
    ledger = Ledger(url, settings.origin(demonstration=True), Vault(settings.master_key()))
    await ledger.start()
    collector.loaded()  # as the processes of the server do
    try:
        crowd, few, alone = [], [], []
        for turn in range(ROUNDS + 1):
            plain = plain_rate(url, 16, 3000)
            crowd.append((await rate(256, 8000, filing(ledger, f"a{turn}")), plain))
            few.append((await rate(32, 3000, filing(ledger, f"b{turn}")), plain))
            one = await plain_ms(url, 150)
            alone.append((await median_ms(150, partial(_file_next, ledger, f"c{turn}", count())), one))
    finally:
        await ledger.stop()
    ledgers = "acts through the ledger, {} submitters / plain INSERT, 16 connections"
    return [
        measured(ledgers.format(256), *typical(crowd[1:]), "acts/s"),
        measured(ledgers.format(32), *typical(few[1:]), "acts/s"),
        measured("one act alone / one plain INSERT commit", *typical(alone[1:]), "ms"),
    ]
