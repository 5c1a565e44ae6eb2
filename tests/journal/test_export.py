"""The exported bundle satisfies the stand-alone verifier, says no more than it may, and appears whole or not at all."""

import asyncio
import csv
import hashlib
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.budget_participatif import events as e
from domain.ledger.ledger import Ledger
from projections.catalogue import PROJECTIONS
from projections.live import Live
from tests.journal.conftest import ORIGIN, VAULT
from tests.journal.filing import TEXT, deposit, erase, moderation, write
from tests.ledger.acts import Count
from tests.site import Site
from web.embedded import Urls
from web.journal.exporting import Audience, ExportRefused, export
from web.journal.keys import promise_key
from web.journal.signer import sign_now


async def project(database: Urls) -> None:
    live = Live(database.app, VAULT, PROJECTIONS)
    await live.prepare()
    await live.catch_up()
    await live.close()


async def bundle(
    database: Urls, directory: Path, target: Path, audience: Audience = "public", sign: bool = True
) -> Path:
    """Signs, projects and exports."""
    if sign:
        await asyncio.to_thread(sign_now, database.app, directory)
    await project(database)
    await asyncio.to_thread(export, database.app, VAULT, directory, target, audience, patience=0.5)
    return target


def verify(folder: Path, *more: str | Path) -> dict[str, Any]:
    """The answer of the bundle's own verifier, run as its reader would."""
    command = [sys.executable, "-I", str(folder / "verifier.py"), str(folder), "--json", *map(str, more)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "export" in path.name)


async def file_some(ledger: Ledger, database: Urls) -> None:
    """Three filings: published, kept for the team, erased; and enough acts to fill two tiles."""
    published = await write(ledger, "propositions/GEPI-2026-0001", deposit())
    await write(ledger, "propositions/GEPI-2026-0001", moderation())
    await write(ledger, "propositions/GEPI-2026-0002", deposit(texte="mon voisin Paul", prenom=None))
    erased = await write(ledger, "propositions/GEPI-2026-0003", deposit(texte="mon adresse"), moderation(True))
    await erase(ledger, database.app, erased, "contribution", "auteur")
    assert published == 0
    await asyncio.gather(*(write(ledger, f"propositions/COMET-2026-{n:04d}", moderation()) for n in range(600)))


async def test_a_public_bundle_is_verified(ledger: Ledger, database: Urls, directory: Path, tmp_path: Path) -> None:
    await file_some(ledger, database)
    folder = await bundle(database, directory, tmp_path / "export")
    answer = verify(folder)
    assert (answer["ok"], answer["faults"], answer["size"]) == (True, [], 607)
    assert {answer["checks"][f"V{n}"] for n in range(1, 9) if n != 2} == {"ok"}
    lines = [json.loads(line) for line in (folder / "divulgations.ndjson").read_text().splitlines()]
    assert [line["index"] for line in lines] == [0]
    found = everything(folder)
    assert TEXT.encode() not in found  # base64 inside a disclosure
    for hidden in ("Paul", "mon adresse", "Zoé"):
        assert hidden.encode() not in found
    assert json.loads((folder / "manifeste.json").read_text())["audience"] == "public"
    assert "Licence Ouverte" in (folder / "LICENCE.txt").read_text()
    with (folder / "opendata" / "actes.csv").open(newline="") as file:
        acts = list(csv.DictReader(file))
    assert [int(act["numero"]) for act in acts] == list(range(1, 608))
    assert acts[0]["dossier"] == "propositions/GEPI-2026-0001"
    with (folder / "opendata" / "propositions.csv").open(newline="") as file:
        assert "GEPI-2026-0001" in [line["reference"] for line in csv.DictReader(file)]
    assert left_behind(tmp_path) == ["export"]


