"""The chain of a dossier of 400 events, and a search over 100,000 acts, against bare handlers, in the same run."""

import asyncio
import os
from datetime import date, timedelta

from bench.bare import create_bare
from bench.measure import Measure, measured, typical
from bench.pages import median_ms, rest
from bench.register import file_propositions, lay_frame
from bench.server import serving
from domain.chaines.tisser_chaine import ConstaterJalon
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.app import create_app
from web.commands.projector import projecting
from web.demonstration.actes_reels import NUMERO
from web.demonstration.acts import person
from web.demonstration.frame import START
from web.demonstration.loading import load_real_acts
from web.settings import Settings

PROPOSITIONS, JALONS, ROUNDS = 25_000, 384, 7  # 100,000 acts; 400 events in the chain; rounds after one that warms up
CHAINE = "chain of 400 events, 50 nodes shown, p50 / bare handler, one row"
RECHERCHE = "search over 100,000 acts, p50 / bare handler, SELECT 1"
MOTS = "/recherche?q=emplacement+4242"


async def fill(url: str, settings: Settings) -> None:
    """The register to search, and the long chain."""
    ledger = Ledger(url, settings.origin(demonstration=True), Vault(settings.master_key()))
    await ledger.start()
    await lay_frame(ledger)
    await load_real_acts(ledger)
    first = date(2017, 11, 9)
    await asyncio.gather(
        *(
            ledger.execute(
                ConstaterJalon(
                    *(person("coordination"), START, NUMERO, "participation", f"Réunion publique n° {number}"),
                    *("Les habitants", "compte rendu", first + timedelta(days=number)),
                )
            )
            for number in range(JALONS)
        )
    )
    await file_propositions(ledger, PROPOSITIONS)
    await ledger.stop()


async def measures(url: str, settings: Settings) -> list[Measure]:
    """Both, each against its bare handler, round by round."""
    await fill(url, settings)
    environment = os.environ | {"REGISTRE_DIR": str(settings.directory)}
    with (
        serving(create_bare, url) as reference_server,
        projecting(url, environment),
        serving(create_app, settings, url, True) as server,
    ):
        bare, ours = reference_server.port, server.port
        await rest(ours)
        chains, searches = [], []
        for _ in range(ROUNDS + 1):
            chains.append((await median_ms(ours, f"/chaines/{NUMERO}"), await median_ms(bare, "/")))
            searches.append((await median_ms(ours, MOTS), await median_ms(bare, "/un")))
    return [
        measured(CHAINE, *typical(chains[1:]), "ms"),
        measured(RECHERCHE, *typical(searches[1:]), "ms"),
    ]
