"""The office by program: instances, communes, functions, meetings, sessions, erasures, with a token and a key."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import monde
from tests.acces.office import Office, open_office
from tests.propositions import histoire as h
from web.acces.persons import today
from web.acces.sessions import new_token
from web.embedded import Urls

FONCTIONS = (("administration", None), ("animation", "gepi"), ("protection_donnees", None), ("coordination", None))


class Programmes:
    """One token for each function; `post` writes with a fresh key unless one is given."""

    def __init__(self, office: Office, tokens: dict[str, str]) -> None:
        self.office, self.tokens = office, tokens

    async def post(self, path: str, body: Any, who: str = "administration", key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid4()), "Authorization": f"Bearer {self.tokens[who]}"}
        return await self.office.client.post(path, json=body, headers=headers)

    async def get(self, path: str, who: str) -> httpx.Response:
        return await self.office.client.get(path, headers={"Authorization": f"Bearer {self.tokens[who]}"})

    async def written(self, path: str, body: Any, who: str = "administration") -> dict[str, Any]:
        """Written once, however often it is sent."""
        key = str(uuid4())
        first, again = [await self.post(path, body, who, key) for _ in range(2)]
        assert (first.status_code, again.status_code) == (201, 200), (first.text, again.text)
        assert first.json() == again.json()
        found: dict[str, Any] = first.json()
        assert found["recu"] == f"/recu/{found['index']}" and found["promesse"]
        assert (await self.office.client.get(first.headers["location"])).status_code == 200
        assert await self.office.services.watcher.wait_for(found["position"], 5)
        return found


@pytest.fixture
async def programmes(database: Urls, tmp_path: Path) -> AsyncIterator[Programmes]:
    async with open_office(database, tmp_path) as office:
        await office.write("instances/gepi", monde.instance())
        tokens = {}
        for fonction, instance in FONCTIONS:
            person = await office.appoint(f"{fonction}@x.example", fonction, instance)
            tokens[fonction] = await new_token(office.services, person, "essai")
        yield Programmes(office, tokens)


async def test_instances_and_communes(programmes: Programmes) -> None:
    day = "2020-07-01"
    ctm = {"instance": "ctm-lones", "nom": "Lônes", "sigle": "CTM", "type": "ctm", "du": day, "source": "essai"}
    assert (await programmes.written("/api/instances", ctm))["reference"] == "ctm-lones"
    name = {"nom": "Lônes et coteaux du Rhône", "source": "essai"}
    await programmes.written("/api/instances/ctm-lones/appellations", name)
    oullins = {"insee": "69149", "nom": "Oullins", "siren": "216901496", "ctm": "ctm-lones", "population_annee": 2020,
               "population_municipale": 26_994, "du": "2015-01-01", "source": "INSEE"}  # fmt: skip
    await programmes.written("/api/communes", oullins)
    await programmes.written(
        "/api/communes", oullins | {"insee": "69152", "nom": "Pierre-Bénite", "siren": "216901520"}
    )
    depuis = {"depuis": "2024-01-01", "source": "essai"}
    await programmes.written("/api/communes/69152/rattacher", depuis | {"a": "69149"})
    both = {"nom": "Oullins-Pierre-Bénite", "siren": "200102762", "absorbees": ["69152"], "population_annee": 2021,
            "population_municipale": 37_000}  # fmt: skip
    await programmes.written("/api/communes/69149/fusionner", depuis | both)
    rows = await programmes.office.services.fetch("SELECT nom FROM communes WHERE au IS NULL")
    assert rows == [("Oullins-Pierre-Bénite",)]


async def test_functions(programmes: Programmes) -> None:
    person = {"personne": str(uuid4()), "fonction": "coordination"}
    named = person | {"nom": "Camille", "courriel": "c@x.example", "du": today().isoformat()}
    assert (await programmes.written("/api/fonctions", named))["reference"] == person["personne"]
    ended = person | {"motif": "fin_de_mission", "sans_le": (today() + timedelta(days=9)).isoformat()}
    await programmes.written("/api/fonctions/retirer", ended)
    for who in ("animation", "protection_donnees"):
        refused = await programmes.post("/api/fonctions", named | {"personne": str(uuid4())}, who)
        assert refused.status_code == 403 and refused.json()["regle"] == "FonctionManquante"


async def test_meetings(programmes: Programmes) -> None:
    path, day = "/api/instances/gepi/reunions", today() + timedelta(days=8)
    said = {"jour": day.isoformat(), "lieu": "Vénissieux"}
    await programmes.written(path, said, "animation")
    moved = said | {"lieu": "Bron", "motif": "Salle fermée", "heure": "18:30"}
    await programmes.written(f"{path}/1/reporter", moved, "animation")
    await programmes.written(f"{path}/1/annuler", {"motif": "Grève"}, "animation")
    gone = await programmes.post(f"{path}/1/annuler", {"motif": "Grève"}, "animation")
    assert gone.status_code == 409 and gone.json()["regle"] == "ReunionDejaAnnulee"
    assert (await programmes.post(f"{path}/7/annuler", {"motif": "x"}, "animation")).status_code == 404


async def test_a_session_of_the_group(programmes: Programmes) -> None:
    for number in (1, 2):
        for event in (monde.deposee(), monde.qualifiee):
            await programmes.office.write(f"propositions/GEPI-2026-000{number}", event)
    body: dict[str, Any] = {"instance": "gepi", "session_le": today().isoformat(), "lieu": "Bron", "participants": 11}
    wrong = body | {"parlees": ["GEPI-2026-0001"], "portees": ["GEPI-2026-0002"]}
    partly = await programmes.post("/api/seances-du-groupe", wrong, "animation", "seance")
    assert partly.status_code == 422 and "GEPI-2026-0002" in partly.json()["detail"]
    right = body | {"parlees": ["GEPI-2026-0001", "GEPI-2026-0002"], "portees": ["GEPI-2026-0002"]}
    answers = [await programmes.post("/api/seances-du-groupe", right, "animation", "seance") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201] and answers[0].json() == answers[1].json()
    assert await programmes.office.services.watcher.wait_for(answers[0].json()["position"], 5)
    rows = await programmes.office.services.fetch("SELECT etat, evenements FROM propositions ORDER BY reference")
    assert rows == [("discutee", 3), ("adoptee", 4)]
    assert (await programmes.post("/api/seances-du-groupe", right, "coordination")).status_code == 403


async def test_an_erasure(programmes: Programmes) -> None:
    filed = h.deposee(contact="06 12 34 56 78", reponse_par="telephone")
    await programmes.office.write(monde.DOSSIER, filed, monde.qualifiee)
    path = f"/api/effacements?dossier={monde.REF}"
    before = (await programmes.get(path, "protection_donnees")).json()
    assert {value["portee"] for value in before} == {"contribution", "auteur"}
    assert (await programmes.get(path, "coordination")).status_code == 403
    body = {"dossier": monde.REF, "versions": [1], "portees": ["auteur"], "motif": "demande_de_la_personne"}
    await programmes.written("/api/effacements", body, "protection_donnees")
    after = (await programmes.get(path, "protection_donnees")).json()
    assert {value["portee"] for value in after} == {"contribution"}
    nothing = await programmes.post("/api/effacements", body, "protection_donnees")
    assert nothing.status_code == 422 and nothing.json()["regle"] == "RienAEffacer"
