"""`registre demo`: the demonstration territory."""

import argparse
import asyncio
from datetime import datetime
from pathlib import Path

import msgspec

from domain.errors import RegleViolee
from web.cli import WrongUse
from web.commands.opening import opened
from web.commands.progress import Bar
from web.commands.projector import projecting
from web.commands.serve import listen, signing
from web.demonstration import acts, papiers
from web.demonstration.argent import PERSONS as DE_L_ARGENT
from web.demonstration.argent_fin import load_money_end
from web.demonstration.colleges import COLLEGE
from web.demonstration.colleges import PERSONS as DU_COLLEGE
from web.demonstration.frame import PERSONS
from web.demonstration.instances import PERSONS as DES_INSTANCES
from web.demonstration.loading import (
    load,
    load_avis,
    load_deliberations,
    load_elections,
    load_meetings,
    load_money,
    load_real_acts,
    load_votes,
    writing,
)
from web.demonstration.seances import PERSONS as DES_SEANCES
from web.pages import PARIS
from web.settings import Settings

TOUTES = (*PERSONS, *DES_INSTANCES, *DES_SEANCES, *DU_COLLEGE, *DE_L_ARGENT)
SIZE = "SELECT size FROM ledger.head"


class Loaded(msgspec.Struct, frozen=True):
    """What was loaded: how many acts the register has, where the papers of the open vote are, one of its codes."""

    actes: int
    papiers: Path
    vote: str
    code: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--no-serve", action="store_true", help="charge le territoire et s'arrête")
    parser.add_argument(
        "--elections",
        metavar="DOSSIER",
        type=Path,
        help="inscrit aussi chaque élection de ce dossier (fichiers .pb au format Pabulib)",
    )


def run(options: argparse.Namespace) -> int:
    """Loads what is missing, then serves until it is told to stop."""
    files = _files(options.elections)
    with opened(public_url=f"http://{options.host}:{options.port}") as (settings, urls):
        loaded = asyncio.run(_load(settings, urls.app, files))
        print(f"Territoire de démonstration : {loaded.actes} actes inscrits.", flush=True)
        print(f"Billets et clés du vote ouvert : {loaded.papiers}", flush=True)
        if options.no_serve:
            return 0
        with projecting(urls.app), signing(settings, urls.app):
            print(welcome(f"http://{options.host}:{options.port}", settings, loaded), flush=True)
            listen(options, settings, urls.app, demonstration=True)
    return 0


def _files(folder: Path | None) -> list[Path]:
    """The elections of this folder. Raises WrongUse when there is none."""
    found = sorted(folder.glob("*.pb")) if folder else []
    if folder and not found:
        raise WrongUse(f"aucun fichier .pb dans « {folder} »")
    return found


async def _load(settings: Settings, url: str, files: list[Path]) -> Loaded:
    today = datetime.now(PARIS).date()
    async with writing(settings, url) as services:
        await load(services.ledger, today, services.secret, Bar("actes"))
        await load_real_acts(services.ledger)
        await load_avis(services.ledger, today)
        works = await load_money(services.ledger)
        await load_meetings(services.ledger, today)
        vote = await load_votes(services, today, Bar("éditions"))
        await load_money_end(services, today, works)
        await load_deliberations(services.ledger, today)
        try:
            await load_elections(services.ledger, files, Bar("élections"))
        except (RegleViolee, OSError) as error:
            raise WrongUse(f"élection illisible : {error}") from error
        where = await papiers.write(vote, settings.public_url)
        [(size,)] = await services.fetch(SIZE)
        return Loaded(size, where, vote.reference, await papiers.unused(vote))


def welcome(address: str, settings: Settings, loaded: Loaded) -> str:
    """Where to click, and how to be each person."""
    codes = [acts.code(place, settings.secret()) for place in (11, 20)]
    lines = [
        "",
        f"Registre est ouvert : {address}",
        "",
        f"  Dire        {address}/dire",
        f"  Suivre      {address}/suivi          avec l'un de ces codes : {' ; '.join(codes)}",
        f"  Voter       {address}/vote           avec le code d'un billet : {loaded.code}",
        f"  Le collège  {address}/colleges/{COLLEGE}",
        f"  Chercher    {address}/recherche?q=bancs",
        f"  Vérifier    {address}/journal/verifier",
        "",
        f"Billets et clés du vote ouvert, {loaded.vote} : {loaded.papiers}",
        "",
        f"Espace des équipes : {address}/connexion, puis choisir une personne (personne=…) :",
        *(f"  {slug:<37} {name}" for slug, _, _, name in TOUTES),
        f"  {'administration':<37} Administration",
        "",
        "Les actes sont inventés, sauf ceux qui citent leur source. Ctrl-C pour arrêter.",
    ]
    return "\n".join(lines)
