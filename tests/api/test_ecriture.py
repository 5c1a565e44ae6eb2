"""Writing by the API: one act, its receipt, the same answer when it is sent again; and every kind of bad input."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.identifiers import affiche_code
from domain.ledger.entry import leaf_hash
from tests.acces.office import Office, open_office
from tests.monde import instance
from web.acces.sessions import new_token
from web.embedded import Urls

TEXT = "Un banc devant la mairie, s’il vous plaît."


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write("instances/gepi", instance())
        yield found


async def send(office: Office, body: Any = None, key: str = "cle-1", path: str = "", token: str = "") -> httpx.Response:
    headers = {"Idempotency-Key": key} | ({"Authorization": f"Bearer {token}"} if token else {})
    return await office.client.post(f"/api/propositions{path}", json=body, headers=headers)


async def size(office: Office) -> int:
    [(found,)] = await office.services.fetch("SELECT size FROM ledger.head")
    return int(found)


def refused(answer: httpx.Response, status: int, rule: str = "", field: str = "") -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status and told["detail"] and told["conseil"]
    if rule:
        assert told["regle"] == rule and told["type"] == f"/regles/{told['fondement']}"
    if field:
        assert told["champ"] == field


async def test_an_act_answers_its_receipt(office: Office) -> None:
    answer = await send(office, {"texte": TEXT})
    assert answer.status_code == 201
    told = answer.json()
    assert told["reference"].startswith("GEPI-20") and told["position"] == told["index"] + 1 == await size(office)
    assert told["recu"] == f"/recu/{told['index']}" and len(told["code"]) == 4
    [(state,)] = await office.services.fetch(
        "SELECT state FROM ledger.stored_events WHERE notification_id = %s", (told["position"],)
    )
    assert leaf_hash(bytes(state)).hex() == told["leaf_hash"] and TEXT.encode() not in bytes(state)
    assert told["promesse"].splitlines()[2] == str(told["index"])
    assert (await office.client.get(told["recu"])).status_code == 200
    assert (await office.client.get(answer.headers["location"])).json()["etat"] == "recue"


async def test_sent_again_it_is_the_same_act_and_the_same_answer(office: Office) -> None:
    first = await send(office, {"texte": TEXT})
    again, *others = await asyncio.gather(*(send(office, {"texte": TEXT}) for _ in range(5)))
    assert again.status_code == 200 and again.json() == first.json()
    assert all(other.json() == first.json() for other in others)
    refused(await send(office, {"texte": "Autre chose."}), 409)
    assert await size(office) == first.json()["position"]
    assert (await send(office, {"texte": TEXT}, key="cle-2")).json()["reference"] != first.json()["reference"]


@pytest.mark.parametrize(
    ("body", "status", "rule", "field"),
    [
        ({"texte": "  "}, 422, "TexteVide", "texte"),
        ({"texte": "é" * 20_000}, 422, "TexteTropLong", "texte"),
        ({"texte": TEXT, "lecture": "tous_avec_prenom"}, 422, "PrenomAbsent", "prenom"),
        ({"texte": TEXT, "canal": "avec_aide"}, 422, "RelectureManquante", "relue"),
        ({"texte": TEXT, "reponse_par": "courriel", "contact": "x"}, 422, "CourrielInvalide", "contact"),
        ({"texte": TEXT, "territoire": "99999"}, 404, "CommuneInconnue", "territoire"),
        ({"texte": TEXT, "instance": "inconnue"}, 404, "InstanceInconnue", "instance"),
        ({"texte": TEXT, "instance": "../x"}, 404, "InstanceInconnue", "instance"),
        ({"texte": TEXT, "lecture": "personne"}, 400, "", ""),
        ({"texte": TEXT, "inconnu": 1}, 400, "", ""),
        ({"texte": 3}, 400, "", ""),
        ({"texte": None}, 400, "", ""),
        ({}, 400, "", ""),
        ([], 400, "", ""),
        (3, 400, "", ""),
        ({"texte": TEXT, "canal": "session"}, 401, "", ""),
    ],
)
async def test_what_is_refused_writes_nothing(office: Office, body: Any, status: int, rule: str, field: str) -> None:
    before = await size(office)
    refused(await send(office, body), status, rule, field)
    assert await size(office) == before


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"texte": "\xff"}', "application/json", 400),
        (b'{"texte": "\\ud800"}', "application/json", 400),
        (b"[" * 30_000, "application/json", 400),
        (b"NaN", "application/json", 400),
        (b'{"texte": "x"}', "text/plain", 415),
        (b"texte=x", "application/x-www-form-urlencoded", 415),
        (b'{"texte": "x"}', "", 415),
        (b"x" * 70_000, "application/json", 413),
    ],
)
async def test_bodies_that_cannot_be_read(office: Office, content: bytes, kind: str, status: int) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": kind}
    refused(await office.client.post("/api/propositions", content=content, headers=headers), status)


@pytest.mark.parametrize("key", [b"", "é".encode(), b"a b", b"x" * 201])
async def test_writing_takes_an_idempotency_key(office: Office, key: bytes) -> None:
    answer = await office.client.post("/api/propositions", json={"texte": TEXT}, headers={b"Idempotency-Key": key})
    refused(answer, 400)
    refused(await office.client.post("/api/propositions", json={"texte": TEXT}), 400)


async def test_another_site_cannot_write(office: Office) -> None:
    headers = {"Idempotency-Key": "k", "Origin": "https://ailleurs.example"}
    refused(await office.client.post("/api/propositions", json={"texte": TEXT}, headers=headers), 403)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "e\u0301te\u0301 🌳", "a\x00b\x1b[31m", "\u202eabc"])
async def test_strange_texts_are_texts(office: Office, text: str) -> None:
    answer = await send(office, {"texte": text, "lecture": "tous_sans_nom"})
    assert answer.status_code == 201
    shown = (await office.client.get(f"/dossiers/{answer.json()['reference']}")).text
    assert "<script>alert" not in shown and "\x00" not in shown


async def test_the_office_acts_with_a_token(office: Office) -> None:
    filed = (await send(office, {"texte": TEXT})).json()
    path = f"/{filed['reference']}/qualifier"
    body = {"theme": "cadre_de_vie", "competence": "commune", "titre": "Un banc devant la mairie"}
    refused(await send(office, body, path=path), 401)
    refused(await send(office, body, path=path, token="faux"), 401)
    other = await office.appoint("comet@exemple.fr", "animation", "comet")
    refused(await send(office, body, path=path, token=await new_token(office.services, other, "essai")), 403,
            "FonctionManquante")  # fmt: skip
    token = await new_token(office.services, await office.appoint("gepi@exemple.fr", "animation", "gepi"), "essai")
    done = await send(office, body, path=path, token=token)
    assert done.status_code == 201 and done.json()["reference"] == filed["reference"] and "code" not in done.json()
    assert (await send(office, body, path=path, token=token)).json() == done.json()
    refused(await send(office, body, key="autre", path=path, token=token), 409, "DejaQualifiee")
    await office.services.watcher.wait_for(done.json()["position"])
    assert (await office.client.get(f"/api/dossiers/{filed['reference']}")).json()["titre"] == body["titre"]
    refused(await send(office, body, path=f"/{filed['reference']}/detruire", token=token), 404)
    refused(await send(office, body, key="b", path="/GEPI-2026-9999/qualifier", token=token), 404)
    refused(await send(office, {"titre": "x"}, key="c", path=path, token=token), 400)


async def test_a_session_is_filed_by_who_holds_it(office: Office) -> None:
    token = await new_token(office.services, await office.appoint("gepi@exemple.fr", "animation", "gepi"), "essai")
    done = await send(office, {"texte": TEXT, "canal": "session"}, token=token)
    assert done.status_code == 201
    act = (await office.client.get(f"/api/dossiers/{done.json()['reference']}")).json()["actes"][0]
    assert act["donnees"]["par"] == "animation:gepi"


async def test_the_author_acts_with_the_code(office: Office) -> None:
    filed = (await send(office, {"texte": TEXT})).json()
    code, path = affiche_code(filed["code"]), f"/{filed['reference']}"
    wrong = {"code": "tasse rivière marché lundi", "texte": "Et un arbre."}
    refused(await send(office, wrong, path=f"{path}/completer"), 403, "CodeFaux", "code")
    refused(await send(office, {"code": "un", "texte": "x"}, path=f"{path}/completer"), 422)
    refused(await send(office, {"code": code}, path=f"{path}/compris"), 422, "PasEncoreDeReponse")
    assert (await send(office, {"code": code, "texte": "Et un arbre."}, path=f"{path}/completer")).status_code == 201
    gone = await send(office, {"code": code, "effacement_souhaite": True}, path=f"{path}/retirer")
    assert gone.status_code == 201
    refused(await send(office, {"code": code}, key="b", path=f"{path}/retirer"), 409)


async def test_guessing_codes_is_slowed(office: Office) -> None:
    filed = (await send(office, {"texte": TEXT})).json()
    body = {"code": "tasse rivière marché lundi"}
    answers = [await send(office, body, path=f"/{filed['reference']}/compris") for _ in range(12)]
    refused(answers[-1], 429)
    assert {answer.status_code for answer in answers} == {403, 429}
