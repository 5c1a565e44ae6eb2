"""`registre signer`."""

import argparse
import os
import signal
import threading

from web.database import open_urls
from web.journal.signer import serve
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(options: argparse.Namespace) -> int:
    """Signs a checkpoint for each growth of the log, until SIGINT or SIGTERM. Exit 1 when it refuses."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    settings = Settings.from_env(os.environ)
    with open_urls(settings) as urls:
        return serve(urls.app, settings.directory, stop)
