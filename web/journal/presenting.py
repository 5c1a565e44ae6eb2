"""An entry's bytes, made readable."""

from collections.abc import Iterator
from typing import Any

import msgspec

from web.journal.reading import Fact

LABELS = {
    "o": "Journal",
    "v": "Format",
    "e": "Nature",
    "s": "Dossier",
    "n": "Rang dans le dossier",
    "survenu_le": "Survenu le",
    "enregistre_le": "Enregistré le",
    "r": "Règle appliquée",
    "pj": "Pièce jointe",
    "_sd": "Condensat",
    "_sd_alg": "Algorithme des condensats",
}
ORDER = ("e", "s", "n", "survenu_le", "enregistre_le", "r", "d", "pj", "_sd", "_sd_alg", "o", "v")


class Line(msgspec.Struct, frozen=True):
    """One value of an entry: the field's path as written, what it is, the value, and a link when it has a page."""

    field: str
    label: str
    value: str
    href: str = ""


def raw(fact: Fact) -> str:
    """The entry's bytes as text."""
    return fact.state.decode()


def entry_lines(fact: Fact) -> list[Line]:
    """Every value of the entry, the ones that people look for first."""
    content = msgspec.json.decode(fact.state)
    names = [name for name in ORDER if name in content] + sorted(set(content) - set(ORDER))
    return [line for name in names for line in _lines(fact, name, content[name])]


def _lines(fact: Fact, name: str, value: Any) -> Iterator[Line]:
    for path, leaf in _leaves(name, value):
        label = LABELS.get(name, "Contenu") if name != "d" else path[2:].replace("_", " ").replace(".", ", ")
        href = f"/regles/{leaf}" if name == "r" else (fact.dossier or "") if name == "s" else ""
        yield Line(path, label, leaf, href)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name in sorted(value):
            yield from _leaves(f"{path}.{name}", value[name])
    elif isinstance(value, list) and value:
        for number, item in enumerate(value, start=1):
            yield from _leaves(f"{path}.{number}", item)
    elif isinstance(value, bool):
        yield path, "oui" if value else "non"
    elif isinstance(value, str | int):
        yield path, str(value)
    else:
        yield path, "(vide)"
