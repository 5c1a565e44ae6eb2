"""Facts of a group's coming meetings, on the stream of its instance; `numero` counts them from 1."""

from datetime import date
from typing import ClassVar

from domain.ledger.event import Event


class ReunionAnnoncee(Event, frozen=True, kw_only=True):
    """The group says when and where it meets. `heure` is `18:30`, in Paris."""

    TOPIC: ClassVar[str] = "reunions/ReunionAnnoncee/1"
    instance: str
    numero: int
    le: date
    lieu: str
    par: str
    heure: str | None = None


class ReunionReportee(Event, frozen=True, kw_only=True):
    """Another day, or another place."""

    TOPIC: ClassVar[str] = "reunions/ReunionReportee/1"
    instance: str
    numero: int
    le: date
    lieu: str
    motif: str
    par: str
    heure: str | None = None


class ReunionAnnulee(Event, frozen=True, kw_only=True):
    """It will not take place."""

    TOPIC: ClassVar[str] = "reunions/ReunionAnnulee/1"
    instance: str
    numero: int
    motif: str
    par: str
