"""`registre export`."""

import argparse
import asyncio
import sys
from pathlib import Path

import msgspec

from domain.ledger.vault import Vault, WrongMasterKey
from projections.catalogue import PROJECTIONS
from projections.live import Live
from web.cli import WrongUse
from web.commands.opening import opened
from web.commands.progress import Bar
from web.journal.exporting import Exported, ExportRefused, export


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="dossier à créer, absent ou vide")
    parser.add_argument("--audience", choices=("public", "audit"), default="public", help="qui lira les divulgations")
    parser.add_argument("--json", action="store_true", help="un objet JSON")


def run(options: argparse.Namespace) -> int:
    """Writes the bundle of the last checkpoint. Exit 1 when it would not be proved."""
    with opened() as (settings, urls):
        vault = Vault(settings.master_key())
        asyncio.run(_catch_up(urls.app, vault))
        try:
            done = export(
                urls.app, vault, settings.directory, options.directory.absolute(), options.audience, Bar("actes")
            )
        except FileExistsError as error:
            raise WrongUse(f"{error}.") from error
        except (ExportRefused, WrongMasterKey) as error:
            print(f"EXPORT REFUSÉ : {error}", file=sys.stderr)
            return 1
    print(msgspec.json.encode(done).decode() if options.json else _told(done))
    return 0


async def _catch_up(url: str, vault: Vault) -> None:
    """Brings the projections to the head, unless a running server does it."""
    live = Live(url, vault, PROJECTIONS)
    await live.prepare()
    await live.catch_up()
    await live.close()


def _told(done: Exported) -> str:
    """The same for people."""
    return (
        f"{done.dossier} : {done.taille} actes, {done.divulgations} divulgations ({done.audience}).\n"
        f"Racine signée : {done.racine}\n"
        f"Pour vérifier, sans nous : python3 -I {done.dossier}/verifier.py {done.dossier}"
    )
