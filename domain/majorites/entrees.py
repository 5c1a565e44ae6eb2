"""Values that a rule takes, read once and the same way: whole numbers, days as ISO texts, words of a list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from domain.errors import RegleViolee
from domain.majorites.regles import CALCULS

Valeur = int | str
Valeurs = Mapping[str, Valeur]
GRAND = 10**9


class ValeurImpossible(RegleViolee):
    fondement = CALCULS
    conseil = "Donnez chaque valeur demandée : un nombre entier, une date, ou un des mots proposés."


class Entree(msgspec.Struct, frozen=True):
    """A value that a rule takes. `options` are the words that it may be; `defaut` fills a form."""

    nom: str
    label: str
    sorte: Literal["nombre", "jour", "choix"] = "nombre"
    options: dict[str, str] = {}
    defaut: Valeur = ""


class Reponse(msgspec.Struct, frozen=True):
    """What a rule answers, and its arithmetic in a sentence."""

    valeur: str
    phrase: str


def lire(entrees: Sequence[Entree], valeurs: Valeurs) -> dict[str, Valeur]:
    """These values, each once, each possible. Raises ValeurImpossible."""
    unknown = sorted(set(valeurs) - {entree.nom for entree in entrees})
    if unknown:
        raise ValeurImpossible(f"« {unknown[0][:40]} » n'est pas demandé.", field=unknown[0])
    return {entree.nom: _une(entree, valeurs.get(entree.nom, entree.defaut)) for entree in entrees}


def _une(entree: Entree, valeur: Valeur) -> Valeur:
    if entree.sorte == "nombre":
        if type(valeur) is not int or not 0 <= valeur <= GRAND:
            raise ValeurImpossible(f"{entree.label} : ce nombre n'est pas possible.", field=entree.nom)
    elif entree.sorte == "jour":
        _jour(str(valeur), entree)
    elif str(valeur) not in entree.options:
        raise ValeurImpossible(f"{entree.label} : choisissez un des mots proposés.", field=entree.nom)
    return valeur


def _jour(texte: str, entree: Entree) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError as error:
        raise ValeurImpossible(f"{entree.label} : écrivez une date.", field=entree.nom) from error
