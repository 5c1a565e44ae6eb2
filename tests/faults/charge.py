"""Many people who file at once, never give up, and what must be true of the register afterwards."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, LiteralString

import httpx
import msgspec
import psycopg

from domain.ledger import store
from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from domain.propositions.deposer_proposition import DeposerProposition
from projections.catalogue import PROJECTIONS
from projections.live import LOCK
from projections.rebuild import rebuild
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"
VAULT = Vault(b"k" * 32)
CLIENTS = 32
AGAIN = 96
PATIENCE = 90.0  # seconds, on a busy machine
NOT_YET = "Cette page le montrera dans un instant"

Answer = dict[str, Any]


class Load:
    """Clients that file through the API until they are told to stop; each filing is sent again, with the same key,
    until it is answered. `statuses` counts every answer, `lost` the connections that broke."""

    def __init__(self, *urls: str, clients: int = CLIENTS, mark: str = "charge") -> None:
        self.urls, self.clients, self.mark = urls, clients, mark
        self.answers: dict[str, Answer] = {}
        self.statuses: Counter[int] = Counter()
        self.lost = 0
        self.wrong: list[str] = []
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Load":
        self._tasks = [asyncio.create_task(self._client(number)) for number in range(self.clients)]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Waits until each filing under way is answered."""
        self._stopping = True
        if kind is not None:
            for task in self._tasks:
                task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.gather(*self._tasks), PATIENCE)

    async def grow(self, more: int, seconds: float = PATIENCE) -> None:
        """Waits until so many more filings are answered."""
        wanted = len(self.answers) + more
        async with asyncio.timeout(seconds):
            while len(self.answers) < wanted:
                assert not self.wrong, self.wrong[:3]
                await asyncio.sleep(0.02)

    async def _client(self, number: int) -> None:
        done = 0
        url = self.urls[number % len(self.urls)]
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            while not self._stopping:
                done += 1
                key = f"{self.mark}-{number}-{done}"
                self.answers[key] = await self._file(client, key)

    async def _file(self, client: httpx.AsyncClient, key: str) -> Answer:
        while True:
            try:
                answer = await client.post("/api/propositions", json=body(key), headers={"Idempotency-Key": key})
            except httpx.TransportError:
                self.lost += 1
                await asyncio.sleep(0.05)
                continue
            self.statuses[answer.status_code] += 1
            if answer.status_code in (200, 201):
                found: Answer = answer.json()
                return found
            if answer.status_code != 503 or "retry-after" not in answer.headers:
                self.wrong.append(f"{answer.status_code} {dict(answer.headers)} {answer.text[:300]}")
                raise AssertionError(self.wrong[-1])
            await asyncio.sleep(0.1)

    async def again(self) -> None:
        """Filings from the first to the last, sent once more on every address, get their first answer."""
        some = list(self.answers)[:: max(1, len(self.answers) // AGAIN)]
        for url in self.urls:
            async with httpx.AsyncClient(base_url=url, timeout=30) as client:
                for at in range(0, len(some), CLIENTS):
                    part = some[at : at + CLIENTS]
                    same = await asyncio.gather(*(self._file(client, key) for key in part))
                    assert same == [self.answers[key] for key in part]


def body(key: str) -> dict[str, str]:
    return {"texte": f"Un banc, {key}", "prenom": "Zoé", "lecture": "tous_avec_prenom"}


async def file_directly(urls: Urls, acts: int, mark: str = "direct") -> int:
    """Files so many propositions through a ledger of this process; the last position."""
    ledger = Ledger(urls.app, ORIGIN, VAULT)
    await ledger.start()
    try:
        filed = await asyncio.gather(*(ledger.execute(_filing(f"{mark}-{number}")) for number in range(acts)))
        return max(act.position for act in filed)
    finally:
        await ledger.stop()


def _filing(key: str) -> DeposerProposition:
    code = hashlib.sha256(key.encode()).hexdigest()
    return DeposerProposition(
        acteur="", le=date(2026, 11, 20), instance="gepi", texte=body(key)["texte"], code_empreinte=code, canal="ecrit"
    )


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162, 2.1.1."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


async def check_register(urls: Urls, loads: Sequence[Load] = ()) -> int:
    """Positions and versions without hole, the root in SQL equal to the one computed here, every answered act there
    and none twice. Returns the size."""
    async with await psycopg.AsyncConnection.connect(urls.app, autocommit=True) as connection:
        await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
        async with connection.transaction():
            [(size, head)] = await (await connection.execute("SELECT size, root FROM ledger.head")).fetchall()
            rows = await (
                await connection.execute(
                    "SELECT notification_id, originator_version, state FROM ledger.stored_events ORDER BY 1"
                )
            ).fetchall()
            texts = await store.reveal(connection, VAULT, [position for position, _, _ in rows])
    assert [position for position, _, _ in rows] == list(range(1, size + 1)), "a hole between positions"
    leaves = [leaf_hash(state) for _, _, state in rows]
    assert root(leaves) == head, "the root kept in SQL is not that of the entries"
    versions: Counter[str] = Counter()
    for _, version, state in rows:
        entry = decode_entry(state)
        versions[entry.s] += 1
        assert entry.n == version == versions[entry.s], f"a hole in {entry.s}"
    filed = Counter(str(values["texte"]) for values in texts.values() if "texte" in values)
    for load in loads:
        _check_load(load, leaves, texts, filed)
    return int(size)


def _check_load(load: Load, leaves: list[bytes], texts: dict[int, dict[str, Any]], filed: Counter[str]) -> None:
    assert not load.wrong, load.wrong[:3]
    assert load.answers, "nothing was filed"
    for key, answer in load.answers.items():
        text = body(key)["texte"]
        assert filed[text] == 1, f"{key} was answered and is there {filed[text]} times"
        assert texts[answer["position"]]["texte"] == text
        assert leaves[answer["index"]].hex() == answer["leaf_hash"]
    for name in ("reference", "position", "leaf_hash"):
        assert len({answer[name] for answer in load.answers.values()}) == len(load.answers), name
    known = {body(key)["texte"] for key in load.answers}
    assert not [t for t in filed if t.startswith(f"Un banc, {load.mark}-") and t not in known], "an act nobody made"


async def check_projections(urls: Urls, size: int, seconds: float = 20) -> None:
    """They reach the head by themselves, under one runner, and a rebuild finds them equal."""
    async with await psycopg.AsyncConnection.connect(urls.app, autocommit=True) as connection:
        await reach(connection, "SELECT position FROM projections.tracking", size, seconds)
        assert await runners(connection) == 1
    done = await rebuild(urls.app, VAULT, PROJECTIONS)
    assert done.switched and done.events >= size, msgspec.json.encode(done)


async def reach(connection: psycopg.AsyncConnection[Any], query: LiteralString, size: int, seconds: float = 20) -> None:
    """Waits until this number has reached the size."""
    async with asyncio.timeout(seconds):
        while True:
            row = await (await connection.execute(query)).fetchone()
            if row is not None and (row[0] or 0) >= size:
                return
            await asyncio.sleep(0.05)


async def runners(connection: psycopg.AsyncConnection[Any]) -> int:
    """How many connections hold the runner's lock on this database."""
    rows = await connection.execute(
        "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = %s"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        (LOCK,),
    )
    [(count,)] = await rows.fetchall()
    return int(count)
