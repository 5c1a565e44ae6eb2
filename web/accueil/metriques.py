"""`/metrics`, in the text format of Prometheus; closed (404) unless the settings open it."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from web.measures import MEASURES, Metric
from web.services import Services, services

MEDIA_TYPE = "text/plain; version=0.0.4"
OUTBOX = "SELECT count(*) FROM web.outbox WHERE state = 'attente'"


@get("/metrics")
async def metrics(request: Request[Any, Any, Any]) -> Response[str]:
    """Counters of this process, and where the register stands."""
    found = services(request)
    if not found.settings.metrics:
        raise NotFoundException
    return Response("".join(written(metric) for metric in await _metrics(found)), media_type=MEDIA_TYPE)


async def _metrics(found: Services) -> list[Metric]:
    [(size,)] = await found.fetch("SELECT size FROM ledger.head")
    [(position,)] = await found.fetch("SELECT position FROM tracking")
    [(waiting,)] = await found.fetch(OUTBOX)
    return [
        ("registre_ledger_events_total", "counter", "Events written in the register.", [("", size)]),
        ("registre_projections_lag_events", "gauge", "Events not projected yet.", [("", size - position)]),
        ("registre_projections_halted", "gauge", "1 when projections cannot go on.", [("", bool(found.live.halted))]),
        ("registre_outbox_messages", "gauge", "Mails that wait to be sent.", [("", waiting)]),
        *MEASURES.metrics(),
    ]


def written(metric: Metric) -> str:
    """One metric with its samples; labels are already written out."""
    name, kind, help_text, samples = metric
    lines = "".join(f"{name}{labels} {value:.9g}\n" for labels, value in samples)
    return f"# HELP {name} {help_text}\n# TYPE {name} {kind}\n{lines}"
