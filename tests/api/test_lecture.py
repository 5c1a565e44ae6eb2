"""Reading by the API, on the demonstration: it says what the pages say."""

import hashlib
import re

import httpx
import msgspec
import pytest

from tests.quality import validate_html
from web.api.formes import Entree, Journal

REF = "GEPI-2026-0001"


def test_lists_are_paged_and_filtered(web: httpx.Client) -> None:
    every = web.get("/api/propositions").json()
    assert every["total"] == len(every["propositions"]) and every["pages"] == 1
    positions = [p["index"] for p in every["propositions"]]
    assert positions == sorted(positions, reverse=True)
    comet = web.get("/api/propositions?instance=comet").json()
    assert 0 < comet["total"] < every["total"] and {p["instance"] for p in comet["propositions"]} == {"comet"}
    closed = web.get("/api/propositions?etat=close").json()["propositions"]
    assert closed and all(p["close_le"] and not p["en_retard"] for p in closed)
    assert any(p["en_retard"] for p in every["propositions"])
    assert web.get("/api/propositions?page=2").json()["propositions"] == []


def test_a_dossier_now_and_then(web: httpx.Client) -> None:
    now = web.get(f"/api/dossiers/{REF}").json()
    assert now == web.get(f"/dossiers/{REF}.json").json()
    assert now["etat"] == "close" and now["texte"] and now["actes"][0]["evenement"] == "PropositionDeposee"
    assert all(re.fullmatch("[0-9a-f]{64}", act["feuille"]) for act in now["actes"])
    first = now["actes"][0]
    known = web.get(f"/dossiers/{REF}.json?au={first['position']}").json()
    assert known["etat"] == "recue" and len(known["actes"]) == 1 and known["au"] == str(first["position"])
    day = web.get(f"/api/dossiers/{REF}?au={now['adoptee_le']}").json()
    assert day["etat"] == "adoptee" and day["repondue_le"] is None
    assert not {"texte", "prenom", "contact"} & set(first["donnees"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/dossiers/{REF}?au=hier", 400),
        (f"/api/dossiers/{REF}?au=2026-02-30", 400),
        (f"/dossiers/{REF}.json?au=", 400),
        (f"/api/dossiers/{REF}?au=1", 404),
        ("/api/dossiers/GEPI-2026-9999", 404),
        ("/dossiers/rien.json", 404),
        ("/instances/rien.json", 404),
        ("/api/regles/rien", 404),
        ("/api/rien", 404),
        ("/api/propositions?page=0", 400),
        ("/api/propositions?page=x", 400),
        ("/api/journal?limit=1001", 400),
        ("/api/journal?after=-1", 400),
        ("/api/journal?after=99999999999999999999", 400),
    ],
)
def test_what_cannot_be_read_is_a_problem(web: httpx.Client, path: str, status: int) -> None:
    answer = web.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status and told["title"] and told["detail"] and told["conseil"]


def test_the_journal_gives_the_bytes_of_the_leaves(web: httpx.Client) -> None:
    whole: list[Entree] = []
    after: int | None = 0
    while after is not None:
        read = msgspec.json.decode(web.get(f"/api/journal?after={after}&limit=97").content, type=Journal)
        whole += read.actes
        after = read.suivant
    for act in whole:
        assert hashlib.sha256(b"\0" + bytes(act.entree)).hexdigest() == act.feuille
    assert [act.position for act in whole] == list(range(1, len(whole) + 1))
    assert len(whole) == web.get("/api/journal?limit=1").json()["taille"]
    assert web.get(f"/api/journal?after={len(whole) + 5}").json() == {
        "taille": len(whole),
        "actes": [],
        "suivant": None,
    }


def test_instances_communes_and_rules(web: httpx.Client) -> None:
    slugs = [found["slug"] for found in web.get("/api/instances").json()]
    assert {"gepi", "comet", "cdd"} <= set(slugs)
    assert web.get("/api/instances/gepi").json() == web.get("/instances/gepi.json").json()
    merged = next(c for c in web.get("/api/communes").json() if c["insee"] == "69149")
    assert merged["precedents"][0] == {"nom": "Oullins", "siren": "216901496", "du": "2015-01-01", "au": "2023-12-31"}
    rule = web.get("/api/regles/delais-propositions-2026").json()
    assert rule in web.get("/api/regles").json() and rule["parametres"]["suite_jours"] == 60 and rule["exemples"]


def test_search(web: httpx.Client) -> None:
    found = web.get("/api/recherche?q=LOGÉMENT").json()
    assert found["total"] >= 1 and found["resultats"][0]["pourquoi"]


def test_the_description_is_openapi_3_1(web: httpx.Client) -> None:
    document = web.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1.") and document["info"]["title"] and document["info"]["version"]
    schemas = document["components"]["schemas"]
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', web.get("/api/openapi.json").text))
    assert names == set(schemas)
    ids = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in ("get", "post") and operation["summary"] and operation["responses"]
            ids.append(operation["operationId"])
            asked = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert asked == set(re.findall(r"{(\w+)}", path)) and all(p["schema"] for p in operation["parameters"])
            for status, told in operation["responses"].items():
                assert re.fullmatch("[1-5][0-9][0-9]|default", status) and told["description"] and told["content"]
            if method == "post":
                assert "Idempotency-Key" in {p["name"] for p in operation["parameters"]} and operation["requestBody"]
    assert len(ids) == len(set(ids)) and {"deposer", "repondre", "pas_compris"} <= set(ids)
    assert document["components"]["securitySchemes"]["jeton"]["scheme"] == "bearer"


def test_every_route_of_the_api_is_described(web: httpx.Client) -> None:
    described = {re.sub("{[^}]+}", "{}", path) for path in web.get("/api/openapi.json").json()["paths"]}
    listed = re.findall(r"/api/[a-z{}_/.]+", web.get("/plan").text.replace("&#x2f;", "/"))
    assert {re.sub("{[^}]+}", "{}", path) for path in listed} - {"/api/openapi.json"} <= described
    page = web.get("/api").text
    assert validate_html(page) == [] and "Idempotency-Key" in page and "cdn" not in page
