"""PostgreSQL's own tools for copies: those of the embedded server, or those of the machine."""

import shutil

from web import postgresql
from web.cli import WrongUse

REGISTER, KEYS = "registre.dump", "cles.dump"


def pg(program: str, *arguments: str) -> None:
    """Runs one of them; paths are absolute. The embedded ones read any server up to their own version.

    Raises WrongUse with what the tool said.
    """
    tool = postgresql.binaries() / program
    command = str(tool) if tool.exists() else shutil.which(program)
    if command is None:
        raise WrongUse(f"{program} est introuvable : installez les outils client de PostgreSQL")
    done = postgresql.run([command, *arguments])
    if done.returncode != 0:
        raise WrongUse(f"{program} a échoué :\n{done.stderr.strip()}")
