"""What stays of a vote: in answers, cookies, logs and tables. A curious administrator finds no code and no choice."""

import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

from tests.acces.office import HTTPS, Office, open_office
from tests.vote.monde import Election, college, scrutin
from tests.vote.test_ecrans import enter, hidden, read_back
from tests.vote.test_erreurs import GHOST, bind
from web.embedded import Urls
from web.pages import PARIS
from web.vote.tablet import jeton_tablette

COOKIE = {"httponly", "samesite=strict", "path=/"}


def attributes(cookie: str) -> set[str]:
    return {part.strip().lower() for part in cookie.split(";")[1:]}


async def test_every_answer_is_kept_by_nobody(office: Office, election: Election) -> None:
    code, answers = election.codes[0], []

    async def note(answer: httpx.Response) -> None:
        answers.append(answer)

    office.client.event_hooks = {"response": [note]}
    back = await read_back(office, code, blanc="oui")
    fields = hidden(back.text, "/vote/urne")
    await office.client.post("/vote/urne", data=fields | {"csrf": "forged"})
    await office.client.post("/vote/urne", data=fields)
    for path in ("/vote/fini", "/vote/fermer", f"/v/{code}", f"/v/{GHOST}", "/v/a/b", "/vote/rien", "/vote/tes-droits"):
        await office.client.get(path)
    await office.client.request("DELETE", "/vote/urne")
    assert {answer.status_code for answer in answers} >= {200, 303, 403, 404, 405}
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store", answer.request.url
        assert answer.headers["referrer-policy"] == "no-referrer", answer.request.url
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert answer.status_code in (404, 405) or "htmx" not in answer.text
        where = answer.headers.get("location", "")
        assert code not in where and GHOST not in where


async def test_the_cookie_lives_fifteen_minutes_and_dies_with_the_vote(office: Office, election: Election) -> None:
    entered = await office.client.get(f"/v/{election.codes[0]}")
    name, _, rest = entered.headers["set-cookie"].partition("=")
    assert name == "vote" and {"max-age=900", *COOKIE} <= attributes(f"{name}={rest}")
    assert election.codes[0].replace("-", "") not in rest
    page = await office.client.get("/vote/bulletin")
    back = await office.client.post("/vote/relecture", data=hidden(page.text, "/vote/relecture") | {"blanc": "oui"})
    sent = await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    kept = [cookie for cookie in sent.headers.get_list("set-cookie") if cookie.startswith("vote=")]
    assert len(kept) == 1 and "max-age=0" in attributes(kept[0])
    await office.client.get("/vote/fermer")
    assert not office.client.cookies


async def test_cookies_over_https(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path, public_url=HTTPS) as office:
        await college(office)
        election = await scrutin(office)
        entered = await office.client.get(f"/v/{election.codes[0]}")
        assert entered.headers["set-cookie"].startswith("__Host-vote=")
        assert {"secure", *COOKIE} <= attributes(entered.headers["set-cookie"])
        await bind(office, election.reference)
        assert "__Host-tablette" in office.client.cookies and "__Host-vote" not in office.client.cookies


def counts(database: Urls) -> dict[str, int]:
    """Rows of every table."""
    with psycopg.connect(database.migrations) as owner, psycopg.connect(database.app) as app:
        tables = owner.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        query = sql.SQL("SELECT count(*) FROM {}")
        found = {}
        for schema, table in tables:
            connection = app if schema == "projections" else owner
            row = connection.execute(query.format(sql.Identifier(schema, table))).fetchone()
            found[f"{schema}.{table}"] = row[0] if row else 0
        return found


async def test_no_table_but_the_urn_changes(office: Office, election: Election, database: Urls) -> None:
    """No session, no attempt, no event: only the ballot, in the urn."""
    before = counts(database)
    assert "web.sessions" in before and "web.attempts" in before
    back = await read_back(office, election.codes[0], **{"choix-p1": "oui"})
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    await office.client.get("/vote/fini")
    after = counts(database)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"urne.bulletins": 1}


