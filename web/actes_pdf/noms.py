"""Members as acts name them: by title, in the order of the table; who was there, excused, or away."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import msgspec

from domain.composition import Composition
from domain.seances.events import PouvoirDonne
from domain.seances.seance import Seance
from web.pages import NBSP
from web.seances.lecture import noms

PLURIEL = {"M.": "MM.", "Mme": "Mmes"}


class Assistance(msgspec.Struct, frozen=True):
    """Three sentences, each in the order of the table."""

    presents: str
    excuses: str
    absents: str


def assistance(seance: Seance, composition: Composition, le: date) -> Assistance:
    """Of a meeting held on that day. Who gave a proxy is excused, even when its holder left."""
    sitting, called = composition.en_exercice(le), noms(composition, le)
    facts = enumerate(seance.faits, start=1)
    proxies = {f.mandant: f.mandataire for at, f in facts if isinstance(f, PouvoirDonne) and at not in seance.rectifies}
    excused = (proxies.keys() | seance.excuses) - seance.venus
    held = {who: f" (pouvoir à {called.get(by, by)})" for who, by in proxies.items()}
    return Assistance(
        liste(called[elu] for elu in sitting if elu in seance.venus),
        liste(called[elu] + held.get(elu, "") for elu in sitting if elu in excused),
        liste(called[elu] for elu in sitting if elu not in seance.venus and elu not in excused),
    )


def liste(membres: Iterable[str]) -> str:
    """« MM. Bret, Kabalo, Mme Berra » of « M. Bret », « M. Kabalo », « Mme Berra »."""
    groups = []
    for title, found in groupby(membres, key=_titre):
        names = [name.removeprefix(f"{title}{NBSP}") for name in found]
        word = PLURIEL.get(title, title) if len(names) > 1 else title
        groups.append(f"{word}{NBSP if word else ''}{', '.join(names)}")
    return ", ".join(groups)


def _titre(name: str) -> str:
    return next((title for title in PLURIEL if name.startswith(f"{title}{NBSP}")), "")
