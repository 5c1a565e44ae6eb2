"""What a node says: its title, its words, its line, as data by kind of event."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

import msgspec

from domain.calendrier import jour
from domain.ledger.event import Event, Recorded
from web.propositions.instances import Annuaire

Ligne = Literal["institution", "participation"]


class Fait(msgspec.Struct, frozen=True):
    """An event of the chain, and the dossier that it is part of."""

    fact: Recorded
    dossier: str

    @property
    def event(self) -> Event:
        return self.fact.event

    @property
    def le(self) -> date:
        """Its legal day; that of its recording where it has none."""
        when = self.fact.event.survenu_le or self.fact.recorded_at
        return jour(when) if when else date.min


class Contexte(msgspec.Struct):
    """What words need to know of the rest: names, and every fact of the chain."""

    annuaire: Annuaire
    faits: list[Fait]

    def du_dossier(self, fait: Fait, *kinds: type[Event]) -> Fait | None:
        """The first event of these kinds in the same dossier."""
        return next((f for f in self.faits if f.dossier == fait.dossier and isinstance(f.event, kinds)), None)


class Delai(msgspec.Struct, frozen=True):
    """The real delay beside the legal one, and its rule. `tenu` is None where no text asks for one."""

    texte: str
    tenu: bool | None = None
    regle: str = ""


Texte = Callable[[Any, Contexte], str]
Compte = Callable[[Fait, Contexte], Delai | None]


def rien(event: Any, contexte: Contexte) -> str:
    """Nothing to add to the title."""
    return ""


def sans_delai(fait: Fait, contexte: Contexte) -> Delai | None:
    """No delay to tell."""
    return None


class Mot(msgspec.Struct, frozen=True):
    """How a kind of event is told. `decisif`: shown in the chains of linked dossiers too. `regle`: where it has none.

    `decision`: the two lines join there, in the chain of its own dossier.
    """

    titre: str
    ligne: Ligne = "institution"
    texte: Texte = rien
    delai: Compte = sans_delai
    regle: str = ""
    decisif: bool = False
    decision: bool = False


Mots = dict[type[Event], Mot]


def jours(n: int) -> str:
    """« 1 jour », « 25 jours »."""
    return f"{n} jour{'s' if abs(n) > 1 else ''}"


def ecart(debut: date, fin: date) -> str:
    """« le même jour », « 2 jours après »."""
    n = (fin - debut).days
    return "le même jour" if n == 0 else f"{jours(n)} après" if n > 0 else f"{jours(-n)} avant"
