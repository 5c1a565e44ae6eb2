"""Facts of the members of a body, on the stream `assemblees/{instance}`. Lines are added, never changed.

Elected members act in public: their names are in clear. Those of minors are erasable, and public only with an
authorisation. `elu` is a slug, unique in the body (homonyms are told apart there); `par` a function.
"""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

Civilite = Literal["M.", "Mme", ""]  # nothing where the seat goes with a function: « Maire de Bron »
FonctionElective = Literal["president", "vice_president"]
MotifFin = Literal["fin_de_mandat", "demission", "deces", "annulation", "autre"]


class SiegesFixes(Event, frozen=True, kw_only=True):
    """So many seats from that day on: what « en exercice » can reach."""

    TOPIC: ClassVar[str] = "mandats/SiegesFixes/1"
    sieges: int
    du: date
    source: str
    par: str


class MandatOuvert(Event, frozen=True, kw_only=True):
    """A person sits from that day on. `remplace` is the member whose vacant seat she takes."""

    TOPIC: ClassVar[str] = "mandats/MandatOuvert/1"
    elu: str
    civilite: Civilite
    nom: str
    du: date
    source: str
    par: str
    prenom: str | None = None
    commune: str | None = None
    groupe: str | None = None
    remplace: str | None = None


class MandatJeuneOuvert(Event, frozen=True, kw_only=True):
    """A minor sits (COMET Jeunes): public as « une élue du collège … ». `autorisation`: on paper, for her name."""

    TOPIC: ClassVar[str] = "mandats/MandatJeuneOuvert/1"
    PERSONAL: ClassVar[dict[str, str]] = {"nom": "titulaire"}
    elu: str
    college: str
    commission: str
    du: date
    au: date
    autorisation: bool
    par: str
    nom: str | None = None


class MandatClos(Event, frozen=True, kw_only=True):
    """The seat is vacant: `le` is the first day without her."""

    TOPIC: ClassVar[str] = "mandats/MandatClos/1"
    elu: str
    le: date
    motif: MotifFin
    par: str


class FonctionElue(Event, frozen=True, kw_only=True):
    """The body elects one of its members to its presidency or a vice-presidency."""

    TOPIC: ClassVar[str] = "mandats/FonctionElue/1"
    elu: str
    fonction: FonctionElective
    du: date
    par: str


class FonctionElueClose(Event, frozen=True, kw_only=True):
    """That presidency ends: `le` is the first day without it."""

    TOPIC: ClassVar[str] = "mandats/FonctionElueClose/1"
    elu: str
    fonction: FonctionElective
    le: date
    par: str
