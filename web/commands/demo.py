"""`registre demo`: the demonstration territory."""

import argparse
import asyncio
from datetime import datetime

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.commands.opening import opened
from web.commands.progress import Bar
from web.commands.projector import projecting
from web.commands.serve import listen, signing
from web.demonstration import acts
from web.demonstration.frame import PERSONS
from web.demonstration.loading import load
from web.pages import PARIS
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--no-serve", action="store_true", help="charge le territoire et s'arrête")


def run(options: argparse.Namespace) -> int:
    """Loads what is missing, then serves until it is told to stop."""
    with opened(public_url=f"http://{options.host}:{options.port}") as (settings, urls):
        total = asyncio.run(_load(settings, urls.app))
        print(f"Territoire de démonstration : {total} actes inscrits.", flush=True)
        if options.no_serve:
            return 0
        with projecting(urls.app), signing(settings, urls.app):
            print(welcome(f"http://{options.host}:{options.port}", settings), flush=True)
            listen(options, settings, urls.app, demonstration=True)
    return 0


async def _load(settings: Settings, url: str) -> int:
    ledger = Ledger(url, settings.origin(demonstration=True), Vault(settings.master_key()))
    await ledger.start()
    try:
        return await load(ledger, datetime.now(PARIS).date(), settings.secret(), Bar("actes"))
    finally:
        await ledger.stop()


def welcome(address: str, settings: Settings) -> str:
    """Where to click, and how to be each person."""
    codes = [acts.code(place, settings.secret()) for place in (11, 20)]
    lines = [
        "",
        f"Registre est ouvert : {address}",
        "",
        f"  Dire        {address}/dire",
        f"  Suivre      {address}/suivi          avec l'un de ces codes : {' ; '.join(codes)}",
        f"  Chercher    {address}/recherche?q=bancs",
        f"  Vérifier    {address}/journal/verifier",
        "",
        f"Espace des équipes : {address}/connexion, puis choisir une personne (personne=…) :",
        *(f"  {slug:<20} {name}" for slug, _, _, name in PERSONS),
        f"  {'administration':<20} Administration",
        "",
        "Tous les actes sont inventés. Ctrl-C pour arrêter.",
    ]
    return "\n".join(lines)
