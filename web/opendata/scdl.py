"""`registre scdl import FICHIER` and `registre scdl export`: deliberations in the national format (SCDL 2.1.5)."""

import argparse
import asyncio
import csv
import hashlib
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from domain.deliberations.importer_deliberation import ImporterDeliberation
from domain.deliberations.scdl import DejaImportee, LigneScdl
from domain.errors import RegleViolee
from domain.ledger.deciding import Act
from domain.ledger.ledger import Ledger
from domain.ledger.store import Once
from domain.ledger.vault import Vault
from projections.catalogue import PROJECTIONS
from projections.live import Live
from web.cli import WrongUse
from web.commands.opening import opened
from web.commands.progress import Bar
from web.opendata.fichier_scdl import FichierIllisible, Lue, lire_fichier
from web.opendata.tables import DELIBERATIONS

LOT = 1_000

Lot = tuple[list[Lue], "asyncio.Future[list[Act | RegleViolee | None]] | None"]


class Bilan(msgspec.Struct):
    """What became of a file. Each of `refused` and `remarks`: line, field, value, reason."""

    file: str
    source: str
    lines: int = 0
    imported: int = 0
    already: int = 0
    refused: list[dict[str, Any]] = msgspec.field(default_factory=list)
    remarks: list[dict[str, Any]] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)

    @property
    def lignes_refusees(self) -> int:
        """How many lines were refused: one line may have several faults."""
        return len({fault["line"] for fault in self.refused})


def configure(parser: argparse.ArgumentParser) -> None:
    """The two sub-commands."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    entree = "inscrit les délibérations d'une autre collectivité ; chaque ligne refusée est nommée"
    importer = commands.add_parser("import", help=entree, description=entree)
    importer.add_argument("fichier", metavar="FICHIER", type=Path, help="fichier CSV au schéma SCDL 2.1.5")
    importer.add_argument("--source", help="d'où vient le fichier ; par défaut, son nom")
    importer.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")
    sortie = "écrit les délibérations du registre au même format, sur la sortie standard"
    commands.add_parser("export", help=sortie, description=sortie)


def run(options: argparse.Namespace) -> int:
    """Import: exit 1 when a line is refused (the others are in), 2 when the file cannot be read."""
    return _exporter() if options.action == "export" else _importer(options)


def _exporter() -> int:
    with opened() as (settings, urls):
        asyncio.run(_rejoindre(urls.app, Vault(settings.master_key())))
        _tout(urls.app, settings.public_url)
    return 0


async def _rejoindre(url: str, vault: Vault) -> None:
    live = Live(url, vault, PROJECTIONS)
    await live.prepare()
    await live.catch_up()  # no server may run
    await live.close()


def _tout(url: str, public_url: str) -> None:
    with psycopg.connect(url, options="-c search_path=projections") as connection:
        writer = csv.writer(sys.stdout)
        writer.writerow(DELIBERATIONS.columns)
        writer.writerows(DELIBERATIONS.rows(connection, public_url))


def _importer(options: argparse.Namespace) -> int:
    try:
        octets = options.fichier.read_bytes()
    except OSError as error:
        raise WrongUse(f"fichier illisible : « {options.fichier} » ({error.strerror})") from None
    bilan = Bilan(options.fichier.name, options.source or options.fichier.name)
    try:
        with opened() as (settings, urls):
            ledger = Ledger(urls.app, settings.origin(), Vault(settings.master_key()))
            asyncio.run(_ecrire(ledger, octets, bilan))
    except FichierIllisible as error:
        raise WrongUse(f"« {options.fichier.name} » : {error}") from None
    print(msgspec.json.encode(bilan).decode() if options.json else _dit(bilan))
    return 1 if bilan.refused else 0


async def _ecrire(ledger: Ledger, octets: bytes, bilan: Bilan) -> None:
    await ledger.start()
    try:
        await importer(ledger, octets, bilan)
    finally:
        await ledger.stop()


async def importer(ledger: Ledger, octets: bytes, bilan: Bilan) -> Bilan:
    """Records every valid line; the rest is in the report. A lot is read while the one before is written.

    Raises FichierIllisible.
    """
    found, bar = lire_fichier(octets), Bar("Import")
    bilan.notes += found.remarques
    total = max(1, octets.count(b"\n"))
    written: Lot = ([], None)
    try:
        while lot := list(islice(found.lignes, LOT)):
            writing = asyncio.gather(*(_inscrire(ledger, lue.ligne, bilan.source) for lue in lot))
            await asyncio.sleep(0)  # the ledger takes it
            await _compter(bilan, written)
            written = (lot, writing)
            bar(min(bilan.lines, total), total)
    finally:
        await _compter(bilan, written)
    bar(total, total)
    return bilan


async def _inscrire(ledger: Ledger, ligne: LigneScdl | None, source: str) -> Act | RegleViolee | None:
    """Once a line: the same again gives the same act."""
    if ligne is None:
        return None
    key = hashlib.sha256(b"registre/scdl/1\0" + msgspec.json.encode(ligne)).digest()
    try:
        return await ledger.execute(ImporterDeliberation(ligne, source), Once(key, key))
    except DejaImportee as refusal:
        return refusal


async def _compter(bilan: Bilan, written: Lot) -> None:
    lot, writing = written
    if writing is not None:
        for lue, act in zip(lot, await writing, strict=True):
            _ajouter(bilan, lue, act)


def _ajouter(bilan: Bilan, lue: Lue, act: Act | RegleViolee | None) -> None:
    bilan.lines += 1
    bilan.refused += [_fault(lue, champ, raison) for champ, raison in lue.defauts]
    bilan.remarks += [_fault(lue, champ, raison) for champ, raison in lue.remarques]
    match act:
        case Act(replayed=True):
            bilan.already += 1
        case Act():
            bilan.imported += 1
        case RegleViolee():
            bilan.refused.append(_fault(lue, act.field or "", str(act)))


def _fault(lue: Lue, champ: str, raison: str) -> dict[str, Any]:
    return {"line": lue.numero, "field": champ, "value": lue.valeurs.get(champ, "")[:100], "reason": raison}


def _dit(bilan: Bilan) -> str:
    lines = [*bilan.notes]
    for word, faults in (("refusée", bilan.refused), ("remarque", bilan.remarks)):
        for fault in faults:
            where = f", {fault['field']}" if fault["field"] else ""
            said = f" (« {fault['value']} »)" if fault["value"] else ""
            lines.append(f"ligne {fault['line']}{where}, {word} : {fault['reason']}{said}")
    summary = f"{bilan.lines} lignes lues, {bilan.imported} inscrites, {bilan.already} déjà inscrites"
    return "\n".join([*lines, f"{summary}, {bilan.lignes_refusees} refusées."])
