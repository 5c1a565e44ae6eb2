"""One more process of the server, on the socket that its parent opened."""

import os
import socket

from web.commands.serve import DATABASE, DEMONSTRATION, SOCKET, serve_on
from web.settings import Settings

if __name__ == "__main__":
    with socket.socket(fileno=int(os.environ[SOCKET])) as inherited:
        settings = Settings.from_env(os.environ)
        serve_on(inherited, settings, os.environ[DATABASE], bool(os.environ[DEMONSTRATION]))
