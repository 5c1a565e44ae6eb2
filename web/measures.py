"""What this process measures of itself, for `/metrics`: how many answers of each status, and how long they took."""

import time
from collections import Counter, deque
from collections.abc import Iterable

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

KEPT = 1024  # latest requests that the quantiles are taken from
QUANTILES = (0.5, 0.95, 0.99)

Metric = tuple[str, str, str, Iterable[tuple[str, float]]]


class Measures:
    """Counts since the process started; durations in seconds, of the latest requests."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        self.seconds = 0.0
        self._latest: deque[float] = deque(maxlen=KEPT)

    def note(self, method: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self.answers[method, status] += 1
        self.seconds += seconds
        self._latest.append(seconds)

    def metrics(self) -> list[Metric]:
        """Name, type, help and samples of each metric."""
        answers = [(f'{{method="{m}",code="{code}"}}', n) for (m, code), n in sorted(self.answers.items())]
        refused = Counter[int]()
        for (method, code), n in self.answers.items():
            if method != "GET" and 400 <= code < 500:
                refused[code] += n
        return [
            ("registre_http_requests_total", "counter", "Requests answered by this process.", answers),
            (
                "registre_refusals_total",
                "counter",
                "Acts and forms refused by this process.",
                [(f'{{code="{code}"}}', n) for code, n in sorted(refused.items())],
            ),
            (
                "registre_http_request_duration_seconds",
                "summary",
                "Time to answer; quantiles of the latest requests of this process.",
                self._summary(),
            ),
        ]

    def _summary(self) -> list[tuple[str, float]]:
        latest = sorted(self._latest)
        found = [(f'{{quantile="{q}"}}', latest[int(q * (len(latest) - 1))]) for q in QUANTILES if latest]
        return [*found, ("_sum", self.seconds), ("_count", sum(self.answers.values()))]


MEASURES = Measures()


class Measured:
    """ASGI middleware: notes each request in MEASURES, without its path nor anything of its content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_see)
        finally:
            MEASURES.note(scope["method"], status, time.perf_counter() - start)
