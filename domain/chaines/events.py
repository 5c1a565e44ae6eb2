"""Facts of a chain of decision, on the stream `chaines/{reference}` of the dossier they tell about."""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

Ligne = Literal["institution", "participation"]
NatureDuLien = Literal["vient_de", "a_conduit_a", "ouvre_les_credits_de", "cite", "remplace"]


class JalonConstate(Event, frozen=True, kw_only=True):
    """A milestone that a text tells: `survenu_le` its first day, `au` its last, `source` its line."""

    TOPIC: ClassVar[str] = "chaines/JalonConstate/1"
    ligne: Ligne
    titre: str
    qui: str
    source: str
    par: str
    texte: str = ""
    au: date | None = None
    precision: Literal["jour", "mois", "annee"] = "jour"


class LienEtabli(Event, frozen=True, kw_only=True):
    """This dossier and another one are linked; the other one's page shows it too."""

    TOPIC: ClassVar[str] = "chaines/LienEtabli/1"
    vers: str
    nature: NatureDuLien
    par: str
    source: str | None = None


class PieceAbsente(Event, frozen=True, kw_only=True):
    """A document that should be there and is not: said, never hidden. `regle` is why it should."""

    TOPIC: ClassVar[str] = "chaines/PieceAbsente/1"
    attendu: str
    par: str