async def test_nothing_of_a_vote_is_logged(
    office: Office, election: Election, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even by an unforeseen failure at the worst moment."""

    async def fail(*arguments: object) -> str:
        raise RuntimeError(f"{arguments!r}")

    code = election.codes[0]
    with caplog.at_level(0):
        back = await read_back(office, code, **{"choix-p1": "oui"})
        fields = hidden(back.text, "/vote/urne")
        monkeypatch.setattr("web.vote.urne.deposer", fail)
        monkeypatch.setattr("web.vote.entree.trouver_scrutin", fail)
        failed = await office.client.post("/vote/urne", data=fields)
        assert failed.status_code == 500 and "Recommence" in failed.text
        assert (await office.client.get(f"/v/{code}")).status_code == 500
    said = "".join(record.getMessage() for record in caplog.records if record.name != "httpx")  # the browser's own
    assert "unforeseen" in said
    for secret in (code, code.replace("-", ""), fields["numero"], fields["scelle"], fields["billet"], "choix-p1"):
        assert secret not in said


async def test_a_tablet_serves_its_scrutin_for_the_day(office: Office, election: Election) -> None:
    today = datetime.now(PARIS).date()
    for day, status in ((today - timedelta(days=1), 403), (today + timedelta(days=1), 403), (today, 200)):
        jeton = jeton_tablette(office.services, election.reference, day)
        assert (await office.client.get(f"/vote/tablette/{jeton}")).status_code == status
    forged = await office.client.get("/vote/tablette/forge")
    assert forged.status_code == 403 and "n’est plus valable" in forged.text
    await bind(office, election.reference)
    page = await enter(office, election.codes[0])
    assert 'data-inactif="120"' in page.text and "Élève suivant" in page.text and "Fermer" not in page.text
    assert "max-age=300" in attributes((await office.client.get("/vote/bulletin")).headers["set-cookie"])
    back = await office.client.post("/vote/relecture", data=hidden(page.text, "/vote/relecture") | {"blanc": "oui"})
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    pages = [page, back, await office.client.get("/vote/fini"), await office.client.get("/vote/tes-droits")]
    left = await office.client.get("/vote/fermer")
    assert left.headers["location"] == "/vote" and set(office.client.cookies) == {"tablette"}
    pages.append(await office.client.get("/vote"))
    for shown in pages:
        links = {unescape(link) for link in re.findall(r'href="([^"]+)"', shown.text)}
        assert {link for link in links if not link.startswith(("/vote", "#", "/s/", "data:"))} == set(), shown.url


async def test_still_here(office: Office, election: Election) -> None:
    page = await enter(office, election.codes[0])
    fields = hidden(page.text, "/vote/relecture")
    renewed = await office.client.post("/vote/encore", data=fields)
    assert renewed.status_code == 200 and renewed.json()["billet"] != fields["billet"]
    assert "vote=" in renewed.headers["set-cookie"]
    await office.client.get("/vote/fermer")
    assert (await office.client.post("/vote/encore", data=fields)).status_code == 403


async def test_a_rehearsal_says_so_on_every_page(office: Office) -> None:
    election = await scrutin(office, essai=True)
    page = await enter(office, election.codes[0])
    back = await office.client.post("/vote/relecture", data=hidden(page.text, "/vote/relecture") | {"blanc": "oui"})
    await office.client.post("/vote/urne", data=hidden(back.text, "/vote/urne"))
    end = await office.client.get("/vote/fini")
    used = await enter(office, election.codes[0])
    for shown in (page, back, used, end):
        assert "Essai\u00a0: ce vote ne compte pas." in shown.text and 'class="filigrane"' in shown.text


async def test_the_rights_are_told_in_about_150_words(office: Office) -> None:
    text = (await office.client.get("/vote/tes-droits")).text
    main = re.search(r"<main.*</main>", text, re.S)
    assert main
    words = re.findall(r"[\w’-]+", unescape(re.sub(r"<[^>]+>", " ", main[0])))
    assert 120 <= len(words) <= 165
