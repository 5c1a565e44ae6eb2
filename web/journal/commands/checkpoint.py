"""`registre checkpoint`."""

import argparse
import sys

from web.commands.opening import opened
from web.journal.signer import SigningRefused, sign_now


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(options: argparse.Namespace) -> int:
    """Prints the checkpoint of the whole log, signed now if it was not. Exit 1 when the signer refuses."""
    with opened() as (settings, urls):
        try:
            signed = sign_now(urls.app, settings.directory)
        except SigningRefused as error:
            print(f"SIGNATURE REFUSÉE : {error}", file=sys.stderr)
            return 1
    if signed is None:
        print("Le journal est vide : rien à signer.", file=sys.stderr)
        return 0
    print(signed.note, end="")
    return 0
