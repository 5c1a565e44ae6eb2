"""`registre verify`."""

import argparse
import subprocess
import sys

from web.journal.exporting import VERIFIER


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command: those of the stand-alone verifier."""
    parser.add_argument("place", metavar="(DIR | URL)", help="dossier exporté, ou adresse d'un site")
    parser.add_argument("--json", action="store_true", help="un objet JSON")
    parser.add_argument("--audience", choices=("public", "audit"), help="audit : tout condensat doit être expliqué")
    parser.add_argument("--cle", metavar="FICHIER", help="clé du registre obtenue ailleurs")
    for name, what in (("ancien", "point de contrôle antérieur"), ("promesse", "promesse reçue au dépôt")):
        parser.add_argument(f"--{name}", metavar="FICHIER", action="append", default=[], help=f"{what} (répétable)")


def run(options: argparse.Namespace) -> int:
    """Runs the very file that people download, isolated from this program. Its exit code is ours."""
    command = [sys.executable, "-I", str(VERIFIER), options.place]
    command += ["--json"] if options.json else []
    command += ["--audience", options.audience] if options.audience else []
    command += ["--cle", options.cle] if options.cle else []
    for name in ("ancien", "promesse"):
        for place in getattr(options, name):
            command += [f"--{name}", place]
    return subprocess.run(command, check=False).returncode  # noqa: S603 (our own file, arguments passed as they are)
