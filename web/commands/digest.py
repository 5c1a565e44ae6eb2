"""`registre digest`."""

import argparse
import asyncio
import json

import psycopg

from domain.ledger.vault import Vault
from projections.catalogue import PROJECTIONS
from projections.database import LIVE, use_schema
from projections.live import Live
from projections.rebuild import digests
from web.commands.opening import opened


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--json", action="store_true", help="un objet JSON")


def run(options: argparse.Namespace) -> int:
    """Position of the projections and the digest of each, in one snapshot."""
    with opened() as (settings, urls):
        position, found = asyncio.run(_digests(urls.app, Vault(settings.master_key())))
    if options.json:
        print(json.dumps({"position": position, "projections": found}))
    else:
        print(f"position {position}")
        for name, value in found.items():
            print(f"  {name:<16} {value}")
    return 0


async def _digests(url: str, vault: Vault) -> tuple[int, dict[str, str]]:
    live = Live(url, vault, PROJECTIONS)
    await live.prepare()
    await live.catch_up()  # no server may run, as after a load
    await live.close()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await use_schema(connection, LIVE)
        return await digests(connection, PROJECTIONS)
