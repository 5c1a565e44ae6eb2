"""The signed promise of a receipt, and the proof that keeps it."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from projections.merkle import inclusion_proof
from projections.notes import Promise, ProofFile, SigningKey
from web.journal.keys import promise_key
from web.journal.reading import Fact, Published, proof_reader
from web.services import Services

DELAY = timedelta(seconds=60)


@lru_cache(maxsize=4)
def held_key(directory: Path, origin: str) -> SigningKey:
    """The key of promises, read once a process."""
    return promise_key(directory, origin)


def deadline(fact: Fact) -> datetime | None:
    """Before when a checkpoint covers the event: a minute after it was recorded. None for undated batches."""
    return fact.recorded + DELAY if fact.recorded is not None else None


def promise_note(services: Services, fact: Fact) -> str | None:
    """The signed promise of this event. It depends on nothing but the entry: asked again, it is the same bytes."""
    before = deadline(fact)
    if before is None:
        return None
    key = held_key(services.settings.directory, services.ledger.origin)
    return key.sign(Promise(services.ledger.origin, fact.leaf, fact.index, before).text)


async def inclusion(services: Services, fact: Fact, covering: Published) -> list[bytes]:
    """The path from this leaf to the root of a published checkpoint that covers it."""
    return inclusion_proof(await proof_reader(services, fact.index, covering.size), fact.index, covering.size)


async def proof_file(services: Services, fact: Fact, covering: Published) -> bytes:
    """`<index>.tlog-proof` (c2sp.org/tlog-proof@v1)."""
    path = await inclusion(services, fact, covering)
    return ProofFile(fact.index, path, covering.note.encode()).encode()
