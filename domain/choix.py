"""Choices among a closed list: what a form or a program sends is one of them, or is refused."""

from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from domain.errors import RegleViolee
from domain.law import Regle, publish

CHOIX = publish(
    Regle(
        id="choix-proposes-2026",
        titre="Choisir dans la liste",
        texte="Quand une liste est proposée, la réponse est une des lignes de la liste.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)


_lists: dict[type[Any], list[tuple[str, tuple[Any, ...]]]] = {}


class ChoixInconnu(RegleViolee):
    fondement = CHOIX
    conseil = "Choisissez une des lignes de la liste."


def verifie_choix(command: Any) -> None:
    """Raises ChoixInconnu when a field of type Literal holds anything else."""
    kind = type(command)
    if kind not in _lists:
        found = ((name, _values(hint)) for name, hint in get_type_hints(kind).items())
        _lists[kind] = [(name, values) for name, values in found if values]
    for name, allowed in _lists[kind]:
        if getattr(command, name) not in allowed:
            raise ChoixInconnu("Ce choix n'est pas dans la liste.", field=name)


def _values(hint: Any) -> tuple[Any, ...]:
    """The values of a Literal, and None where the field may be left out; nothing for any other type."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    parts = get_args(hint)
    if any(get_origin(part) is Literal for part in parts) and get_origin(hint) not in (list, tuple, dict):
        return tuple(value for part in parts for value in (_values(part) or (None,)))
    return ()
