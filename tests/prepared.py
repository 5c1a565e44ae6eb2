"""Applications whose routes are registered once, then used by one test after the other: that costs half a second.

Imported by the process that sites are forked from, too: each site starts with its routes.
"""

import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from litestar import Litestar

from web.app import on_database, routed
from web.commands.serve import DATABASE, DEMONSTRATION, serve_on
from web.settings import Settings

_free = [routed()]


@contextmanager
def application(settings: Settings, url: str, demonstration: bool) -> Iterator[Litestar]:
    """As `web.app.create_app`; nobody else has it meanwhile."""
    app = _free.pop() if _free else routed()
    try:
        yield on_database(app, settings, url, demonstration)
    finally:
        _free.append(app)


def serve(listening: socket.socket, environment: dict[str, str]) -> None:
    """In a new process: as `python -m web.commands.worker` would, with these variables."""
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("ignore")
    settings = Settings.from_env(os.environ)
    with listening, application(settings, environment[DATABASE], bool(environment[DEMONSTRATION])) as app:
        serve_on(listening, app)
