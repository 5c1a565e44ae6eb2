"""The 59 communes of 2021 with their conférences, as the project carries them."""

import csv
from importlib.resources import files

from domain.enveloppes.repartition import Beneficiaire

FICHIER = files("domain.instances") / "donnees" / "communes_59.csv"


def communes(colonne: str = "pop_municipale_2018") -> list[Beneficiaire]:
    """One beneficiary per commune, with the population of that column."""
    rows = csv.DictReader(FICHIER.read_text(encoding="utf-8").splitlines())
    return [Beneficiaire(row["insee"], row["ctm"], int(row[colonne])) for row in rows]
