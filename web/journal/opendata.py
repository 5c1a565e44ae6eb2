"""The tables of the export, under the Licence Ouverte 2.0."""

import csv
from pathlib import Path

from web.journal.tree import Connection
from web.opendata.tables import TABLES

LICENCE = """\
Registre de la vie démocratique — conditions de réutilisation

Les données de ce dossier sont publiées sous la Licence Ouverte / Open Licence, version 2.0 (Etalab) :
https://www.etalab.gouv.fr/licence-ouverte-open-licence

Vous pouvez les reproduire, les diffuser, les adapter et les exploiter, y compris pour en tirer profit, à condition
de citer leur source — le journal « {origine} » — et leur date : {exporte_le}.

Des actes contiennent des condensats de données personnelles. Chercher à retrouver une donnée effacée ou retenue à
partir d'un condensat est un traitement de données personnelles, que cette licence n'autorise pas.

Le programme verifier.py est sous licence EUPL 1.2.
"""


def write_tables(connection: Connection, folder: Path) -> None:
    """Writes each public table, row by row (UTF-8, comma, RFC 4180), as the projections of this snapshot have it."""
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows(table.rows(connection))
