"""`registre bench`."""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path

import uvloop

from bench import actes, acts, argent, chaine, comptage, million, pages, reading, scrutins
from bench.measure import Measure
from bench.register import file_propositions, lay_frame
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.database import migrate
from web.embedded import EmbeddedServer
from web.journal.exporting import export
from web.journal.signer import sign_now
from web.settings import Settings

PROPOSITIONS = 12_500  # 50,000 events

OnServer = Callable[[str, Settings], Coroutine[None, None, list[Measure]]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--json", action="store_true", help="un objet JSON")
    parser.add_argument("--full", action="store_true", help="ajoute les mesures à un million d'actes")


def run(options: argparse.Namespace) -> int:
    """Measures on embedded servers of its own; exit 1 when a target is missed."""
    found = _on_a_server(acts.measures) + _on_a_server(_reading) + _on_a_server(chaine.measures)
    for measures in (
        actes.measures,
        argent.measures,
        scrutins.voting,
        scrutins.together,
        scrutins.opening,
        scrutins.growing,
    ):
        found += _on_a_server(measures)
    if options.full:
        found += _on_a_server(million.measures)
    found += comptage.measures()
    if options.json:
        print(json.dumps({"measures": [measure.as_json() for measure in found]}))
    else:
        print("\n".join(measure.as_line() for measure in found))
    return 0 if all(measure.ok for measure in found) else 1


def _on_a_server(measures: OnServer) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="registre-bench-") as folder, EmbeddedServer(Path(folder)) as server:
        migrate(server.urls.migrations)
        return uvloop.run(measures(server.urls.app, Settings.from_env({"REGISTRE_DIR": folder})))


async def _reading(url: str, settings: Settings) -> list[Measure]:
    """On a register of 50,000 events."""
    vault = Vault(settings.master_key())
    ledger = Ledger(url, settings.origin(demonstration=True), vault)
    await ledger.start()
    await lay_frame(ledger)
    await file_propositions(ledger, PROPOSITIONS)
    await ledger.stop()
    found = await reading.measures(url, vault)
    await asyncio.to_thread(sign_now, url, settings.directory)
    bundle = settings.directory / "export"
    await asyncio.to_thread(export, url, vault, settings.directory, bundle, "audit")
    found.append(await asyncio.to_thread(reading.verification, bundle))
    return found + await pages.measures(url, settings, "GEPI-2026-0042")
