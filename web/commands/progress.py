"""A progress bar on stderr, on a terminal only."""

import sys
import time

WIDTH = 30


class Bar:
    """`bar(done, total)` as often as one likes; it redraws five times a second."""

    def __init__(self, label: str) -> None:
        self.label, self._drawn = label, 0.0
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._shown or (now - self._drawn < 0.2 and done < total):
            return
        self._drawn = now
        filled = WIDTH * done // max(total, 1)
        end = "\n" if done >= total else ""
        bar = "#" * filled + "." * (WIDTH - filled)
        print(f"\r{self.label} [{bar}] {done}/{total}", end=end, file=sys.stderr, flush=True)
