"""An event that a newer program wrote: its dossier waits, everything else goes on, nothing is skipped."""

import asyncio
import json
from contextlib import closing
from typing import Any, ClassVar
from uuid import uuid4

import httpx
import psycopg

from domain.ledger.event import TOPICS, Event, stream_id
from projections.catalogue import PROJECTIONS
from projections.live import Live
from tests.faults.charge import NOT_YET, ORIGIN, VAULT, body, reach
from tests.faults.conftest import SECRET
from tests.faults.served import Person
from tests.site import Site
from web.demonstration.acts import code
from web.embedded import Urls

TOPIC = "propositions/PropositionDuFutur/1"
STREAM = "propositions/GEPI-2026-0002"
HERE = "/dossiers/GEPI-2026-0002"
APPEND = """SELECT ledger.append(ARRAY[%s::uuid], ARRAY[%s::bigint], ARRAY[%s], ARRAY[%s::bytea], ARRAY[%s::uuid],
    '{}'::uuid[], '{}'::bigint[])"""
ELSEWHERE = (
    "/", "/dossiers/GEPI-2026-0001", "/dossiers/GEPI-2026-0001.json", "/instances/gepi",
    "/recherche?q=banc", "/journal", "/journal/3", "/api/propositions", "/api/journal", "/opendata", "/retards",
    "/bureau", "/suivi", f"{HERE}.atom", "/dossiers/GEPI-2026-0001.atom", "/instances/gepi.atom",
    "/instances/solidarites.atom", "/recherche.atom?q=banc", "/recherche.atom",
)  # fmt: skip
OF_IT = (HERE, f"{HERE}?au=2026-11-20", f"{HERE}.json", "/api/dossiers/GEPI-2026-0002",
         "/bureau/propositions/GEPI-2026-0002")  # fmt: skip


def write_future(urls: Urls) -> int:
    """Appends it as the owner of the tables; its position."""
    with psycopg.connect(urls.migrations) as connection:
        last = "SELECT max(originator_version) FROM ledger.stored_events WHERE originator_id = %s"
        [(version,)] = connection.execute(last, (stream_id(STREAM),)).fetchall()
        entry: dict[str, Any] = {
            "d": {"champ": "valeur"}, "e": TOPIC, "enregistre_le": "2026-11-21T08:00:00Z", "n": version + 1,
            "o": ORIGIN, "s": STREAM, "survenu_le": "2026-11-21", "v": 1,
        }  # fmt: skip
        state = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
        [(base,)] = connection.execute(APPEND, (stream_id(STREAM), version + 1, TOPIC, state, uuid4())).fetchall()
    return int(base) + 1


async def test_its_dossier_waits_and_everything_else_goes_on(site: Site, base: Urls) -> None:
    position = write_future(base)
    await halted(site, TOPIC)
    with closing(Person(site, "animation-gepi")) as person:
        await asyncio.to_thread(visit, person, position)
    await resumes(site, base, position)


def visit(person: Person, position: int) -> None:
    """Everything else is read and written; its own dossier says when to come back."""
    filed = person.post("/api/propositions", json=body("a"), headers={"Idempotency-Key": "apres"})
    assert filed.status_code == 201
    for path in (*ELSEWHERE, f"/journal/{position - 1}", f"/recu/{position - 1}"):
        assert person.get(path).status_code == 200, path
    own = person.get(f"/dossiers/{filed.json()['reference']}?vu={filed.json()['position']}")
    assert own.status_code == 200 and NOT_YET in own.text
    for path in OF_IT:
        answer = person.get(path)
        assert (answer.status_code, answer.headers.get("retry-after")) == (503, "5"), path
        assert "version plus récente de Registre" in answer.text and "Traceback" not in answer.text
    act = "/api/propositions/GEPI-2026-0002/retirer"
    refused = person.post(act, json={"code": code(1, SECRET)}, headers={"Idempotency-Key": "non"})
    assert refused.status_code == 503, refused.text


async def halted(site: Site, topic: str) -> None:
    """`/sante/pret` says 503 and why."""
    async with httpx.AsyncClient(base_url=site.url) as client, asyncio.timeout(20):
        while True:
            answer = await client.get("/sante/pret")
            if answer.status_code == 503 and topic in (answer.json()["arret"] or ""):
                return
            await asyncio.sleep(0.05)


async def resumes(site: Site, base: Urls, position: int) -> None:
    """Nothing was skipped; a program that knows the event goes on from there."""
    async with await psycopg.AsyncConnection.connect(base.app, autocommit=True) as connection:
        tracking = "SELECT position FROM projections.tracking"
        assert await (await connection.execute(tracking)).fetchone() == (position - 1,)
        await asyncio.to_thread(site.stop)

        class PropositionDuFutur(Event, frozen=True, kw_only=True):
            """What the newer program has."""

            TOPIC: ClassVar[str] = "propositions/PropositionDuFutur/1"
            champ: str

        live = Live(base.app, VAULT, PROJECTIONS)
        try:
            await live.catch_up()
            assert live.halted is None
            await reach(connection, tracking, position + 1, 5)
        finally:
            await live.close()
            del TOPICS[TOPIC]
