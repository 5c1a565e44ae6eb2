"""Every form of the site with every mistake: refused in a page, the draft given back, nothing written."""

from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.faults.forms import (
    DIRE_TOUT,
    Target,
    Visitor,
    cookies,
    csrf,
    form,
    references,
    targets,
    token,
    written,
)
from tests.faults.sweep import SCRIPT, Sweep, application, names_in_code, routes
from tests.faults.test_same_instant import size
from tests.quality import validate_html
from tests.site import Site

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
LONG = "Un banc. " * 2300  # 20 kB
NASTY = (
    "", "e\u0301te\u0301 {{ 7*7 }}{% raw %}", "🙂👩‍👩‍👧", "\x00\x01\x1b[31m\x7f\u202eenvers", SCRIPT, "٣", "-1",
    "9" * 400,
)  # fmt: skip
# Without a token by design: a one-click stop from a mail program (RFC 8058), a script in the demonstration.
NO_TOKEN = ("/suivre/arreter/{jeton}", "/connexion/demonstration")


@pytest.fixture
async def sweep(swept: Site) -> AsyncIterator[Sweep]:
    async with Sweep(swept) as found:
        yield found


def all_targets(site: Site) -> list[Target]:
    stages = references(site)
    posts = [route for route in routes(application(site), "POST") if not route.chemin.startswith("/api")]
    assert len(posts) > 15
    return [target for route in posts for target in targets(route, stages)]


def mistakes(target: Target, who: Visitor) -> list[tuple[str, dict[str, Any], set[int]]]:
    """What is wrong with the way a form is sent: its name, the request, the statuses that say so."""
    right, secret = urlencode(form(target, who)), token(target, who)
    late = urlencode(form(target, who, csrf=csrf("another session")))

    def body(content: bytes | str, *status: int, **headers: str) -> tuple[str, dict[str, Any], set[int]]:
        sent = {"content": content, "headers": URLENCODED | cookies(target, who) | headers}
        return str(content)[:30], sent, {*status, *([401] if target.anonymous else []), 403, 404}

    return [
        body(b"", 403),
        body(late, 403),
        body(right.replace(secret, secret[::-1]), 403),
        body(right, 403, Origin="https://autre.example"),
        # A voting page sends no referrer, so that its own forms say « null »: something else must be wrong.
        *([] if target.adresse.startswith("/vote") else [body(right, 403, Origin="null")]),
        body(right, 403, **{"Sec-Fetch-Site": "cross-site"}),
        body(right, 415, **{"Content-Type": "application/json"}),
        # A form that takes a file reads it, and finds no part in it.
        body(right, 415, 400, **{"Content-Type": "multipart/form-data; boundary=x"}),
        body(right, 415, **{"Content-Type": "text/plain; charset=utf-42"}),
        body(right + "&plus=" + "x" * 70_000, 413),
        body(right + "&plus=%FF%FE", 400),
        body(right.encode() + b"&plus=\xff\xfe", 400),
        body(right + "&a=b" * 5000, 400),
        body(b"\x1f\x8b\x08\x00" + bytes(40), 400, **{"Content-Encoding": "gzip"}),
    ]


async def test_a_form_that_is_sent_wrongly_writes_nothing(sweep: Sweep, somebody: Visitor) -> None:
    before, wrong = size(sweep.site.database), []
    for target in all_targets(sweep.site):
        sent = mistakes(target, somebody)
        for at, answer in zip(sent, await ordered(sweep, target, [options for _, options, _ in sent]), strict=True):
            if answer.status_code not in at[2] and target.route.chemin not in NO_TOKEN:
                wrong.append(f"{target.adresse} {at[0]!r} {at[1]['headers']}: {answer.status_code}, not {at[2]}")
    assert not sweep.wrong, (len(sweep.wrong), sweep.wrong[:20])
    assert not wrong, wrong[:20]
    assert size(sweep.site.database) == before


async def ordered(sweep: Sweep, target: Target, sent: list[dict[str, Any]]) -> list[httpx.Response]:
    """The answers in the order of what was sent."""
    marked = [("POST", target.adresse, {**options, "extensions": {"rang": at}}) for at, options in enumerate(sent)]
    found = await sweep.send_all(marked)
    return sorted(found, key=lambda answer: int(answer.request.extensions["rang"]))


def cases(target: Target, who: Visitor, names: list[str]) -> list[tuple[str, str, dict[str, Any]]]:
    """(field, value, form): each field wrong alone, each absent, each too long; then everything wrong at once."""
    found = [(name, value, form(target, who, **{name: value})) for name in target.fields for value in (*NASTY, LONG)]
    for name in target.fields:
        without = form(target, who)
        del without[name]
        found.append((name, "", without))
    everything = [*names, *target.fields]
    return found + [("", v, form(target, who) | dict.fromkeys(everything, v)) for v in (SCRIPT, "🙂", "\x00")]


async def test_what_is_written_wrongly_comes_back_and_writes_nothing(sweep: Sweep, somebody: Visitor) -> None:
    before, names = size(sweep.site.database), names_in_code()[:150]
    accepted, lost = 0, []
    for target in all_targets(sweep.site):
        tried, headers = cases(target, somebody, names), cookies(target, somebody)
        answers = await ordered(sweep, target, [{"data": data, "headers": headers} for _, _, data in tried])
        accepted += sum(written(answer, target) for answer in answers)
        for (name, value, data), answer in zip(tried, answers, strict=True):
            if answer.status_code in (409, 422) and name:
                absent = missing(target, name, data, answer)
                lost += [f"{target.adresse} {name}={value[:20]!r}: {other}" for other in absent]
    assert not sweep.wrong, (len(sweep.wrong), sweep.wrong[:20])
    assert not lost, (len(lost), lost[:20])
    assert size(sweep.site.database) == before + accepted
    assert accepted > 20 and {200, 303, 409, 422} <= sweep.statuses.keys(), (accepted, sweep.statuses)


def missing(target: Target, wrong: str, data: dict[str, Any], answer: httpx.Response) -> list[str]:
    """What the person had typed in the other fields and does not find in the page."""
    shown = unescape(answer.text)
    typed = {name: value for name, value in data.items() if name in target.fields and name != wrong}
    return [name for name, value in typed.items() if len(value) > 7 and value not in shown]


async def test_pages_of_refusals_are_valid(sweep: Sweep, somebody: Visitor) -> None:
    for target in all_targets(sweep.site):
        answer = await send(sweep, somebody, target, dict.fromkeys(target.fields, SCRIPT))
        if "text/html" in answer.headers.get("content-type", ""):
            assert validate_html(answer.text) == [], (target.adresse, validate_html(answer.text)[:5])


async def test_the_whole_message_comes_back_when_it_is_too_long(sweep: Sweep, somebody: Visitor) -> None:
    [target] = [target for target in all_targets(sweep.site) if target.adresse == "/dire/deposer"]
    answer = await send(sweep, somebody, target, DIRE_TOUT | {"texte": LONG})
    assert answer.status_code == 422 and LONG.strip() in unescape(answer.text)


async def send(sweep: Sweep, who: Visitor, target: Target, typed: dict[str, str]) -> httpx.Response:
    """The form of this target, so filled."""
    return await sweep.send("POST", target.adresse, data=form(target, who, **typed), headers=cookies(target, who))
