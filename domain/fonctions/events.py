"""Facts of the functions. Lines are added, never changed."""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

MotifRetrait = Literal["fin_de_mission", "changement_de_titulaire", "erreur"]


class FonctionConfiee(Event, frozen=True, kw_only=True):
    """A person (a uuid) holds a function from `du` to `au` included, in one instance or in the whole register."""

    TOPIC: ClassVar[str] = "fonctions/FonctionConfiee/1"
    PERSONAL: ClassVar[dict[str, str]] = {"nom": "titulaire", "courriel": "titulaire"}
    personne: str
    fonction: str
    du: date
    par: str
    instance: str | None = None
    au: date | None = None
    nom: str | None = None
    courriel: str | None = None


class FonctionRetiree(Event, frozen=True, kw_only=True):
    """The function ends: `le` is the first day without it."""

    TOPIC: ClassVar[str] = "fonctions/FonctionRetiree/1"
    personne: str
    fonction: str
    motif: MotifRetrait
    le: date
    par: str
    instance: str | None = None
