"""`registre restaurer`: an empty database becomes the register that was saved."""

import argparse
import os
from pathlib import Path

import psycopg

from web.cli import WrongUse
from web.commands.dumping import KEYS, REGISTER, pg
from web.commands.sauvegarder import pictures
from web.database import migrate, open_urls
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("dossier", type=Path, help="le dossier du registre")
    parser.add_argument("--cles", type=Path, required=True, help="le dossier des clés")


def run(options: argparse.Namespace) -> int:
    """Refuses a database that holds anything. The projections are made again at the first start."""
    archives = (options.dossier.resolve() / REGISTER, options.cles.resolve() / KEYS)
    for archive in archives:
        if not archive.is_file():
            raise WrongUse(f"{archive} n'existe pas")
    settings = Settings.from_env(os.environ)
    with open_urls(settings) as urls:
        with psycopg.connect(urls.migrations) as connection:
            if connection.execute("SELECT FROM pg_namespace WHERE nspname = 'ledger'").fetchone() is not None:
                raise WrongUse("cette base contient déjà un registre : donnez un REGISTRE_DIR ou une base vide")
        for archive in reversed(archives):  # the register's functions name the keys' tables
            pg("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={urls.migrations}", str(archive))
        migrate(urls.migrations)
        pictures(options.cles, settings.directory)
        with psycopg.connect(urls.migrations) as connection:
            row = connection.execute("SELECT size FROM ledger.head").fetchone()
    print(f"Registre restauré : {row[0] if row else 0} actes. Vérifiez-le : registre export, puis registre verify.")
    return 0
