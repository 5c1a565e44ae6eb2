"""The texts that rules stand on, as dated data: each is shown at `/regles/{id}` and named in the events it decided."""

from datetime import date
from typing import Any

import msgspec


class Exemple(msgspec.Struct, frozen=True):
    """A worked example: what is given, what the rule answers. The tests execute it."""

    donne: dict[str, Any]
    attendu: Any
    phrase: str


class Regle(msgspec.Struct, frozen=True, kw_only=True):
    """A dated rule. `source` names the text (or « choix du projet »), `citation` quotes it, `du`..`au` its validity."""

    id: str
    titre: str
    texte: str
    source: str
    citation: str = ""
    lien: str = ""
    du: date
    au: date | None = None
    parametres: dict[str, int | str] = {}
    exemples: tuple[Exemple, ...] = ()
    note: str = ""


REGLES: dict[str, Regle] = {}


def publish(regle: Regle) -> Regle:
    """Adds a rule to the book. Ids are unique for ever: a changed rule is a new id with its own dates."""
    if REGLES.setdefault(regle.id, regle) is not regle:
        raise ValueError(f"rule {regle.id} is already published")
    return regle
