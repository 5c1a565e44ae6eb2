"""The API with every mistake: a problem of RFC 9457 in French, nothing written."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any, get_args, get_origin

import msgspec
import pytest

from tests.faults.forms import SECRET, TEXTE, Visitor, fresh, references
from tests.faults.sweep import SCRIPT, Sweep, application, routes
from tests.faults.test_same_instant import size
from tests.site import Site
from web.api.operations import Operation, all_operations
from web.demonstration.acts import code

LONG = "Un banc. " * 2300
STRINGS = ("", "e\u0301te\u0301", "🙂", "\x00\x01\x7f", SCRIPT, "\u202eenvers", "9" * 400, LONG)
OTHERS: tuple[Any, ...] = (None, 3, -1, 2**70, 1.5, True, [], [[]], {}, {"a": 1}, "2026-99-99", "2026-04-14T10:00:00")
ODD_BODIES = (
    b"", b" ", b"null", b"[]", b'"texte"', b"{", b"{]", b'{"texte": "a",}', b"{'texte': 'a'}", b'{"texte": NaN}',
    b'{"texte": "\xff\xfe"}', b'\xef\xbb\xbf{"texte": "a"}', b'{"texte": "\\ud800"}', b'{"texte": 1e999}',
    b"[" * 60_000, b'{"a":' * 10_000, b'{"texte": "a", "texte": "b", "inconnu": 1}', b"\x00", "{}".encode("utf-16"),
    b'{"texte": "' + b"x" * 70_000 + b'"}',
)  # fmt: skip


KNOWN = {"code": code(20, SECRET), "instance": "gepi", "territoire": "69029", "langue": "fr", "canal": "ecrit"}
BEARERS = ("", "Bearer", "Bearer registre_" + "a" * 43, "Basic YTpi", "Bearer \u00e9", "Bearer " + "x" * 5000)
WRONG_HEADERS: tuple[dict[str, str | None], ...] = (
    {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": None},
    {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 300}, {"Idempotency-Key": None},
    {"Origin": "https://autre.example"}, {"Sec-Fetch-Site": "cross-site"},
)  # fmt: skip
ODD_HEADERS = ({"Content-Encoding": "gzip"}, {"Content-Type": 'application/json; charset="'})


@pytest.fixture
async def sweep(swept: Site, somebody: Visitor) -> AsyncIterator[Sweep]:
    async with Sweep(swept) as found:
        found.client.headers["Authorization"] = f"Bearer {somebody.bearer}"
        yield found


def writing(site: Site) -> list[tuple[str, Operation]]:
    """Every operation that writes, from the application's own description, and an address for it."""
    app, stages = application(site), references(site)
    found = [operation for operation in all_operations(app) if operation.methode == "post"]
    described = {operation.chemin.rpartition("/")[0] for operation in found}
    for route in routes(app, "POST"):
        if route.chemin.startswith("/api"):
            assert route.chemin.rpartition("/")[0] in described, f"{route.chemin} is not described"
    places = {"reference": stages["lue"], "slug": "gepi", "numero": "1", "insee": "69149"}
    return [(operation.chemin.format_map(places), operation) for operation in found]


def right(kind: Any) -> dict[str, Any]:
    """A body of this form, every field filled, as far as its types say."""
    return {field.encode_name: _value(field.name, field.type) for field in msgspec.structs.fields(kind)}


def _value(name: str, kind: Any) -> Any:
    if name in KNOWN:
        return KNOWN[name]
    if (origin := get_origin(kind)) is not None and hasattr(kind, "__metadata__"):
        return _value(name, origin if origin is not None else get_args(kind)[0])
    arguments = get_args(kind)
    if arguments and not isinstance(arguments[0], type):  # a Literal, or a union that begins with one
        return arguments[0] if isinstance(arguments[0], str) else _value(name, arguments[0])
    base = arguments[0] if arguments and origin is not tuple else kind
    return {str: TEXTE, int: 3, bool: True, date: "2026-04-14"}.get(base, [])


def heads(**changes: str | None) -> dict[str, str]:
    given = {"Content-Type": "application/json", "Idempotency-Key": fresh(), **changes}
    return {name: value for name, value in given.items() if value is not None}


async def test_a_body_that_is_sent_wrongly_writes_nothing(sweep: Sweep) -> None:
    before = size(sweep.site.database)
    for address, operation in writing(sweep.site):
        good = msgspec.json.encode(right(operation.corps))
        sent = [(body, heads()) for body in ODD_BODIES] + [(good, heads(**wrong)) for wrong in WRONG_HEADERS]
        sent += [(b"{}", heads(**odd)) for odd in ODD_HEADERS]
        requests: list[tuple[str, str, dict[str, Any]]] = [
            ("POST", address, {"content": body, "headers": headers}) for body, headers in sent
        ]
        for answer in await sweep.send_all(requests):
            assert 400 <= answer.status_code < 500, (address, answer.request.content[:60], answer.status_code)
    assert not sweep.wrong, (len(sweep.wrong), sweep.wrong[:20])
    assert size(sweep.site.database) == before


@pytest.mark.parametrize("bearer", BEARERS)
async def test_nobody_acts_without_a_right_token(sweep: Sweep, bearer: str) -> None:
    before = size(sweep.site.database)
    sweep.client.headers["Authorization"] = bearer
    for address, operation in writing(sweep.site):
        if operation.qui == "equipe":
            answer = await sweep.send("POST", address, json=right(operation.corps), headers=heads())
            assert answer.status_code == 401 and answer.headers["www-authenticate"], (address, answer.status_code)
    assert not sweep.wrong, sweep.wrong[:10]
    assert size(sweep.site.database) == before


async def test_each_field_wrong_alone(sweep: Sweep) -> None:
    before = size(sweep.site.database)
    for address, operation in writing(sweep.site):
        good = right(operation.corps)
        bodies = [good, good | {"inconnu": "a"}, {}]
        for name in good:
            bodies += [good | {name: value} for value in (*STRINGS, *OTHERS)]
            bodies.append({key: value for key, value in good.items() if key != name})
        await sweep.send_all([("POST", address, {"json": body, "headers": heads()}) for body in bodies])
    assert not sweep.wrong, (len(sweep.wrong), sweep.wrong[:20])
    assert {201, 400, 409, 422} <= sweep.statuses.keys(), sweep.statuses
    assert size(sweep.site.database) == before + sweep.statuses[201]
