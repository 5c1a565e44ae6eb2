"""Which quorum a body has on a day: by its kind and the dates of the rules; a conférence has none in its text."""

from datetime import date
from typing import Any

from domain.errors import RegleViolee
from domain.jeux_de_regles import Jeux
from domain.law import REGLES, Regle
from domain.majorites.regles import QUORUM_CONSEIL
from domain.majorites.seuils import Quorum, quorum
from domain.seances.regles import DEROULEMENT

PAR_TYPE = {"conseil": QUORUM_CONSEIL.id}


class RegleHorsDate(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Choisissez une règle de quorum qui était en vigueur ce jour-là."


def regle_de_quorum(type_instance: str, le: date, jeux: Jeux, choisie: str | None = None) -> Regle | None:
    """The published set of that day, else the built-in rule; None where the body has none.

    Raises RegleHorsDate on a chosen one out of its dates.
    """
    published = jeux.en_vigueur("quorum", type_instance, le)
    if choisie is None or (published is not None and published.id == choisie):
        identifier = PAR_TYPE.get(type_instance)
        return published or (REGLES[identifier] if identifier else None)
    rule = REGLES.get(choisie)
    if rule is None or "fraction" not in rule.parametres or le < rule.du or (rule.au is not None and rule.au < le):
        raise RegleHorsDate("Cette règle de quorum ne vaut pas ce jour-là.", field="jeu")
    return rule


def compter_quorum(rule: Regle | None, members: int, presents: int, representes: int) -> Quorum:
    """The threshold and the count under this rule; without a rule one member is enough."""
    if rule is None:
        return Quorum(min(members, 1), presents)
    words: dict[str, Any] = {"mode": rule.parametres["mode"], "fraction": rule.parametres["fraction"]}
    return quorum(members, presents, representes, **words)
