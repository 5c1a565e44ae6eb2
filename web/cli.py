"""The `registre` command: one parser, each feature adds its own sub-commands."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from web.postgresql import EmbeddedError
from web.settings import SettingsError

# Imported only when called: `registre depouiller` starts no web server.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("web.commands.demo", "ouvre le territoire de démonstration"),
    "serve": ("web.commands.serve", "serveur de production"),
    "migrate": ("web.commands.migrate", "applique migrations/*.sql, une fois chacune, dans l'ordre"),
    "rebuild": ("web.commands.rebuild", "reconstruit toutes les projections à côté, compare, bascule"),
    "digest": ("web.commands.digest", "empreinte de chaque projection"),
    "nommer": ("web.commands.nommer", "confie la première fonction d'une installation neuve"),
    "jeton": ("web.acces.jeton", "crée le jeton d'un programme qui agit au nom d'une personne"),
    "checkpoint": ("web.journal.commands.checkpoint", "signe maintenant un point de contrôle"),
    "signer": ("web.journal.commands.signer", "le signataire, seul : un point de contrôle à chaque croissance"),
    "export": ("web.journal.commands.export", "le registre en fichiers, qui se prouvent sans serveur"),
    "depouiller": ("web.comptage.depouiller", "dépouille un scrutin ou un fichier .pb, sans rien écrire"),
    "pabulib": ("web.comptage.importer", "inscrit une élection au format .pb, ou rend celle d'un scrutin"),
    "registre-annuel": ("web.actes_pdf.registre_annuel", "imprime le registre d'une année, feuillets et tables"),
    "scdl": ("web.opendata.scdl", "inscrit ou rend des délibérations au format national des données ouvertes"),
    "repartir": ("web.enveloppes.repartir", "partage une enveloppe au centime, sans rien écrire"),
    "sauvegarder": ("web.commands.sauvegarder", "copie le registre, et ses clés à part"),
    "restaurer": ("web.commands.restaurer", "remet une copie dans une base vide"),
    "bench": ("bench.command", "les mesures du README, chacune rapportée à une référence de la même exécution"),
    "verify": ("web.journal.commands.verify", "vérifie un dossier exporté, ou un site"),
}

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit codes: 0 done, 1 a fault was found, 2 wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="registre", description="Le registre de la vie démocratique.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    chosen = next((word for word in given if not word.startswith("-")), None)
    runs: dict[str, Run] = {}
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:
            found = import_module(module)
            found.configure(command)
            runs[name] = found.run
    options = parser.parse_args(given)
    try:
        return runs[options.command](options)
    except (WrongUse, SettingsError, EmbeddedError) as error:
        print(f"registre : {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


class WrongUse(Exception):
    """The command cannot run as it was called: says what to change (exit 2)."""


if __name__ == "__main__":
    sys.exit(main())
