"""A body's members as its pages show them: seats over time, who sits on a day, who did before."""

from datetime import date, timedelta
from typing import Any

from domain.composition import Composition, Membre
from web.mandats.mots import FONCTIONS
from web.pages import date_longue, nombre

DERNIERS = 200  # former members shown


def fiche(composition: Composition, le: date) -> dict[str, Any]:
    """The body on that day: seats, members, presidencies; and what was before."""
    sitting = composition.en_exercice(le)
    seats = composition.nombre_de_sieges(le)
    there = sorted(sitting.values(), key=lambda m: (m.nom or m.college or "", m.elu))
    gone = [m for m in composition.mandats if m.fin is not None and m.fin <= le]
    return {
        "sieges": seats,
        "membres": [_membre(composition, m, le) for m in there],
        "vacants": max(0, seats - len(sitting)) if sitting else 0,
        "anciens": [_ancien(m) for m in sorted(gone, key=_depart)][:DERNIERS],
        "nombre_anciens": len(gone),
        "periodes": periodes(composition),
        "presidences": presidences(composition),
    }


def periodes(composition: Composition) -> list[dict[str, str]]:
    """How many seats, since when, until when."""
    lines = list(dict(sorted(composition.sieges, key=lambda line: line[0])).items())  # the last word of a day
    return [
        {"sieges": nombre(seats), "du": date_longue(since),
         "au": date_longue(lines[rank + 1][0] - timedelta(days=1)) if rank + 1 < len(lines) else ""}
        for rank, (since, seats) in enumerate(lines)
    ]  # fmt: skip


def presidences(composition: Composition) -> list[dict[str, str]]:
    """Every presidency and vice-presidency, the latest first."""
    names = {m.elu: m.appellation for m in composition.mandats}
    held = sorted(composition.fonctions, key=lambda line: (line[2], line[1] == "president"), reverse=True)
    return [
        {"fonction": FONCTIONS[what], "nom": names.get(who, who), "du": date_longue(since),
         "au": date_longue(until - timedelta(days=1)) if until else ""}
        for who, what, since, until in held
    ]  # fmt: skip


def _membre(composition: Composition, m: Membre, le: date) -> dict[str, str]:
    return {
        "nom": " ".join(filter(None, (m.appellation, m.prenom))),
        "elu": m.elu,
        "precision": ", ".join(filter(None, (m.commune, m.groupe))),
        "fonction": FONCTIONS.get(composition.fonction_de(m.elu, le), ""),
        "du": date_longue(m.du),
    }


def _depart(m: Membre) -> tuple[int, str]:
    """The latest to leave first, then by name."""
    return -(m.fin or m.du).toordinal(), m.nom


def _ancien(m: Membre) -> dict[str, str]:
    assert m.fin is not None
    return {
        "nom": " ".join(filter(None, (m.appellation, m.prenom))),
        "elu": m.elu,
        "du": date_longue(m.du),
        "au": date_longue(m.fin - timedelta(days=1)),
    }
