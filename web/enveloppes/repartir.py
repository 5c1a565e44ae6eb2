"""`registre repartir`: the split of an envelope, to the cent, from a file of communes; it writes nothing."""

import argparse
import csv
import json
import re
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast, get_args

from domain.enveloppes.masses import ANNEES, MASSES, Enveloppe
from domain.enveloppes.repartition import Beneficiaire, Dotation, RepartitionImpossible, repartir
from domain.money import euros

SURFACE = "voirie_m2"
COLONNES = ("insee", "ctm")
MINIMUM = " (minimum garanti)"
MAX_NOMBRE = 10**12


class FichierRefuse(Exception):
    """The file cannot be used: the message says where and why."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--enveloppe", required=True, choices=get_args(Enveloppe), help="quelle enveloppe")
    parser.add_argument(
        "--communes", required=True, metavar="FICHIER.csv", help="colonnes insee, commune, ctm, population, voirie_m2"
    )
    parser.add_argument(
        "--alpha", metavar="A", help="poids de la population, de 0 à 1 (1 : population seule) ; pour fic et prox"
    )
    parser.add_argument("--population", metavar="COLONNE", help="nom de la colonne de population")
    parser.add_argument(
        "--cents",
        type=int,
        metavar="N",
        help="somme à partager, en centimes, pour un nouveau partage en cours de mandat",
    )
    parser.add_argument("--annees", type=int, metavar="N", help="années qui restent, avec --cents ; 6 par défaut")
    parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")


def run(args: argparse.Namespace) -> int:
    """Prints the split; 0, or 2 with the reason on stderr."""
    enveloppe = cast(Enveloppe, args.enveloppe)
    try:
        alpha = lire_alpha(args.alpha, enveloppe)
        communes = lire_communes(Path(args.communes), args.population, avec_voirie=alpha < 1)
        cents, annees = lire_reste(args.cents, args.annees, enveloppe)
        dotations = repartir(enveloppe, communes, alpha, cents, annees)
    except (FichierRefuse, RepartitionImpossible) as error:
        print(f"registre : {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"registre : fichier illisible : « {args.communes} » ({error.strerror})", file=sys.stderr)
        return 2
    if args.json:
        lines = [{"insee": d.insee, "ctm": d.ctm, "cents": d.cents} for d in dotations]
        print(json.dumps({"total_cents": sum(d.cents for d in dotations), "lines": lines}, ensure_ascii=False))
    else:
        assert sum(d.cents for d in dotations) == cents
        print("\n".join(_texte(dotations)))
    return 0


def lire_alpha(texte: str | None, enveloppe: Enveloppe) -> Fraction:
    """The weight of population, a decimal number (`0.6` or `0,6`). Raises FichierRefuse."""
    if texte is None:
        if enveloppe == "projets":
            return Fraction(1)
        raise FichierRefuse(f"--alpha manque : le Pacte ne le donne pas, et il change le partage de « {enveloppe} ».")
    try:
        alpha = Fraction(texte.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise FichierRefuse(f"--alpha est un nombre entre 0 et 1, pas « {texte} ».") from None
    if not 0 <= alpha <= 1:
        raise FichierRefuse(f"--alpha est un nombre entre 0 et 1, pas « {texte} ».")
    if enveloppe == "projets" and alpha != 1:
        raise FichierRefuse("L'enveloppe « projets » est partagée selon la population seule : --alpha 1, ou rien.")
    return alpha


def lire_reste(cents: int | None, annees: int | None, enveloppe: Enveloppe) -> tuple[int, int]:
    """What is shared, in cents, and among how many years: the whole mandate by default. Raises FichierRefuse."""
    whole, years = MASSES[enveloppe], len(ANNEES)
    if cents is not None and not 0 < cents <= whole:
        raise FichierRefuse(f"--cents est un nombre de centimes, au plus {whole}.")
    if annees is not None and (cents is None or not 0 < annees <= years):
        raise FichierRefuse(f"--annees est un nombre de 1 à {years}, avec --cents.")
    return cents or whole, annees or years


def lire_communes(fichier: Path, population: str | None, *, avec_voirie: bool) -> list[Beneficiaire]:
    """The communes of a CSV (UTF-8, comma or semicolon). Raises FichierRefuse, with the line at fault."""
    try:
        text = fichier.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FichierRefuse(f"« {fichier} » n'est pas en UTF-8.") from error
    first = text.partition("\n")[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = [name.strip() for name in rows.fieldnames or ()]
    rows.fieldnames = names
    column = _colonne_de_population(names, population)
    missing = [name for name in (*COLONNES, *((SURFACE,) if avec_voirie else ())) if name not in names]
    if missing:
        raise FichierRefuse(f"« {fichier} » n'a pas de colonne {', '.join(missing)}.")
    return [_commune(row, column, line, avec_voirie) for line, row in enumerate(rows, start=2)]


def _colonne_de_population(names: Sequence[str], asked: str | None) -> str:
    if asked is not None:
        if asked not in names:
            raise FichierRefuse(f"Il n'y a pas de colonne « {asked} » ; colonnes : {', '.join(names)}.")
        return asked
    found = [name for name in names if name.startswith("pop")]
    if len(found) != 1:
        raise FichierRefuse(f"Nommez la colonne de population avec --population : {', '.join(found) or 'aucune'}.")
    return found[0]


def _commune(row: dict[str, str | None], column: str, line: int, avec_voirie: bool) -> Beneficiaire:
    code, ctm = (row["insee"] or "").strip(), (row["ctm"] or "").strip()
    if not code or not ctm:
        raise FichierRefuse(f"Ligne {line} : le code INSEE ou la CTM manque.")
    surface = _surface(row.get(SURFACE), line) if avec_voirie else 0
    return Beneficiaire(code, ctm, _entier(row[column], line, column), surface)


def _entier(text: str | None, line: int, column: str) -> int:
    digits = (text or "").strip()
    if not digits.isascii() or not digits.isdigit() or int(digits) > MAX_NOMBRE:
        raise FichierRefuse(f"Ligne {line} : « {column} » est un nombre entier, pas « {digits} ».")
    return int(digits)


def _surface(text: str | None, line: int) -> Fraction:
    number = (text or "").strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", number):
        raise FichierRefuse(f"Ligne {line} : « {SURFACE} » est un nombre de mètres carrés, pas « {text or ''} ».")
    return Fraction(number)


def _texte(dotations: Sequence[Dotation]) -> list[str]:
    total = sum(d.cents for d in dotations)
    width = len(euros(total))
    lines = [f"{euros(d.cents):>{width}}  {d.insee or d.ctm}{MINIMUM if d.plancher else ''}" for d in dotations]
    return [*lines, f"{euros(total):>{width}}  total"]
