"""A measure, its reference, and its target."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from bench.targets import FULL, TARGETS


class Measure(msgspec.Struct, frozen=True):
    """`ratio` = value / reference; `ok` compares it with `target` (at least, or at most when `at_most`)."""

    name: str
    value: float
    reference: float
    unit: str
    target: float
    at_most: bool = False

    @property
    def ratio(self) -> float:
        return self.value / self.reference if self.reference else 0.0

    @property
    def ok(self) -> bool:
        return self.ratio <= self.target if self.at_most else self.ratio >= self.target

    def as_json(self) -> dict[str, object]:
        """The object that `registre bench --json` prints."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "reference": round(self.reference, 4),
            "unit": self.unit,
            "ratio": round(self.ratio, 4),
            "target": self.target,
            "ok": self.ok,
        }

    def as_line(self) -> str:
        """The same for people."""
        sign, mark = "<=" if self.at_most else ">=", "ok" if self.ok else "NON"
        values = f"{self.value:>12.3f} / {self.reference:>12.3f} {self.unit:<10}"
        return f"{self.name:<72} {values} = {self.ratio:>8.3f}  {sign} {self.target:<6} {mark}"


def measured(name: str, value: float, reference: float, unit: str) -> Measure:
    """A measure whose target stands in the table of targets."""
    return Measure(name, value, reference, unit, *(TARGETS | FULL)[name])


def typical(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The value and its reference in the round of median ratio: each round measures both, one right after the other, so
    that the machine's other work weighs on both alike."""
    return sorted(rounds, key=lambda pair: pair[0] / pair[1])[len(rounds) // 2]


async def rate(workers: int, total: int, act: Callable[[int], Awaitable[object]]) -> float:
    """Calls per second of `act(i)`, `workers` at a time."""
    numbers = iter(range(total))

    async def work() -> None:
        for number in numbers:
            await act(number)

    start = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(workers)))
    return total / (time.perf_counter() - start)


async def median_ms(times: int, act: Callable[[], Awaitable[object]]) -> float:
    """Median time of one call, alone, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        await act()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)
