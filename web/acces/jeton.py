"""`registre jeton EMAIL`."""

import argparse
import asyncio
import sys

from web.acces.sessions import new_token
from web.cli import WrongUse
from web.commands.nommer import known_person
from web.commands.opening import opened
from web.services import open_services
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("courriel", metavar="EMAIL", help="adresse de la personne au nom de qui le programme agira")
    parser.add_argument("--usage", default="créé par registre jeton", help="à quoi le jeton servira")


def run(options: argparse.Namespace) -> int:
    """Prints the token alone on stdout: it is not kept, and acts with this person's functions."""
    with opened() as (settings, urls):
        token = asyncio.run(_token(settings, urls.app, options.courriel, options.usage))
    print("Jeton valable un an. Il ne sera plus montré. Pour le supprimer : /bureau/jetons", file=sys.stderr)
    print(token)
    return 0


async def _token(settings: Settings, url: str, courriel: str, usage: str) -> str:
    async with open_services(settings, url) as services:
        person = await known_person(services, courriel)
        if person is None:
            raise WrongUse(f"Personne en fonction n'a l'adresse {courriel} dans ce registre.")
        return await new_token(services, person.id, usage[:80])
