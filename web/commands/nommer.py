"""`registre nommer EMAIL FONCTION`."""

import argparse
import asyncio
from uuid import uuid4

from domain.coordonnees import courriel as lire_courriel
from domain.droits import FONCTIONS, fonction_id
from domain.errors import RegleViolee
from domain.fonctions.nommer_premier_titulaire import NommerPremierTitulaire
from domain.ledger.deciding import Act
from web.acces.persons import Person, person_of_email, today
from web.cli import WrongUse
from web.commands.opening import opened
from web.services import Services, open_services
from web.settings import Settings

PATIENCE_SECONDS = 60.0
LATE = "SELECT position < (SELECT size FROM ledger.head) FROM tracking"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    functions = ", ".join(f"{f.id}:INSTANCE" if f.portee == "instance" else f.id for f in FONCTIONS.values())
    parser.add_argument("courriel", metavar="EMAIL", help="adresse qui recevra les liens d'entrée")
    parser.add_argument("fonction", metavar="FONCTION", help=functions)
    parser.add_argument("--nom", help="nom de la personne ; par défaut, le début de son adresse")


def run(options: argparse.Namespace) -> int:
    """Records the function in the register, by « installation », and says where to sign in."""
    with opened() as (settings, urls):
        act = asyncio.run(_appoint(settings, urls.app, options))
    print(f"{options.courriel} tient la fonction {options.fonction}, événement n° {act.position} du registre.")
    print(f"Pour entrer : {settings.public_url}/connexion")
    return 0


async def _appoint(settings: Settings, url: str, options: argparse.Namespace) -> Act:
    fonction, instance = fonction_id(options.fonction)
    try:
        courriel = lire_courriel(options.courriel)
        async with open_services(settings, url) as services:
            known = await known_person(services, courriel)
            command = NommerPremierTitulaire(
                personne=known.id if known else str(uuid4()),
                fonction=fonction,
                instance=instance,
                nom=options.nom or (known.nom if known else courriel.partition("@")[0]),
                courriel=courriel,
                le=today(),
            )
            return await services.ledger.execute(command)
    except RegleViolee as error:
        raise WrongUse(f"{error} {error.conseil}") from error


async def known_person(services: Services, courriel: str) -> Person | None:
    """Who signs in with this address, once the projections have caught up with the register."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while (await services.fetch(LATE))[0][0]:
        if services.live.halted or asyncio.get_running_loop().time() > deadline:
            raise WrongUse("Les projections sont en retard sur le registre. Réparez-les : registre rebuild")
        await asyncio.sleep(0.1)
    return await person_of_email(services, courriel)
