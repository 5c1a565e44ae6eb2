"""Processes that run beside the server: they stop with it, however it stops, and start again when they are killed."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

WATCH_SECONDS = 0.5
STOP_SECONDS = 20
AGAIN_SECONDS = 2.0  # between two starts of what keeps crashing
CRASHED = 70  # EX_SOFTWARE: something that nobody foresaw, as against a refusal (1) or a wrong use (2)


class Beside:
    """One process, as a context. It must leave when its standard input closes, which a SIGKILL of ours does too.

    Killed by a signal, or crashed, it is started again; when it leaves by itself it has said why, and stays out.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, pass_fds: Sequence[int] = ()
    ) -> None:
        self._command, self._environment, self._pass_fds = command, environment, pass_fds
        self._leaving = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="beside", daemon=True)

    def __enter__(self) -> Self:
        self._process = self._start()
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._watcher.join()
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self._forget()

    def _forget(self) -> None:
        """Closes our end of its standard input."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (our own modules)
            self._command, env=self._environment, pass_fds=self._pass_fds, stdin=subprocess.PIPE
        )

    def _watch(self) -> None:
        while not self._leaving.wait(WATCH_SECONDS):
            left = self._process.poll()
            if left is not None and (left < 0 or left == CRASHED):
                if left == CRASHED and self._leaving.wait(AGAIN_SECONDS):
                    return
                self._forget()
                self._process = self._start()


def leave_with_parent() -> None:
    """In a process that `Beside` started: SIGTERM to ourselves once its end of our standard input is closed."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
