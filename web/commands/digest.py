"""`registre digest`."""

import argparse
import asyncio
import json

import psycopg

from projections.catalogue import PROJECTIONS
from projections.database import LIVE, use_schema
from projections.rebuild import digests
from web.commands.opening import opened


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--json", action="store_true", help="un objet JSON")


def run(options: argparse.Namespace) -> int:
    """Position of the projections and the digest of each, in one snapshot."""
    with opened() as (_, urls):
        position, found = asyncio.run(_digests(urls.app))
    if options.json:
        print(json.dumps({"position": position, "projections": found}))
    else:
        print(f"position {position}")
        for name, value in found.items():
            print(f"  {name:<16} {value}")
    return 0


async def _digests(url: str) -> tuple[int, dict[str, str]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await use_schema(connection, LIVE)
        return await digests(connection, PROJECTIONS)
