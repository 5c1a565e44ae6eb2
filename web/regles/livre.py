"""The book: every rule that a module of `domain` publishes, with the refusals that it can pronounce."""

from datetime import date
from functools import lru_cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import msgspec

import domain
from domain.errors import RegleViolee
from domain.law import REGLES, Exemple, Regle
from web.pages import date_longue, nombre

WITHOUT_RULES = ("domain.ledger", "domain.comptage")


@lru_cache(maxsize=1)
def book() -> dict[str, Regle]:
    """Every rule by id, in the order of their ids. Importing a module of the domain publishes its rules."""
    for module in walk_packages(domain.__path__, "domain."):
        if not module.name.startswith(WITHOUT_RULES):
            import_module(module.name)
    return dict(sorted(REGLES.items()))


class Refus(msgspec.Struct, frozen=True):
    """A refusal that a rule can pronounce: its name for programs, its HTTP status, what to do then."""

    nom: str
    status: int
    conseil: str


def refusals(regle: Regle) -> list[Refus]:
    """What this rule can refuse, by name."""
    book()
    found = [kind for kind in _descendants(RegleViolee) if getattr(kind, "fondement", None) is regle]
    return [Refus(kind.__name__, kind.status, kind.conseil) for kind in sorted(found, key=lambda kind: kind.__name__)]


def _descendants(kind: type[RegleViolee]) -> set[type[RegleViolee]]:
    children = set(kind.__subclasses__())
    return children.union(*map(_descendants, children))


def is_choice(regle: Regle) -> bool:
    """No text of law says so: the project chose it."""
    return regle.source.lower().startswith("choix du projet")


class ExempleLu(msgspec.Struct, frozen=True):
    """A worked example, written out: what is given, what the rule answers (`refus`: it refuses)."""

    phrase: str
    donne: list[tuple[str, str]]
    attendu: str
    refus: bool


def examples(regle: Regle) -> list[ExempleLu]:
    """The rule's examples, as its tests execute them."""
    names = {kind.__name__ for kind in _descendants(RegleViolee)}
    return [_read(exemple, names) for exemple in regle.exemples]


def _read(exemple: Exemple, refusal_names: set[str]) -> ExempleLu:
    given = [(name.replace("_", " "), written(value)) for name, value in exemple.donne.items()]
    refused = isinstance(exemple.attendu, str) and exemple.attendu in refusal_names
    return ExempleLu(exemple.phrase, given, exemple.attendu if refused else written(exemple.attendu), refused)


def written(value: Any) -> str:
    """A value of an example or of a parameter, as people read it."""
    match value:
        case None:
            return "rien"
        case bool():
            return "oui" if value else "non"
        case date():
            return date_longue(value)
        case int():
            return nombre(value)
        case str():
            return _written_text(value)
        case dict():
            return ", ".join(f"{name.replace('_', ' ')} : {written(item)}" for name, item in value.items())
        case list() | tuple() | set() | frozenset():
            return ", ".join(map(written, value)) or "rien"
    return str(value)


def _written_text(text: str) -> str:
    try:
        return date_longue(date.fromisoformat(text)) if len(text) == 10 else f"« {text} »"
    except ValueError:
        return f"« {text} »"
