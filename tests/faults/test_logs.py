"""What the processes of a server print: no code, no address, no word of a person, no network address."""

import asyncio
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psycopg
import pytest

from tests.conftest import Server
from tests.faults.conftest import SECRET
from tests.faults.served import Person, Served, served, wait_projected
from tests.faults.surgery import superuser
from tests.faults.sweep import raw
from web.courrier.seals import Seals
from web.embedded import Urls

TEXT, NAME, CONTACT = "Je raconte ma vie privée ici", "Zwingelberthe", "moi.meme@exemple.fr"
FOLLOWS, WORKS, AWAY = "suit.le.dossier@exemple.fr", "coordination@demonstration.example", "203.0.113.9"
FILED = {"texte": TEXT, "prenom": NAME, "lecture": "tous_avec_prenom", "reponse_par": "courriel", "contact": CONTACT}


@pytest.fixture
def secrets() -> set[str]:
    """Everything that no log may say."""
    return {TEXT, NAME, CONTACT, FOLLOWS, WORKS, AWAY, "127.0.0.1", "::1", "exemple.fr"}


def test_nothing_of_a_person_is_logged(server: Server, base: Urls, directory: Path, secrets: set[str]) -> None:
    settings = {"SMTP_URL": "smtp://127.0.0.1:1"}  # nobody is there
    with served(base, directory, "serve", **settings) as site:
        with closing(Person(site)) as person:
            person.headers["X-Forwarded-For"] = AWAY
            reference = live(site, person, base, secrets)
            break_things(server, base, person, reference)
        asyncio.run(strange(site))
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'registre_app'"
            connection.execute(cut)
        httpx.get(f"{site.url}/dossiers/{reference}", headers={"X-Forwarded-For": AWAY}, timeout=20)
    log = site.log
    assert "unforeseen: WrongMasterKey" in log, log
    said = sorted(secret for secret in secrets if secret.lower() in log.lower())
    assert not said, (said, [line for line in log.splitlines() if any(s.lower() in line.lower() for s in said)][:5])
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", log)
    assert not re.search(r'"(GET|POST) /', log), "an access log"


def live(site: Served, person: Person, base: Urls, secrets: set[str]) -> str:
    """Files, follows with the code and by mail, signs in by a link; the reference."""
    filed = person.post("/api/propositions", json=FILED, headers={"Idempotency-Key": "journal"}).json()
    reference, words = str(filed["reference"]), filed["code"]
    secrets |= {" ".join(words), "-".join(words), "+".join(words), filed["leaf_hash"]}
    wait_projected(base, filed["position"])
    assert person.submit("/suivi", code=" ".join(words)).status_code == 303
    assert person.submit("/suivi", code="un deux trois quatre").status_code in (422, 429)
    assert person.submit(f"/suivre/{reference}", courriel=FOLLOWS, rythme="tout_de_suite").status_code == 303
    assert person.submit("/connexion", courriel=WORKS).status_code == 303
    link = next(mail["url"] for mail in mails(base) if "/connexion/lien/" in mail["url"])
    secrets.add(link.rpartition("/")[2])
    path = httpx.URL(link).path
    assert person.submit(path).status_code == 303
    secrets |= {str(value) for value in person.cookies.values()}
    assert person.get(f"/bureau/propositions/{reference}").status_code == 200
    person.post(f"/bureau/propositions/{reference}/qualifier", data={"qualifier-titre": TEXT})
    return reference


def mails(base: Urls) -> list[dict[str, Any]]:
    """What waits in the outbox."""
    with psycopg.connect(base.app) as connection:
        rows = connection.execute("SELECT id, sealed FROM web.outbox WHERE sealed IS NOT NULL").fetchall()
    return [msgspec.json.decode(Seals(SECRET).open(sealed, id_.bytes)) for id_, sealed in rows]


def break_things(server: Server, base: Urls, person: Person, reference: str) -> None:
    """A value that no longer opens: the pages that need it fail, for good reason."""
    with superuser(server, base) as connection:
        last = "position = (SELECT max(position) FROM ledger.disclosures)"
        connection.execute(f"UPDATE ledger.disclosures SET sealed = '\\x00' WHERE {last}".encode())
    assert person.get(f"/bureau/propositions/{reference}").status_code == 500


async def strange(site: Served) -> None:
    for request in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01" + TEXT.encode(), f"{TEXT} / {CONTACT}\r\n\r\n".encode()):
        await raw(site, request)
