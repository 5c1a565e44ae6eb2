"""Meetings, one row each, for lists: when, where, in which state, about what."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from domain.ledger.event import Recorded
from domain.seances import events as e
from projections.rows import Key, Projection, Row, Rows, handles

FLUX = "seances/"


class SeanceRow(Row, kw_only=True):
    """A meeting. `etat`: planifiee, convoquee, ouverte, levee, annulee; `points`: {rang, objet, dossier}.

    `pv`: empty, redige, arrete, publie.
    """

    TABLE: ClassVar[str] = "seances"
    KEY: ClassVar[str] = "reference"
    reference: str
    instance: str
    prevue_le: datetime
    lieu: str
    publique: bool
    etat: str = "planifiee"
    points: list[dict[str, Any]] = msgspec.field(default_factory=list)
    pv: str = ""
    depot: int
    position: int
    evenements: int = 0


_ETATS: dict[type[Any], str] = {
    e.ConvocationEnvoyee: "convoquee",
    e.SeanceAnnulee: "annulee",
    e.SeanceOuverte: "ouverte",
    e.SeanceLevee: "levee",
}
_PV: dict[type[Any], str] = {e.PvRedige: "redige", e.PvArrete: "arrete", e.PvPublie: "publie"}


class Seances(Projection):
    """Table `seances`."""

    NAME = "seances"
    ROWS = (SeanceRow,)

    def wanted(self, facts: Sequence[Recorded]) -> Iterable[tuple[type[Row], Key]]:
        """The meetings of a batch, whatever happened in them."""
        streams = {fact.stream for fact in facts}
        return [(SeanceRow, stream[len(FLUX) :]) for stream in streams if stream.startswith(FLUX)]

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """As always; then the state that the event brings, and that there is one more."""
        if not fact.stream.startswith(FLUX):
            return
        reference = fact.stream[len(FLUX) :]
        if rows.get(SeanceRow, reference) is None and not isinstance(fact.event, e.SeancePlanifiee):
            return
        super().apply(fact, rows)
        row = rows.get(SeanceRow, reference)
        assert row is not None
        row.etat = _ETATS.get(type(fact.event), row.etat)
        row.pv = _PV.get(type(fact.event), row.pv)
        row.position, row.evenements = fact.position, row.evenements + 1
        rows.put(row)

    @handles(e.SeancePlanifiee)
    def on_planifiee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.SeancePlanifiee)
        rows.put(
            SeanceRow(
                reference=fact.stream[len(FLUX) :],
                instance=event.instance,
                prevue_le=event.prevue_le,
                lieu=event.lieu,
                publique=event.publique,
                depot=fact.position,
                position=fact.position,
            )
        )

    @handles(e.SeanceReportee)
    def on_reportee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(SeanceRow, fact.stream[len(FLUX) :])
        assert isinstance(event, e.SeanceReportee) and row is not None
        row.prevue_le, row.etat = event.au, "planifiee"

    @handles(e.PointInscrit)
    def on_point(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(SeanceRow, fact.stream[len(FLUX) :])
        assert isinstance(event, e.PointInscrit) and row is not None
        row.points = [*row.points, {"rang": event.rang, "objet": event.objet, "dossier": event.dossier}]
