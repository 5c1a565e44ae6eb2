"""At a million events against ten thousand: appends, a page, the server's memory."""

from bench.measure import Measure, measured, rate
from bench.pages import median_ms, rest
from bench.register import EVENTS_EACH, file_one, file_propositions, lay_frame
from bench.server import serving
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.app import create_app
from web.settings import Settings

SMALL, LARGE = 10_000, 1_000_000
PAGE = "/dossiers/GEPI-2026-0042"


async def measures(url: str, settings: Settings) -> list[Measure]:
    """The same three figures at both sizes, in one run on one register that grows."""
    ledger = Ledger(url, settings.origin(demonstration=True), Vault(settings.master_key()))
    await ledger.start()
    await lay_frame(ledger)
    await file_propositions(ledger, SMALL // EVENTS_EACH)
    small = await _figures(ledger, url, settings)
    await file_propositions(ledger, (LARGE - SMALL) // EVENTS_EACH)
    large = await _figures(ledger, url, settings)
    await ledger.stop()
    return [
        measured("append rate at 1,000,000 events / at 10,000", large[0], small[0], "acts/s"),
        measured("page of a dossier at 10,000 events / at 1,000,000, p50", small[1], large[1], "ms"),
        measured("memory of the server at 1,000,000 events / at 10,000", large[2], small[2], "MB"),
    ]


async def _figures(ledger: Ledger, url: str, settings: Settings) -> tuple[float, float, float]:
    appended = max([await rate(256, 8000, file_one(ledger)) for _ in range(3)])
    with serving(create_app, settings, url, True) as server:
        await rest(server.port)  # the first start has them all to follow
    with serving(create_app, settings, url, True) as server:
        page = min([await median_ms(server.port, PAGE) for _ in range(3)])
        return appended, page, server.memory() / 1e6
