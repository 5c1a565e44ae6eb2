"""The journal over HTTP: pages for people, endpoints for programs."""

import asyncio
import gzip
import html
import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from domain.ledger.entry import leaf_hash
from domain.ledger.ledger import Ledger
from projections.merkle import Tile, root_of, tiles_of, verify_inclusion
from projections.notes import VerifierKey, open_checkpoint
from tests.journal.filing import TEXT, deposit, erase, moderation, write
from tests.journal.serving import publish, read
from tests.site import Site
from web.journal.exporting import VERIFIER
from web.journal.routes import _index


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
