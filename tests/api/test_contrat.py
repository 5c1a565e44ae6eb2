"""Each operation answers as its description says, whatever it is sent: a status that is announced, a body that fits."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar

from tests.conftest import Server, _temporary
from tests.faults.conftest import appoint, fill
from tests.site import Site, running_site
from web.acces.sessions import digest
from web.api.formes import Probleme
from web.api.operations import Operation, all_operations
from web.demonstration.acts import person as demonstration_person
from web.routes import ROUTES

WORDS = st.text(max_size=30) | st.sampled_from(["gepi", "GEPI-2026-0001", "69149", "contribution", "2026-03-03"])
EXAMPLES = 12
TOKEN = "registre_essai"
GIVE = (
    "INSERT INTO web.api_tokens (token, person, label, expires_at) VALUES (%s, %s, 'essai', now() + interval '1 day')"
)
LEAST = {"instance": "gepi", "slug": "gepi", "reference": "GEPI-2026-0001", "numero": "1", "insee": "69149"}


@pytest.fixture(scope="module")
def site(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with _temporary(server, template) as (_, urls):
        asyncio.run(fill(urls))
        asyncio.run(appoint(urls))
        with psycopg.connect(urls.app) as connection:
            connection.execute(GIVE, (digest(TOKEN), demonstration_person("coordination")))
        with running_site(urls, tmp_path_factory.mktemp("contrat")) as running:
            yield running


def values(schema: dict[str, Any], parts: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What fits this schema, and often nearly."""
    if "$ref" in schema:
        return values(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([values(part, parts) for part in schema["anyOf"]])
    match schema.get("type"):
        case "object":
            required = {name: values(schema["properties"][name], parts) for name in schema.get("required", [])}
            others = {n: values(s, parts) for n, s in schema.get("properties", {}).items() if n not in required}
            return st.fixed_dictionaries(required, optional=others)
        case "array":
            return st.lists(values(schema.get("items", {}), parts), max_size=3)
        case "integer":
            return st.integers(-3, 10_000)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return st.dates().map(str) if schema.get("format") == "date" else WORDS


def operations() -> list[Operation]:
    return list(all_operations(Litestar(ROUTES, openapi_config=None)))


@pytest.mark.parametrize("token", ["", TOKEN], ids=["nobody", "everything"])
@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_it_answers_as_documented(operation: Operation, token: str, site: Site) -> None:
    """Without a token, then with every function: statuses of the description, and of no other."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(base_url=site.url, timeout=30, headers=headers, verify=False) as client:
        described = client.get("/api/openapi.json").json()
        told = described["paths"][operation.chemin][operation.methode]
        body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        parts = described["components"]["schemas"]

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
        @given(content=values(body, parts), place=WORDS)
        def sent(content: Any, place: str) -> None:
            path = operation.chemin
            for parameter in told["parameters"]:
                if parameter["in"] == "path":
                    path = path.replace(f"{{{parameter['name']}}}", LEAST.get(parameter["name"], "1"))
            query = {p["name"]: place for p in told["parameters"] if p["in"] == "query"}
            answer = client.request(
                operation.methode, path, params=query, json=content if operation.ecrit else None,
                headers={"Idempotency-Key": str(uuid4())} if operation.ecrit else {},
            )  # fmt: skip
            check(answer, told, operation)

        sent()


def check(answer: httpx.Response, told: dict[str, Any], operation: Operation) -> None:
    """The status is announced; what comes is of the form that is announced for it."""
    assert str(answer.status_code) in told["responses"], (answer.status_code, answer.text[:300])
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in told["responses"][str(answer.status_code)]["content"], kind
    msgspec.json.decode(answer.content, type=operation.reponse if answer.is_success else Probleme)
