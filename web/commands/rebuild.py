"""`registre rebuild`."""

import argparse
import asyncio

import msgspec

from domain.ledger.vault import Vault
from projections.catalogue import PROJECTIONS
from projections.rebuild import Rebuilt, rebuild
from web.commands.opening import opened
from web.commands.progress import Bar


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--json", action="store_true", help="un objet JSON")
    parser.add_argument("--accepter", action="store_true", help="bascule même quand une empreinte diffère")


def run(options: argparse.Namespace) -> int:
    """Exit 1, and no switch, when a projection is not what its events say."""
    with opened() as (settings, urls):
        vault = Vault(settings.master_key())
        done = asyncio.run(rebuild(urls.app, vault, PROJECTIONS, options.accepter, Bar("événements")))
    if options.json:
        shown = {"events": done.events, "seconds": round(done.seconds, 3), "projections": done.projections}
        print(msgspec.json.encode(shown | {"switched": done.switched}).decode())
    else:
        report(done)
    return 0 if all(pair.equal for pair in done.projections.values()) else 1


def report(done: Rebuilt) -> None:
    """The same for people."""
    rate = done.events / done.seconds if done.seconds else 0
    print(f"{done.events} événements en {done.seconds:.1f} s ({rate:.0f} par seconde)")
    for name, pair in done.projections.items():
        verdict = "égale" if pair.equal else "DIFFÉRENTE"
        print(f"  {name:<16} {verdict:<10}  avant {pair.before[:16]}  après {pair.after[:16]}")
    print("Bascule faite." if done.switched else "Aucune bascule.")
