"""Facts of the rule-sets, on the stream `regles/{moteur}` of the rule that they set. Lines are added, never changed.

One stream a rule, so that a meeting stands on everything that was published about it. `jeu` is the set's name,
unique for ever and shown at `/regles/{jeu}`; `par` a function.
"""

from datetime import date
from typing import ClassVar

import msgspec

from domain.instances.events import TypeInstance
from domain.ledger.event import Event


class ExempleDuJeu(msgspec.Struct, frozen=True, kw_only=True):
    """A worked example: what is given, what the rule must answer."""

    donne: dict[str, int | str]
    attendu: str


class JeuDeReglesPropose(Event, frozen=True, kw_only=True):
    """A text sets a rule, for a kind of body, from `du` to `au` included. `note`: what is still to be confirmed."""

    TOPIC: ClassVar[str] = "regles_datees/JeuDeReglesPropose/1"
    jeu: str
    titre: str
    texte: str
    source: str
    parametres: dict[str, int | str]
    exemples: tuple[ExempleDuJeu, ...]
    du: date
    par: str
    portee: TypeInstance | None = None
    citation: str = ""
    lien: str = ""
    note: str = ""
    au: date | None = None


class JeuDeReglesPublie(Event, frozen=True, kw_only=True):
    """Somebody else read it, its examples were executed: it is in force on its days."""

    TOPIC: ClassVar[str] = "regles_datees/JeuDeReglesPublie/1"
    jeu: str
    par: str


class JeuDeReglesEcarte(Event, frozen=True, kw_only=True):
    """The second person said no, and why."""

    TOPIC: ClassVar[str] = "regles_datees/JeuDeReglesEcarte/1"
    jeu: str
    motif: str
    par: str


class ValiditeClose(Event, frozen=True, kw_only=True):
    """A published set is in force until `au` included, not after."""

    TOPIC: ClassVar[str] = "regles_datees/ValiditeClose/1"
    jeu: str
    au: date
    motif: str
    par: str
