"""Loads the demonstration territory once; a load that was cut goes on where it stopped."""

import hashlib
from collections.abc import Callable
from datetime import date

from domain.ledger.ledger import Ledger
from domain.ledger.store import Once
from web.demonstration import frame
from web.demonstration.acts import meetings, steps

Progress = Callable[[int, int], None]


async def load(ledger: Ledger, today: date, secret: bytes, progress: Progress = lambda done, total: None) -> int:
    """Files every act of the demonstration that is not there yet; returns how many there are.

    Each act has its own idempotency key, so that a load may be cut and started again. Dates count back from the day
    of the first load: an act that is there keeps its own.
    """
    framed = list(frame.commands())
    told = steps(today, secret)
    announced = meetings(today)
    total = len(framed) + len(told) + len(announced)
    for done, (key, command) in enumerate(framed, start=1):
        await ledger.execute(command, _once(f"cadre/{key}"))
        progress(done, total)
    references: dict[int, str] = {}
    for done, step in enumerate(told, start=len(framed) + 1):
        act = await ledger.execute(step.make(references.get(step.place, "")), _once(step.key))
        references.setdefault(step.place, act.reference)
        progress(done, total)
    for done, (key, command) in enumerate(announced, start=len(framed) + len(told) + 1):
        await ledger.execute(command, _once(key))
        progress(done, total)
    return total


def _once(key: str) -> Once:
    digest = hashlib.sha256(f"demonstration\0{key}".encode()).digest()
    return Once(digest, digest)
