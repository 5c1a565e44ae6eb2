"""Receipts: the promise, its proof, the sheet that is printed; and every page of the journal in a browser."""

import asyncio
import io
import re
from datetime import UTC, datetime

import httpx
import zxingcpp
from PIL import Image

from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.ledger import Ledger
from projections.merkle import verify_inclusion
from projections.notes import Promise, ProofFile, VerifierKey, open_checkpoint, open_note
from tests.journal.conftest import ORIGIN
from tests.journal.filing import deposit, erase, moderation, write
from tests.journal.serving import publish, read
from tests.quality import check_page, open_browser
from tests.site import Site


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