async def test_an_audit_bundle_explains_everything(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    await file_some(ledger, database)
    folder = await bundle(database, directory, tmp_path / "export", "audit")
    answer = verify(folder)
    assert (answer["ok"], answer["checks"]["V8"]) == (True, "ok"), answer["faults"]
    lines = (folder / "divulgations.ndjson").read_text().splitlines()
    assert [json.loads(line)["index"] for line in lines] == [0, 0, 2]


async def test_it_holds_exactly_what_the_checkpoint_covers(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    for number in range(3):
        await write(ledger, f"propositions/GEPI-2026-000{number}", deposit(), moderation())
        if number == 1:
            older = await asyncio.to_thread(sign_now, database.app, directory)
            assert older is not None
            (tmp_path / "ancien").write_text(older.note)
    folder = await bundle(database, directory, tmp_path / "un", sign=False)
    assert len((folder / "evenements.ndjson").read_bytes().splitlines()) == 4
    assert verify(folder)["ok"]
    later = await bundle(database, directory, tmp_path / "deux")
    answer = verify(later, "--ancien", tmp_path / "ancien", "--ancien", folder / "checkpoint")
    assert (answer["ok"], answer["size"], answer["checks"]["V2"]) == (True, 6, "ok")


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512])
async def test_sizes_around_a_tile(ledger: Ledger, database: Urls, directory: Path, tmp_path: Path, size: int) -> None:
    await asyncio.gather(*(ledger.execute(Count(f"a/{number}")) for number in range(size)))
    answer = verify(await bundle(database, directory, tmp_path / "export"))
    assert (answer["ok"], answer["faults"]) == (True, [])


