"""The money: statement and overview against a bare handler; the split; a thousand commitments at once."""

import asyncio
import os
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from uuid import uuid4

from bench.bare import create_bare
from bench.measure import Measure, measured, typical
from bench.pages import median_ms, rest
from bench.scrutins import Facts
from bench.server import serving
from domain.enveloppes import events as e
from domain.enveloppes.engager_credit import EngagerCredit
from domain.enveloppes.repartition import Beneficiaire, repartir
from domain.ledger.command import Command
from domain.ledger.ledger import Ledger
from domain.ledger.store import Once
from domain.ledger.vault import Vault
from web.app import create_app
from web.commands.projector import projecting
from web.demonstration import argent
from web.demonstration.acts import person
from web.demonstration.loading import load, load_money
from web.settings import Settings

MOVEMENTS, AT_ONCE, ROUNDS, SPLITS = 2_000, 1_000, 5, 15  # rounds after one that warms up
TODAY = date(2026, 11, 20)
TOWNS = tuple(town.insee for town in argent.communes()[1][:ROUNDS])
OPERATION, COMPTE, PAGE = "OP-2020-0001", "comptes/fic/69266/2026", "/argent/fic/2026/villeurbanne"
RELEVE = "account of 2,000 movements, p50 / bare handler, one row"
APERCU = "overview of the money over six years, p50 / bare handler, one row"
PARTAGE = "split of 59 communes / 20 ms"
ENGAGEMENTS = "1,000 commitments at once on one account / 1,000 plain acts, one stream"


async def measures(url: str, settings: Settings) -> list[Measure]:
    """On the demonstration's money: six years, 58 communes, forty operations."""
    vault = Vault(settings.master_key())
    ledger = Ledger(url, settings.origin(demonstration=True), vault)
    await ledger.start()
    await load(ledger, TODAY, settings.secret())
    await load_money(ledger)
    found = [measured(PARTAGE, split_ms(), 20, "ms"), await commitments(ledger)]
    move = (e.CreditEngage(operation=OPERATION, cents=1_00, par="finances"),
            e.CreditLibere(operation=OPERATION, cents=1_00, motif="Mesure", par="finances"))  # fmt: skip
    await ledger.execute(Facts(COMPTE, move * (MOVEMENTS // 2)))
    await ledger.stop()
    return found + await pages(url, settings)


async def pages(url: str, settings: Settings) -> list[Measure]:
    """The statement (its first page of fifty lines) and the overview, each against one row."""
    environment = os.environ | {"REGISTRE_DIR": str(settings.directory)}
    with (
        serving(create_bare, url) as reference_server,
        projecting(url, environment),
        serving(create_app, settings, url, True) as server,
    ):
        bare, ours = reference_server.port, server.port
        await rest(ours)
        statements, overviews = [], []
        for _ in range(ROUNDS + 1):
            row_ms = await median_ms(bare, "/")
            statements.append((await median_ms(ours, PAGE), row_ms))
            overviews.append((await median_ms(ours, "/argent"), row_ms))
    return [measured(RELEVE, *typical(statements[1:]), "ms"), measured(APERCU, *typical(overviews[1:]), "ms")]


def split_ms() -> float:
    """Typical time of the FIC's split, with a floor and road surfaces, in milliseconds."""
    before, _ = argent.communes()
    towns = [Beneficiaire(town.insee, town.ctm, town.population, 1_000 + town.population % 997) for town in before]
    spent = []
    for _ in range(SPLITS):
        start = time.perf_counter()
        repartir("fic", towns, Fraction("0.6"))
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[SPLITS // 2]


async def commitments(ledger: Ledger) -> Measure:
    """Commitments that a rule checks one by one, against acts without any rule; a fresh account each round."""
    who, day, rounds = person("finances"), date(2026, 6, 1), []
    plain = e.AbondementInscrit(cents=1, acte="1", par="finances")
    for turn, insee in enumerate(TOWNS):
        work = f"OP-2020-{turn + 1:04d}"
        await ledger.execute(Facts(f"operations/{work}", decided(insee)))
        checked = await _at_once(ledger, partial(EngagerCredit, who, day, "fic", insee, 2026, work, 1))
        rounds.append((checked, await _at_once(ledger, partial(Facts, f"comptes/fic/mesure-{turn}/2026", (plain,)))))
    return measured(ENGAGEMENTS, *typical(rounds[1:]), "acts/s")


def decided(insee: str) -> tuple[e.OperationProposee, e.OperationDecidee]:
    """An operation of this commune, ready to be paid for."""
    return (
        e.OperationProposee(nom="fic", beneficiaire=insee, titre="Mesure", nature="Voirie", cout_cents=AT_ONCE,
                            communes=(insee,), proposee_par="Commune", par="finances"),
        e.OperationDecidee(instance=f"conseil-municipal-{insee}", acte="1", par="finances"),
    )  # fmt: skip


async def _at_once(ledger: Ledger, make: Callable[[], Command]) -> float:
    """Acts per second, all of them submitted together."""
    keys = [uuid4().bytes * 2 for _ in range(AT_ONCE)]
    start = time.perf_counter()
    await asyncio.gather(*(ledger.execute(make(), Once(key, key)) for key in keys))
    return AT_ONCE / (time.perf_counter() - start)
