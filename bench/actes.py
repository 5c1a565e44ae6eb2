"""The documents of the assemblies and the open data of deliberations, each against the time that it may take."""

import asyncio
import csv
import io
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg

from bench.measure import Measure, measured, median_ms
from domain.deliberations.scdl import COLONNES
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from web.actes_pdf.annee import lire_annee
from web.actes_pdf.extrait import extrait, moment
from web.actes_pdf.presse import imprimer
from web.actes_pdf.registre_annuel import imprimer_registre
from web.demonstration import argent, frame
from web.demonstration.acts import once
from web.demonstration.loading import load_real_acts
from web.opendata.scdl import Bilan, importer
from web.settings import Settings

LIGNES, LIGNES_PAR_SECONDE = 10_000, 2_000
SEANCES, POINTS, ANNEE = 10, 40, 2024
EXTRAIT_MS, REGISTRE_S = 60, 30
FOIS = 30


async def measures(url: str, settings: Settings) -> list[Measure]:
    """An import, an extract of 165 councillors, a year of 400 deliberations."""
    ledger = Ledger(url, settings.origin(demonstration=True), Vault(settings.master_key()))
    await ledger.start()
    try:
        found = [await _import(ledger)]
        await _fill(ledger)
    finally:
        await ledger.stop()
    return [*found, await _extrait(url), await asyncio.to_thread(_annee, url)]


async def _import(ledger: Ledger) -> Measure:
    text = io.StringIO(newline="")
    lines = ([*_ligne(n), *["43", "40", "38", "1", "1"], f"https://exemple.fr/{n}.pdf"] for n in range(LIGNES))
    csv.writer(text).writerows([list(COLONNES), *lines])
    octets = text.getvalue().encode()
    start = time.perf_counter()
    bilan = await importer(ledger, octets, Bilan("essai.csv", "essai"))
    rate = bilan.imported / (time.perf_counter() - start)
    return measured("lines of open data imported / 2,000 a second", rate, LIGNES_PAR_SECONDE, "lines/s")


def _ligne(n: int) -> list[str]:
    name = "domaines de compétences par thèmes/voirie"
    head = ["Ville de l'Essai", "20004697700019", f"2019-{n:05d}", "2019-03-04", "8.3", name]
    return [*head, f"Réfection de la rue n° {n}, marché", "", "", "PREF069", "2019-03-06"]


async def _fill(ledger: Ledger) -> None:
    await asyncio.gather(*(ledger.execute(command, once(key)) for key, command in frame.commands()))
    await load_real_acts(ledger)
    await asyncio.gather(*(ledger.execute(command, once(key)) for key, command in argent.cadre()))
    for rank in range(SEANCES):
        day = date(ANNEE, 1, 8) + timedelta(days=28 * rank)
        meeting = await ledger.execute(argent.planifier(day), once(f"{day}"))
        items = tuple((f"{ANNEE}-{rank * POINTS + n:04d}", f"Objet {n}") for n in range(1, POINTS + 1))
        made = argent.seance(day, items, meeting.reference)
        await asyncio.gather(*(ledger.execute(command, once(key)) for key, command in made))


async def _extrait(url: str) -> Measure:
    with psycopg.connect(url) as connection:
        [cahier] = lire_annee(connection, "conseil", 2017)
    [acte] = cahier.actes
    numbers = iter(range(FOIS + 1))

    async def once_more() -> None:
        donnees = extrait(acte, demonstration=True)
        assert donnees is not None
        await imprimer("extrait", donnees | {"pied": f"Mesure {next(numbers)}."}, moment(acte))  # never the same file

    await once_more()
    return measured("extract of 165 councillors as PDF/A, p50 / 60 ms", await median_ms(FOIS, once_more),
                    EXTRAIT_MS, "ms")  # fmt: skip


def _annee(url: str) -> Measure:
    start = time.perf_counter()
    with psycopg.connect(url) as connection, tempfile.TemporaryDirectory() as folder:
        cahiers = lire_annee(connection, argent.CONSEIL, ANNEE)
        made = imprimer_registre(cahiers, ANNEE, Path(folder), True, lambda done, total: None)
    assert made.deliberations == SEANCES * POINTS
    return measured("register of 400 deliberations, sheets and tables / 30 s", time.perf_counter() - start,
                    REGISTRE_S, "s")  # fmt: skip
