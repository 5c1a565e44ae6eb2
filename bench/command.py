"""`registre bench`."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from bench import acts
from bench.measure import Measure
from web.database import migrate
from web.embedded import EmbeddedServer


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--json", action="store_true", help="un objet JSON")
    parser.add_argument("--full", action="store_true", help="ajoute les mesures à un million d'actes")


def run(options: argparse.Namespace) -> int:
    """Measures on an embedded server of its own; exit 1 when a target is missed."""
    with tempfile.TemporaryDirectory(prefix="registre-bench-") as folder, EmbeddedServer(Path(folder)) as server:
        migrate(server.urls.migrations)
        found: list[Measure] = asyncio.run(acts.measures(server.urls.app))
    if options.json:
        print(json.dumps({"measures": [measure.as_json() for measure in found]}))
    else:
        print("\n".join(measure.as_line() for measure in found))
    return 0 if all(measure.ok for measure in found) else 1
