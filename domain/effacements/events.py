"""Facts of the erasures. Lines are added, never changed."""

from typing import ClassVar, Literal

from domain.ledger.event import Event

MotifEffacement = Literal["demande_de_la_personne", "tiers_nomme", "moderation", "duree_de_conservation"]


class EffacementDemande(Event, frozen=True, kw_only=True):
    """Erasure is decided. `cibles`: digests as listed in `_sd`; `versions`: the events of this stream that hold them.

    `portees` are the scopes that go (`contribution`, `auteur`, …); `base` is the id of the rule that allows it.
    """

    TOPIC: ClassVar[str] = "effacements/EffacementDemande/1"
    cibles: list[str]
    versions: list[int]
    portees: list[str]
    motif: MotifEffacement
    base: str
    par: str


class EffacementExecute(Event, frozen=True, kw_only=True):
    """It is done: nothing can show these values again. `demande` is the version of the request in this stream."""

    TOPIC: ClassVar[str] = "effacements/EffacementExecute/1"
    demande: int
    cibles: list[str]
    motif: MotifEffacement
    base: str
    par: str
