"""OpenAPI 3.1, made from the operations that the handlers declare and from the types that decode and encode them."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import msgspec

from web.api.formes import Probleme
from web.api.operations import Operation
from web.atom import LICENCE
from web.errors import TITLES

TEMPLATE = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
IDEMPOTENCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Une valeur à vous, nouvelle pour chaque acte. La même valeur et le même corps : la même réponse.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def description(operations: Sequence[Operation], site: str) -> dict[str, Any]:
    """The whole document."""
    types = [kind for op in operations for kind in (op.corps, op.reponse) if kind is not None]
    _, components = msgspec.json.schema_components([*types, Probleme], ref_template=TEMPLATE)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.chemin, {})[operation.methode] = _operation(operation)
    bearer = {"type": "http", "scheme": "bearer", "description": "Le jeton d’une personne de l’équipe."}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Registre, Métropole de Lyon",
            "version": "1",
            "description": "Les mêmes actes et les mêmes lectures que les pages.",
            "license": {"name": "Licence Ouverte 2.0", "url": LICENCE},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": site}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"jeton": bearer}},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.resume,
        "tags": [operation.rubrique],
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.corps is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": _schema(operation.corps)}}}
    if operation.qui == "equipe":
        found["security"] = [{"jeton": []}]
    elif operation.id == "deposer":
        found["security"] = [{}, {"jeton": []}]
    return found


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", operation.chemin)
    ]
    query = [
        {"name": p.nom, "in": "query", "required": False, "description": p.aide, "schema": {"type": p.type}}
        for p in operation.parametres
    ]
    return [*path, *query, *([IDEMPOTENCE] if operation.ecrit else [])]


def _responses(operation: Operation) -> dict[str, Any]:
    content = {"application/json": {"schema": _schema(operation.reponse)}}
    found: dict[str, Any] = {str(operation.status): {"description": "C’est fait", "content": content}}
    if operation.ecrit:
        found = {"200": {"description": "C’était déjà fait : la même réponse", "content": content}} | found
    problem = {PROBLEM: {"schema": _schema(Probleme)}}
    refused = {str(status): {"description": TITLES[status], "content": problem} for status in operation.refus}
    return found | refused | {"default": {"description": "Une erreur", "content": problem}}


def _schema(kind: Any) -> dict[str, Any]:
    schemas, _ = msgspec.json.schema_components([kind], ref_template=TEMPLATE)
    return schemas[0]


def fields(kind: Any) -> list[dict[str, Any]]:
    """The fields of a body, for the page: name, type in words, whether it is required, what it is."""
    if kind is None:
        return []
    schema: dict[str, Any] = reduce(or_, msgspec.json.schema_components([kind], ref_template=TEMPLATE)[1].values(), {})
    required = schema.get("required", [])
    return [
        {"nom": name, "type": _in_words(part), "requis": name in required, "aide": part.get("description", "")}
        for name, part in schema.get("properties", {}).items()
    ]


def _in_words(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join("rien" if value is None else str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " ou ".join(_in_words(part) for part in schema["anyOf"])
    names = {"string": "texte", "integer": "nombre entier", "boolean": "oui ou non", "array": "liste", "null": "rien"}
    found = names.get(str(schema.get("type")), "objet")
    return "jour (AAAA-MM-JJ)" if schema.get("format") == "date" else found