async def test_an_erasure_that_no_checkpoint_covers_waits(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    index = await write(ledger, "propositions/GEPI-2026-0001", deposit())
    sign_now(database.app, directory)
    await erase(ledger, database.app, index, "contribution", "auteur")
    with pytest.raises(ExportRefused, match="pas encore couvert"):
        await bundle(database, directory, tmp_path / "audit", "audit", sign=False)
    assert verify(await bundle(database, directory, tmp_path / "public", sign=False))["ok"]
    assert verify(await bundle(database, directory, tmp_path / "audit", "audit"))["ok"]


async def test_what_is_public_must_be_known(ledger: Ledger, database: Urls, directory: Path, tmp_path: Path) -> None:
    await write(ledger, "propositions/GEPI-2026-0001", deposit(), moderation())
    await project(database)
    with pytest.raises(ExportRefused, match="point de contrôle"):
        export(database.app, VAULT, directory, tmp_path / "export", patience=0)
    await write(ledger, "propositions/GEPI-2026-0001", moderation())
    sign_now(database.app, directory)
    with pytest.raises(ExportRefused, match="projections"):
        export(database.app, VAULT, directory, tmp_path / "export", patience=0)
    assert left_behind(tmp_path) == []


async def test_a_register_that_contradicts_its_checkpoint_is_not_exported(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    await asyncio.gather(*(ledger.execute(Count(f"a/{number}")) for number in range(5)))
    sign_now(database.app, directory)
    await project(database)
    with psycopg.connect(database.migrations) as connection:
        connection.execute("ALTER TABLE ledger.stored_events DISABLE TRIGGER ALL")
        connection.execute("UPDATE ledger.stored_events SET state = replace(state::text, '61', '62')::bytea")
    with pytest.raises(ExportRefused, match="racine"):
        export(database.app, VAULT, directory, tmp_path / "export")
    assert left_behind(tmp_path) == []


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(FileExistsError):
        export("postgresql://nowhere", VAULT, tmp_path, tmp_path)
    assert (tmp_path / "mine").read_text() == "x"


async def test_a_promise_is_kept_in_the_bundle(ledger: Ledger, database: Urls, directory: Path, tmp_path: Path) -> None:
    act = await ledger.execute(Count("a/1"))
    key = promise_key(directory, ORIGIN)
    folder = await bundle(database, directory, tmp_path / "export")
    assert (folder / "cle-promesse").read_text() == f"{key.verifier}\n"
    assert act.index == 0


async def test_memory_does_not_grow_with_the_register(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    peaks = []
    for number in range(2):
        await asyncio.gather(*(ledger.execute(Count(f"b{number}/{n % 50}", note="x" * 2000)) for n in range(4000)))
        sign_now(database.app, directory)
        await project(database)
        tracemalloc.start()
        export(database.app, VAULT, directory, tmp_path / f"export{number}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0], peaks


async def test_the_command_line(ledger: Ledger, database: Urls, directory: Path, tmp_path: Path) -> None:
    site = Site(database, directory)
    site.close()

    def registre(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", "import sys, web.cli; sys.exit(web.cli.main())", *map(str, arguments)]
        return subprocess.run(command, env=site.environment, capture_output=True, text=True, check=False, timeout=60)

    empty = await asyncio.to_thread(registre, "checkpoint")
    assert (empty.returncode, empty.stdout) == (0, "")
    await file_some(ledger, database)
    signed = await asyncio.to_thread(registre, "checkpoint")
    assert signed.stdout.startswith(f"{ORIGIN}\n607\n")
    promised = promise_key(directory, ORIGIN).sign("autre\n")
    (tmp_path / "promesse").write_text(promised)
    (tmp_path / "ancien").write_text(signed.stdout)
    for audience in ("public", "audit"):
        folder = tmp_path / audience
        done = await asyncio.to_thread(registre, "export", folder, "--audience", audience, "--json")
        told = json.loads(done.stdout)
        assert (done.returncode, told["taille"], told["divulgations"]) == (0, 607, 1 if audience == "public" else 3)
        answer = await asyncio.to_thread(registre, "verify", folder, "--json", "--ancien", tmp_path / "ancien")
        assert (answer.returncode, json.loads(answer.stdout)["root"]) == (0, told["racine"])
        again = await asyncio.to_thread(registre, "export", folder)
        assert again.returncode == 2
    refused = await asyncio.to_thread(registre, "verify", folder, "--json", "--promesse", tmp_path / "promesse")
    assert (refused.returncode, json.loads(refused.stdout)["checks"]["V10"]) == (1, "fault")
    (folder / "cle").write_text("x")
    assert (await asyncio.to_thread(registre, "verify", folder)).returncode == 1
    assert (await asyncio.to_thread(registre, "verify", tmp_path / "nowhere")).returncode == 2


async def test_the_pictures_that_entries_name_come_along(
    ledger: Ledger, database: Urls, directory: Path, tmp_path: Path
) -> None:
    """Those that are shown; one flipped bit is found, a missing one too, one that was taken away is excused."""
    kept, removed, works = b"le bulletin", b"retiree", b"les travaux"
    digests = [hashlib.sha256(content).hexdigest() for content in (kept, removed, works)]
    (directory / "pj").mkdir(parents=True)
    for content, digest in zip((kept, removed, works), digests, strict=True):
        (directory / "pj" / digest).write_bytes(content)
    (directory / "pj" / ("0" * 64)).write_bytes(b"named by nothing")
    drawn = [e.ProjetIllustre(projet=f"p{n}", image=digests[n], description="x", par="x") for n in (0, 1)]
    gone = e.ImageRetiree(projet="p1", image=digests[1], motif="x", par="x")
    built = e.RealisationConstatee(projet="p0", cout_reel_cents=1, description="x", photo=digests[2], par="x")
    await write(ledger, "budgets/BPC-2026-0001", *drawn, gone, built)
    folder = await bundle(database, directory, tmp_path / "export")
    assert sorted(path.name for path in (folder / "pj").iterdir()) == sorted([digests[0], digests[2]])
    assert verify(folder)["faults"] == []
    shown = folder / "pj" / digests[0]
    shown.write_bytes(bytes([kept[0] ^ 1]) + kept[1:])
    assert verify(folder)["faults"] == [f"V5\u00a0: pj/{digests[0]}\u00a0: le contenu n'a pas ce sha256"]
    shown.unlink()
    [fault] = verify(folder)["faults"]
    assert "entrée 0 (acte n° 1)" in fault and "image absente, sans acte qui la retire" in fault
    await write(ledger, "budgets/BPC-2026-0001", e.ImageRetiree(projet="p0", image=digests[0], motif="x", par="x"))
    (directory / "pj" / digests[0]).unlink()
    with pytest.raises(ExportRefused, match="retire une image"):
        await bundle(database, directory, tmp_path / "early", sign=False)
    assert verify(await bundle(database, directory, tmp_path / "again"))["faults"] == []
