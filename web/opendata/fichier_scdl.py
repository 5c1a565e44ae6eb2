"""A file of deliberations (SCDL), read line by line: its encoding, its separator, its columns; nothing is corrected."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from domain.deliberations.scdl import COLONNES, OBLIGATOIRES, Defaut, LigneScdl, lire_ligne

SEPARATEURS: Final = ",;\t"
SIGNES_D_UNE_VALEUR: Final = 1_000_000


class FichierIllisible(ValueError):
    """The file is no table of deliberations: says why, in French."""


class Lue(NamedTuple):
    """One line: its number in the file (the titles are line 1), what it says, what is wrong, what is remarked."""

    numero: int
    ligne: LigneScdl | None
    defauts: list[Defaut]
    remarques: list[Defaut]
    valeurs: dict[str, str]


class Fichier(NamedTuple):
    """`remarques` are about the whole file."""

    lignes: Iterator[Lue]
    remarques: list[str]


def lire_fichier(octets: bytes) -> Fichier:
    """The lines, as they are asked for. Raises FichierIllisible, at once or on the line that cannot be cut."""
    text, remarks = _texte(octets)
    first = text.partition("\n")[0]
    separator = max(SEPARATEURS, key=first.count)
    csv.field_size_limit(SIGNES_D_UNE_VALEUR)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    titles = [title.strip().upper() for title in _suivante(rows) or []]
    missing = [name for name in OBLIGATOIRES if name not in titles]
    if missing:
        raise FichierIllisible(f"il manque des colonnes : {', '.join(missing)}")
    twice = sorted({name for name in titles if name in COLONNES and titles.count(name) > 1})
    if twice:
        raise FichierIllisible(f"des colonnes sont données deux fois : {', '.join(twice)}")
    if separator != ",":
        remarks.append("Le séparateur n'est pas la virgule.")
    unknown = [name for name in titles if name not in COLONNES]
    if unknown:
        remarks.append(f"Colonnes hors du schéma, ignorées : {', '.join(unknown)[:200]}")
    return Fichier(_lignes(rows, titles), remarks)


def _texte(octets: bytes) -> tuple[str, list[str]]:
    """UTF-8, with or without its mark; else what Windows writes."""
    remarks = ["Le fichier commence par une marque d'ordre (BOM)."] if octets.startswith(codecs.BOM_UTF8) else []
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16", "replace"), ["Le fichier est en UTF-16."]
    try:
        return octets.decode("utf-8-sig"), remarks
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace"), [*remarks, "Le fichier n'est pas en UTF-8 : lu comme Windows-1252."]


def _suivante(rows: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise FichierIllisible(f"ce n'est pas un fichier CSV ({error})") from None


def _lignes(rows: Any, titles: list[str]) -> Iterator[Lue]:
    seen: dict[str, int] = {}
    while True:
        number = rows.line_num + 1
        values = _suivante(rows)
        if values is None:
            return
        if any(value.strip() for value in values):
            yield _lue(number, values, titles, seen)


def _lue(number: int, values: list[str], titles: list[str], seen: dict[str, int]) -> Lue:
    """One line; an identifier that an earlier one had is refused, and the earlier line named."""
    said = dict(zip(titles, values, strict=False))
    if len(values) != len(titles):
        wrong = [Defaut("", f"{len(values)} valeurs pour {len(titles)} colonnes.")]
        return Lue(number, None, wrong, [], said)
    found, told = lire_ligne(said)
    if found is None:
        return Lue(number, None, told, [], said)
    earlier = seen.setdefault(found.numero, number)
    if earlier != number:
        wrong = [Defaut("DELIB_ID", f"cet identifiant est déjà celui de la ligne {earlier}.")]
        return Lue(number, None, wrong, [], said)
    return Lue(number, found, [], told, said)
