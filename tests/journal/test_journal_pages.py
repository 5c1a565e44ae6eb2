"""The journal over HTTP: pages for people, endpoints for programs, receipts."""

import asyncio
import gzip
import html
import io
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import zxingcpp
from PIL import Image

from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.ledger import Ledger
from projections.merkle import Tile, root_of, tiles_of, verify_inclusion
from projections.notes import Promise, ProofFile, VerifierKey, open_checkpoint, open_note
from tests.journal.conftest import ORIGIN
from tests.journal.filing import TEXT, deposit, erase, moderation, write
from tests.quality import check_page, open_browser, validate_html
from tests.site import Site, running_site
from web.embedded import Urls
from web.journal.exporting import VERIFIER
from web.journal.routes import _index
from web.journal.signer import sign_now

NBSP = "\u00a0"


@pytest.fixture
def site(database: Urls, directory: Path) -> Iterator[Site]:
    with running_site(database, directory) as running:
        yield running


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.url, timeout=20) as found:
        yield found


async def publish(site: Site, client: httpx.AsyncClient) -> int:
    """Signs, and waits until the site serves that checkpoint; its size."""
    signed = await asyncio.to_thread(sign_now, site.database.app, site.directory)
    assert signed is not None
    for _ in range(200):
        answer = await client.get("/journal/checkpoint")
        if answer.status_code == 200 and answer.text == signed.note:
            return signed.checkpoint.size
        await asyncio.sleep(0.05)
    raise AssertionError("the checkpoint is not served")


async def read(client: httpx.AsyncClient, path: str, status: int = 200) -> str:
    """A page, checked: its HTML is valid, it sets no cookie. Its text, as people read it."""
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), path
    assert validate_html(answer.text) == [], path
    assert "set-cookie" not in answer.headers
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


async def test_before_the_first_act(client: httpx.AsyncClient) -> None:
    assert "Le journal est vide" in await read(client, "/journal")
    assert "Aucun point de contrôle" in await read(client, "/journal/verifier")
    for path in ("checkpoint", "cle", "tile/0/000.p/1", "tile/entries/000.p/1"):
        answer = await client.get(f"/journal/{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store"), path
    for path in ("divulgations.ndjson", "evenements.ndjson"):
        assert (await client.get(f"/journal/{path}")).content == b""
    for path in ("/journal/0", "/recu/0", "/recu/0.tlog-proof"):
        await read(client, path, 404)


