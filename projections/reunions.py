"""The meetings that groups announced, as a table: the next one stands on their page and on the follow pages."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from domain.ledger.event import Recorded
from domain.reunions.events import ReunionAnnoncee, ReunionAnnulee, ReunionReportee
from projections.rows import Key, Projection, Row, Rows, handles


class ReunionRow(Row):
    """A meeting. `cle` is `gepi/3`; `motif` is why it was put off or called off."""

    TABLE: ClassVar[str] = "reunions"
    KEY: ClassVar[str] = "cle"
    cle: str
    instance: str
    numero: int
    le: date
    heure: str | None
    lieu: str
    reportee: bool
    annulee: bool
    motif: str | None
    position: int


class Reunions(Projection):
    """Table `reunions`."""

    NAME = "reunions"
    ROWS = (ReunionRow,)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        event = fact.event
        if isinstance(event, ReunionAnnoncee | ReunionReportee | ReunionAnnulee):
            yield ReunionRow, f"{event.instance}/{event.numero}"

    @handles(ReunionAnnoncee)
    def on_annoncee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, ReunionAnnoncee)
        shared = {name: getattr(event, name) for name in ("instance", "numero", "le", "heure", "lieu")}
        key, at = f"{event.instance}/{event.numero}", fact.position
        rows.put(ReunionRow(cle=key, reportee=False, annulee=False, motif=None, position=at, **shared))

    @handles(ReunionReportee)
    def on_reportee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, ReunionReportee)
        row = rows.get(ReunionRow, f"{event.instance}/{event.numero}")
        if row is not None:
            row.le, row.heure, row.lieu, row.motif = event.le, event.heure, event.lieu, event.motif
            row.reportee, row.position = True, fact.position
            rows.put(row)

    @handles(ReunionAnnulee)
    def on_annulee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, ReunionAnnulee)
        row = rows.get(ReunionRow, f"{event.instance}/{event.numero}")
        if row is not None:
            row.annulee, row.motif, row.position = True, event.motif, fact.position
            rows.put(row)
