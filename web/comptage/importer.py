"""`registre pabulib import FILE…` and `registre pabulib export REF`."""

import argparse
import asyncio
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from domain.errors import RegleViolee
from domain.ledger.deciding import Act
from domain.ledger.ledger import Ledger
from domain.ledger.store import Once
from domain.ledger.vault import Vault
from domain.scrutins.importer_scrutin import ImporterScrutin
from domain.scrutins.importes import ElectionImportee, preparer
from web.acces.persons import today
from web.cli import WrongUse
from web.commands.opening import opened
from web.comptage.depouiller import cause
from web.comptage.registre import lire_scrutin
from web.resultats.fichiers import fichier_pb
from web.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The two sub-commands."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    entree = "inscrit chaque fichier comme un scrutin déjà compté, une seule fois"
    importer = commands.add_parser("import", help=entree, description=entree)
    importer.add_argument("fichiers", nargs="+", metavar="FILE", type=Path, help="fichier au format Pabulib")
    importer.add_argument("--source", help="d'où viennent les fichiers ; par défaut, le nom de chacun")
    importer.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")
    sortie = "écrit le fichier .pb d'un scrutin dépouillé sur la sortie standard"
    exporter = commands.add_parser("export", help=sortie, description=sortie)
    exporter.add_argument("reference", metavar="REF", help="numéro du scrutin, SC-2026-0001 par exemple")


def run(options: argparse.Namespace) -> int:
    """Exit 2 on a file that cannot be read or counted, before anything is written; or on an unknown scrutin."""
    return _exporter(options.reference) if options.action == "export" else _importer(options)


def _exporter(reference: str) -> int:
    contenu = fichier_pb(lire_scrutin(reference))
    if contenu is None:
        raise WrongUse(f"{reference} : ses bulletins ne sont pas publiés.")
    sys.stdout.buffer.write(contenu)
    sys.stdout.buffer.flush()
    return 0


def _importer(options: argparse.Namespace) -> int:
    elections = [(chemin, _lue(chemin)) for chemin in options.fichiers]
    with opened() as (settings, urls):
        faits = asyncio.run(_ecrire(settings, urls.app, elections, options.source))
    lus = [_objet(chemin, election, act) for (chemin, election), act in zip(elections, faits, strict=True)]
    print(msgspec.json.encode({"scrutins": lus}).decode() if options.json else "\n".join(map(_dit, lus)))
    return 0


def _lue(chemin: Path) -> ElectionImportee:
    try:
        election = preparer(chemin.read_bytes())
    except OSError as e:
        raise WrongUse(f"fichier illisible : « {chemin} » ({cause(e)})") from None
    except RegleViolee as e:
        raise WrongUse(f"« {chemin} » : {e}") from None
    for avertissement in election.fichier.avertissements:
        print(f"attention : {chemin.name}, {avertissement}", file=sys.stderr)
    return election


async def _ecrire(
    settings: Settings, url: str, elections: Sequence[tuple[Path, ElectionImportee]], source: str | None
) -> list[Act]:
    ledger = Ledger(url, settings.origin(), Vault(settings.master_key()))
    await ledger.start()
    try:
        return [await inscrire(ledger, election, source or chemin.name) for chemin, election in elections]
    finally:
        await ledger.stop()


async def inscrire(ledger: Ledger, election: ElectionImportee, source: str) -> Act:
    """Writes an election once: the same file again gives the same act, wherever it comes from."""
    key = hashlib.sha256(b"registre/pabulib/1\0" + bytes.fromhex(election.empreinte)).digest()
    return await ledger.execute(ImporterScrutin(election, source, today()), Once(key, key))


def _objet(chemin: Path, election: ElectionImportee, act: Act) -> dict[str, Any]:
    return {
        "file": chemin.name,
        "reference": act.reference,
        "position": act.first,
        "sha256": election.empreinte,
        "title": election.titre,
        "rule": election.resultat.regle,
        "params": election.resultat.parametres_utiles(),
        "note": election.note,
        "voters": election.election.votants,
        "winners": list(election.resultat.gagnants),
        "already": act.replayed,
    }


def _dit(lu: dict[str, Any]) -> str:
    deja = "déjà inscrit" if lu["already"] else "inscrit"
    note = f" {lu['note']}" if lu["note"] else ""
    return f"{lu['reference']} {deja} : {lu['title']} ({lu['rule']}, {lu['voters']} bulletins).{note}"
