"""`registre sauvegarder`: the register in one folder; in another, what must not be kept long.

That is the keys of erasable values, the urns, and the pictures: an old copy would undo an erasure.
"""

import argparse
import shutil
from pathlib import Path

from web.cli import WrongUse
from web.commands.dumping import KEYS, REGISTER, pg
from web.commands.opening import opened

PICTURES = "pj"
SHORT_LIVED = ("keys", "urne")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("dossier", type=Path, help="où va le registre (à garder longtemps)")
    parser.add_argument(
        "--cles", type=Path, required=True, help="où vont les clés et les urnes (ailleurs, et pour peu de temps)"
    )


def run(options: argparse.Namespace) -> int:
    """Two archives of pg_dump. Projections are left out: they are rebuilt."""
    if options.dossier.resolve() == options.cles.resolve():
        raise WrongUse("les clés vont ailleurs que le registre : une vieille copie des deux défait un effacement")
    with opened() as (settings, urls):
        for folder in (options.dossier, options.cles):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The keys last: they must cover every value of the first archive, and no more than is left to read.
        register, keys = options.dossier.resolve() / REGISTER, options.cles.resolve() / KEYS
        left_out = [f"--exclude-schema={schema}" for schema in (*SHORT_LIVED, "projections*", "bench")]
        kept_apart = [f"--schema={schema}" for schema in SHORT_LIVED]
        pg("pg_dump", "--format=custom", *left_out, f"--file={register}", f"--dbname={urls.migrations}")
        pg("pg_dump", "--format=custom", *kept_apart, f"--file={keys}", f"--dbname={urls.migrations}")
        for archive in (register, keys):
            archive.chmod(0o600)
        pictures(settings.directory, options.cles)
    print(f"{register}\n{keys}")
    print("À garder aussi, une fois et à part : la clé maître, le secret, les clés du signataire et des promesses.")
    return 0


def pictures(source: Path, target: Path) -> None:
    """The public pictures of one directory of data into another, those that are shown now and no other."""
    shutil.rmtree(target / PICTURES, ignore_errors=True)
    if (source / PICTURES).is_dir():
        shutil.copytree(source / PICTURES, target / PICTURES)
