"""Facts of paper ballots, read from `domain.scrutins.events` like the others."""

from typing import ClassVar

from domain.ledger.event import Event


class LotPapierSaisi(Event, frozen=True, kw_only=True):
    """A lot of at most 30 paper ballots is typed once. `empreinte` is salted: the ballots show at the count only."""

    TOPIC: ClassVar[str] = "scrutins/LotPapierSaisi/1"
    lot: int
    n: int
    empreinte: str
    par: str


class LotPapierContreSaisi(Event, frozen=True, kw_only=True):
    """The same lot typed again by another person. `ecarts`: how many ballots differ."""

    TOPIC: ClassVar[str] = "scrutins/LotPapierContreSaisi/1"
    lot: int
    n: int
    empreinte: str
    ecarts: int
    par: str


class LotPapierValide(Event, frozen=True, kw_only=True):
    """The lot is settled: both entries agreed, or a third look (`ecarts_tranches`) decided each difference."""

    TOPIC: ClassVar[str] = "scrutins/LotPapierValide/1"
    lot: int
    n: int
    empreinte: str
    ecarts_tranches: int
    par: str
