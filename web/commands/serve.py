"""`registre serve`: the production server."""

import argparse
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import uvicorn
from litestar import Litestar

from projections import collector
from web.app import create_app
from web.cli import WrongUse
from web.commands.beside import Beside
from web.commands.opening import opened
from web.commands.projector import projecting
from web.settings import Settings

SOCKET, DATABASE, DEMONSTRATION = "REGISTRE_WORKER_SOCKET", "REGISTRE_WORKER_DATABASE", "REGISTRE_WORKER_DEMO"
BESIDE = "--beside"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=default_workers(), help="nombre de processus (%(default)s ici)")


def default_workers() -> int:
    """Two where there are two processors or more: one act waits for the disk while another page is made."""
    return min(2, len(os.sched_getaffinity(0)))


def run(options: argparse.Namespace) -> int:
    """Serves until it is told to stop (SIGINT, SIGTERM)."""
    with opened() as (settings, urls), projecting(urls.app), signing(settings, urls.app):
        listen(options, settings, urls.app, demonstration=False)
    return 0


def listen(options: argparse.Namespace, settings: Settings, url: str, demonstration: bool) -> None:
    """This process, and `workers - 1` more on the same socket; each one appends, one at a time projects."""
    with socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET) as shared:
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            shared.bind((options.host, options.port))
        except OSError as error:
            raise WrongUse(f"le port {options.port} n'est pas libre ({error.strerror}) ; essayez --port") from error
        shared.listen(2048)
        shared.set_inheritable(True)
        environment = os.environ | {
            SOCKET: str(shared.fileno()),
            DATABASE: url,
            DEMONSTRATION: "1" if demonstration else "",
        }
        worker = [sys.executable, "-m", "web.commands.worker", BESIDE]
        with ExitStack() as others:
            for _ in range(getattr(options, "workers", 1) - 1):
                others.enter_context(Beside(worker, environment, [shared.fileno()]))
            serve_on(shared, create_app(settings, url, demonstration))


def serve_on(shared: socket.socket, app: Litestar) -> None:
    """One process of the server. No access log: this site will carry votes."""
    collector.loaded()
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=10,
        lifespan="on",
    )
    uvicorn.Server(config).run(sockets=[shared])


@contextmanager
def signing(settings: Settings, url: str) -> Iterator[None]:
    """The signer beside the server, as its own process: it alone reads the log's key, and stops with us."""
    with Beside([sys.executable, "-m", "web.journal.signer", url]):
        yield
