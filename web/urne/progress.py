"""How far the opening of a layer is, for whoever looks meanwhile: a file that every process of this machine reads."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from web.services import Services

EVERY: Final = 0.25  # seconds between two writings
STALE: Final = 60.0  # seconds after which nobody is at work any more


def place(services: Services, reference: str) -> Path:
    """Where it is told; `reference` is one that the register knows."""
    return services.settings.directory / f"ouverture-{reference}"


def telling(services: Services, reference: str) -> Callable[[int, int], None]:
    """What an opening calls with the ballots done and their total."""
    path, next_time = place(services, reference), 0.0

    def tell(done: int, total: int) -> None:
        nonlocal next_time
        if (now := time.monotonic()) >= next_time:
            next_time = now + EVERY
            path.write_text(f"{done} {total}")

    return tell


def told(services: Services, reference: str) -> tuple[int, int] | None:
    """(ballots done, of how many), or None when no layer is being opened."""
    try:
        path = place(services, reference)
        if time.time() - path.stat().st_mtime > STALE:
            return None
        done, total = map(int, path.read_text().split())
    except (OSError, ValueError):  # none, or half written
        return None
    return done, total


def over(services: Services, reference: str) -> None:
    """The opening has ended, well or not."""
    place(services, reference).unlink(missing_ok=True)
