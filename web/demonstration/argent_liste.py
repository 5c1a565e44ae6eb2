"""The demonstration's other operations (`operations.csv`); their days and final costs follow from the stage reached."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from domain.enveloppes.events import NomEnveloppe
from web.demonstration.argent_operations import Oeuvre

FILE = Path(__file__).parent / "operations.csv"
ETAPES = ("proposee", "etudiee", "decidee", "engagee", "commencee", "soldee", "abandonnee")
JOURS = {"etudiee": 28, "decidee": 77, "commencee": 154, "soldee": 420, "abandonnee": 150}
SEUIL = 300_000
PLUS_BAS = 97  # percent of what was planned: what a finished work really cost


def autres() -> Iterator[Oeuvre]:
    """Every line as an operation to tell."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        yield from map(_oeuvre, csv.DictReader(lines))


def _oeuvre(line: dict[str, str]) -> Oeuvre:
    day, etape, cout = date.fromisoformat(line["proposee"]), line["etape"], int(line["cout"])
    reached = ETAPES.index(etape)
    at = {name: day + timedelta(days=days) for name, days in JOURS.items()}
    others = {"axe": line["axe"], "competence": "metropole"} if line["axe"] else {}
    if line["enveloppe"] == "fic" and cout > SEUIL:
        others = {"motif_seuil": "Le marché ne peut fermer qu’une fois."}
    return Oeuvre(
        cle=line["cle"], nom=cast(NomEnveloppe, line["enveloppe"]), a=line["beneficiaire"], titre=line["titre"],
        nature=line["nature"], cout=cout, proposee=day,
        etudiee=at["etudiee"] if reached >= ETAPES.index("etudiee") else None,
        decidee=at["decidee"] if reached >= ETAPES.index("decidee") else None,
        credits=((at["decidee"].year, cout),) if reached >= ETAPES.index("engagee") else (),
        commencee=at["commencee"] if etape in ("commencee", "soldee") else None,
        soldee=at["soldee"] if etape == "soldee" else None,
        reel=cout * PLUS_BAS // 100 if etape == "soldee" else 0,
        abandonnee=at["abandonnee"] if etape == "abandonnee" else None,
        communes=tuple(line["communes"].split()), autres=others,
    )  # fmt: skip