async def test_programs_find_the_whole_log(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit(), moderation())
    await asyncio.gather(*(write(ledger, f"propositions/GEPI-2026-{n:04d}", moderation()) for n in range(2, 300)))
    size = await publish(site, client)
    await write(ledger, "propositions/GEPI-2026-0001", moderation())
    assert size == 300
    answer = await client.get("/journal/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    key = VerifierKey.parse((await client.get("/journal/cle")).text)
    head = open_checkpoint(answer.content, key)
    states = (await client.get("/journal/evenements.ndjson")).content.split(b"\n")[:-1]
    leaves = [leaf_hash(state) for state in states]
    assert (head.size, head.root) == (300, root_of(leaves))
    for tile in tiles_of(300):
        answer = await client.get(f"/journal/tile/{tile.path}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"] == "application/octet-stream"
        assert len(answer.content) == 32 * tile.width
        assert "set-cookie" not in answer.headers
        if tile.level == 0:
            assert answer.content == b"".join(leaves[tile.index * 256 :][:256])
    for index, width in ((0, 256), (1, 44), (1, 3), (0, 7)):
        path = Tile(-1, index, width).path
        plain = await client.get(f"/journal/tile/{path}", headers={"accept-encoding": "identity"})
        expected = b"".join(len(s).to_bytes(2, "big") + s for s in states[index * 256 :][:width])
        assert plain.content == expected
        zipped = await client.get(f"/journal/tile/{path}", headers={"accept-encoding": "gzip"})
        assert (zipped.headers["content-encoding"], zipped.content) == ("gzip", expected)
        assert len(gzip.compress(expected)) < len(expected)
    for path in (
        "0/000.p/255",
        "0/001.p/45",
        "0/001",
        "1/000",
        "1/000.p/2",
        "2/000.p/1",
        "entries/001.p/45",
        "entries/001",
    ):
        beyond = path != "0/000.p/255"
        assert ((await client.get(f"/journal/tile/{path}")).status_code == 404) is beyond, path
    for path in (
        "0/0",
        "0/000.p/0",
        "0/000.p/256",
        "00/000",
        "63/x999/x999/x999/x999/x999/999",
        "x/000",
        "a" * 3000,
    ):
        assert (await client.get(f"/journal/tile/{path}")).status_code == 404, path
    lines = (await client.get("/journal/divulgations.ndjson")).text.splitlines()
    assert len(lines) == 1 and lines[0].startswith('{"index":0,"d":"')


async def test_the_stand_alone_verifier_accepts_the_site(
    client: httpx.AsyncClient, site: Site, ledger: Ledger, tmp_path: Path
) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit(), moderation())
    erased = await write(ledger, "propositions/GEPI-2026-0002", deposit())
    await erase(ledger, site.database.app, erased, "contribution", "auteur")
    await publish(site, client)
    program = await client.get("/journal/verifier.py")
    assert program.content == await asyncio.to_thread(VERIFIER.read_bytes)
    files = {"verifier.py": program.content}
    for name in ("0.promesse", "0.tlog-proof"):
        files[name] = (await client.get(f"/recu/{name}")).content
    files["0.entree"] = (await client.get("/journal/evenements.ndjson")).content.split(b"\n")[0]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    for arguments in (
        [site.url, "--promesse", "0.promesse"],
        ["--preuve", "0.tlog-proof", "--entree", "0.entree", "--cle", "cle"],
    ):
        (tmp_path / "cle").write_bytes((await client.get("/journal/cle")).content)
        process = await asyncio.create_subprocess_exec(
            "python3", "-I", "verifier.py", *arguments, "--json", cwd=tmp_path, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
        assert process.returncode == 0, output.decode()


async def test_the_list_and_its_filters(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    for number in range(1, 121):
        await write(ledger, f"propositions/GEPI-2026-{number:04d}", moderation() if number % 40 else deposit())
    await publish(site, client)
    first = await client.get("/journal")
    assert re.findall(r'href="/journal/(\d+)"', first.text) == [str(n) for n in range(119, 69, -1)]
    text = await read(client, "/journal")
    assert "Acte n° 120 Proposition déposée GEPI-2026-0120 ·" in text
    assert 'href="/dossiers/GEPI-2026-0120"' in html.unescape(first.text)
    await read(client, "/journal?avant=71")
    newest = await client.get("/journal?avant=71")
    assert re.findall(r'href="/journal/(\d+)"', newest.text) == [str(n) for n in range(69, 19, -1)]
    assert re.findall(r'href="(/journal\?.*?)"', html.unescape(newest.text)) == [
        "/journal?apres=70",
        "/journal?avant=21",
    ]
    back = await client.get("/journal?apres=70")
    assert re.findall(r'href="/journal/(\d+)"', back.text) == [str(n) for n in range(119, 69, -1)]
    assert 'rel="prev"' not in back.text
    found = await client.get("/journal?nature=propositions/PropositionDeposee")
    assert re.findall(r'href="/journal/(\d+)"', found.text) == ["119", "79", "39"]
    for dossier in ("GEPI-2026-0040", "gepi-2026-0040", "propositions/GEPI-2026-0040"):
        found = await client.get("/journal", params={"dossier": dossier})
        assert re.findall(r'href="/journal/(\d+)"', found.text) == ["39"]
    today = datetime.now(UTC).date().isoformat()
    for query, count in (
        ("du=2020-01-01&au=2020-12-31", 0),
        (f"au=2020-12-31&nature={'x' * 9}", 0),
        ("du=2020-01-01", 50),
    ):
        found = await client.get(f"/journal?{query}")
        assert len(re.findall(r'href="/journal/(\d+)"', found.text)) == count
    assert "Aucun acte ne correspond" in await read(client, "/journal?du=2999-01-01")
    assert f"du={today}" not in found.text
    for query in ("du=hier", "au=2026-13-01", "nature=x", "du=0001-01-01", "dossier=" + "x" * 500):
        assert "à corriger" in await read(client, f"/journal?{query}", 400), query
    for query in ("avant=x", "avant=" + "9" * 25, "apres=-1", "dossier=%00", "avant=" + "9" * 99, "avant=0"):
        await read(client, f"/journal?{query}")


async def test_one_event_and_its_path(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit(), moderation())
    await write(ledger, "propositions/GEPI-2026-0002", deposit(texte="mon <b>frère</b>", prenom=None))
    erased = await write(ledger, "propositions/GEPI-2026-0003", deposit())
    await erase(ledger, site.database.app, erased, "contribution", "auteur")
    before = await read(client, "/journal/0")
    assert "Aucun point de contrôle ne couvre encore" in before
    await publish(site, client)
    answer = await client.get("/journal/evenements.ndjson")
    states = answer.content.split(b"\n")[:-1]
    text = await read(client, "/journal/0")
    digest = leaf_hash(states[0]).hex()
    assert " ".join(digest[i : i + 4] for i in range(0, 64, 4)) in text
    assert states[0].decode() in html.unescape((await client.get("/journal/0")).text)
    assert f"Publique – texte : {TEXT}" in text and "Zoé" not in text and text.count("Retenue –") == 1
    assert "gepi" in text and "propositions/PropositionDeposee/1" in text
    raw = (await client.get("/journal/0")).text
    path = [
        bytes.fromhex(h.replace(" ", "")) for h in re.findall(r'<td>à \w+</td><td><code class="empreinte">([^<]+)', raw)
    ]
    verify_inclusion(0, len(states), leaf_hash(states[0]), path, root_of([leaf_hash(state) for state in states]))
    hidden = await read(client, "/journal/2")
    assert "frère" not in hidden and "Retenue –" in hidden
    gone = await read(client, f"/journal/{erased}")
    assert gone.count("Effacée le") == 2 and "motif : demande de la personne" in gone
    assert TEXT not in gone
    for path_ in ("/journal/99", f"/journal/{2**70}", "/journal/-1"):
        await read(client, path_, 404)


async def test_the_check_page_leads_to_a_path(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit(), moderation())
    await publish(site, client)
    text = await read(client, "/journal/verifier")
    assert f"python3 -I verifier.py {site.url}" in text
    assert "il ne prouve pas que tout y a été inscrit" in text
    for asked in ("2", "n° 2", "acte n°\u00a02"):
        answer = await client.get("/journal/verifier", params={"acte": asked})
        assert (answer.status_code, answer.headers["location"]) == (303, "/journal/1#preuve")
    assert "pas dans le journal" in await read(client, "/journal/verifier?acte=3", 404)
    await read(client, "/journal/verifier?acte=%3Cb%3E", 404)


@pytest.mark.parametrize(
    ("text", "index"),
    [("1843", 1842), ("Acte n° 1 843", 1842), ("0", -1), ("", -1), ("-5", -1), ("1.5", -1), ("٣", -1), ("9" * 40, -1)],
)
def test_numbers_as_people_copy_them(text: str, index: int) -> None:
    assert _index(text) == index


async def test_a_receipt(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit())
    index = await write(ledger, "propositions/GEPI-2026-0002", deposit())
    text = await read(client, f"/recu/{index}")
    assert "GEPI-2026-0002" in text and "Promesse signée" in text and "Pas encore couvert" in text
    waiting = await read(client, f"/recu/{index}.tlog-proof", 404)
    assert "La preuve n’existe pas encore" in waiting and re.search(r"avant le \w+ \d+", waiting)
    key = VerifierKey.parse((await client.get("/journal/cle-promesse")).text)
    assert key.name == f"{ORIGIN}/promesse"
    promised = (await client.get(f"/recu/{index}.promesse")).content
    assert promised == (await client.get(f"/recu/{index}.promesse")).content
    promise = Promise.parse(open_note(promised, key))
    assert (promise.origin, promise.index) == (ORIGIN, index)
    assert abs((promise.deadline - datetime.now(UTC)).total_seconds() - 60) < 30
    await publish(site, client)
    states = (await client.get("/journal/evenements.ndjson")).content.split(b"\n")[:-1]
    assert promise.leaf == leaf_hash(states[index])
    assert decode_entry(states[index]).s == "propositions/GEPI-2026-0002"
    answer = await client.get(f"/recu/{index}.tlog-proof")
    assert "attachment" in answer.headers["content-disposition"]
    proof = ProofFile.decode(answer.content)
    log_key = VerifierKey.parse((await client.get("/journal/cle")).text)
    head = open_checkpoint(proof.checkpoint, log_key)
    verify_inclusion(proof.index, head.size, leaf_hash(states[index]), proof.path, head.root)
    assert "Promesse tenue" in await read(client, f"/recu/{index}")
    for name in ("2", "01", "x", "1.pdf", ".promesse", "1.promesse.promesse", "9" * 30, "٣"):
        await read(client, f"/recu/{name}", 404)


async def test_a_receipt_prints_on_one_sheet_and_its_code_is_read(
    client: httpx.AsyncClient, site: Site, ledger: Ledger
) -> None:
    index = await write(ledger, "propositions/GEPI-2026-0001", deposit())
    await publish(site, client)

    def look() -> tuple[list[str], bytes]:
        with open_browser() as browser:
            page = browser.new_page(color_scheme="dark")
            page.goto(f"{site.url}/recu/{index}")
            page.evaluate("document.querySelector('.pied').append(Object.assign(document.createElement('p'),"
                          " {className: 'pied-empreinte', textContent: 'Empreinte du jour'}))")  # fmt: skip
            seen = Image.open(io.BytesIO(page.locator(".qr").screenshot(scale="css")))
            return [found.text for found in zxingcpp.read_barcodes(seen)], page.pdf(format="A4")

    codes, pdf = await asyncio.to_thread(look)
    assert codes == [f"{site.url}/recu/{index}"]
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1


async def test_pages_pass_axe_reflow_targets_and_csp(client: httpx.AsyncClient, site: Site, ledger: Ledger) -> None:
    for number in range(1, 61):
        await write(ledger, f"propositions/GEPI-2026-{number:04d}", deposit(), moderation())
    erased = await write(ledger, "propositions/GEPI-2026-0061", deposit())
    await erase(ledger, site.database.app, erased, "contribution")
    await publish(site, client)
    pages = ("/journal?avant=60&nature=propositions/PropositionDeposee", "/journal/0", f"/journal/{erased}",
             "/journal/verifier", "/recu/0")  # fmt: skip

    def look() -> list[str]:
        with open_browser() as browser:
            faults = [fault for path in pages for fault in check_page(browser, f"{site.url}{path}")]
            faults += check_page(browser, f"{site.url}/journal?du=hier", status=400)
            return faults + check_page(browser, f"{site.url}/journal/verifier?acte=999", status=404)

    assert await asyncio.to_thread(look) == []
