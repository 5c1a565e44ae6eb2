"""One more process of the server, on the socket that its parent opened."""

import os
import socket
import sys

from web.app import create_app
from web.commands.beside import leave_with_parent
from web.commands.serve import BESIDE, DATABASE, DEMONSTRATION, SOCKET, serve_on
from web.settings import Settings


def run() -> None:
    """Serves on the inherited socket, as the environment says, until it is told to stop."""
    with socket.socket(fileno=int(os.environ[SOCKET])) as inherited:
        settings = Settings.from_env(os.environ)
        serve_on(inherited, create_app(settings, os.environ[DATABASE], bool(os.environ[DEMONSTRATION])))


if __name__ == "__main__":
    if BESIDE in sys.argv:
        leave_with_parent()
    run()
