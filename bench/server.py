"""A server in a process of its own, on a free port of loopback, for the length of a measure."""

import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from litestar import Litestar

from projections import collector

START_SECONDS = 30


class Server(NamedTuple):
    """Where it listens, and its process."""

    port: int
    pid: int

    def memory(self) -> int:
        """Resident memory, in bytes (Linux)."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _serve(shared: socket.socket, factory: Callable[..., Litestar], arguments: tuple[Any, ...]) -> None:
    app = factory(*arguments)
    collector.loaded()  # as `web.commands.serve` does
    config = uvicorn.Config(app, access_log=False, log_level="error", lifespan="on")
    uvicorn.Server(config).run(sockets=[shared])


@contextmanager
def serving(factory: Callable[..., Litestar], *arguments: Any) -> Iterator[Server]:
    """The application that `factory(*arguments)` makes."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as shared:
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(shared, factory, arguments))
        process.start()
        try:
            port: int = shared.getsockname()[1]
            _wait(port)
            yield Server(port, process.pid or 0)
        finally:
            process.terminate()
            process.join(20)


def _wait(port: int) -> None:
    """The kernel accepts before the application does: waits for a first answer."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as probe:
            probe.sendall(b"GET /sante HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if probe.recv(12).startswith(b"HTTP/1.1"):
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")
