"""`registre migrate`."""

import argparse
import os

from web.database import migrate, open_urls
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(options: argparse.Namespace) -> int:
    """Applies what is missing and names it."""
    with open_urls(Settings.from_env(os.environ)) as urls:
        applied = migrate(urls.migrations)
    print("\n".join(applied) if applied else "Rien à appliquer.")
    return 0
