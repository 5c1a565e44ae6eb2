"""Meetings, one row each, for lists and for who must act next: when, where, in which state, about what."""

from datetime import date, datetime
from typing import Any, ClassVar

import msgspec

from domain.calendrier import jour
from domain.ledger.event import Recorded
from domain.seances import events as e
from projections.rows import Projection, Row, Rows

FLUX = "seances/"


class SeanceRow(Row, kw_only=True):
    """A meeting. `etat`: planifiee, convoquee, ouverte, levee, annulee; `points`: {rang, objet, dossier}, in order.

    `pv`: empty, redige, arrete, publie, since `pv_le`. `dits` is what each event still says: a rectified one says no
    more.
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
    votes: int = 0
    suite_de: str | None = None
    sans_quorum: bool = False
    pv: str = ""
    pv_le: date | None = None
    dits: list[dict[str, Any]] = msgspec.field(default_factory=list)
    depot: int
    position: int
    evenements: int = 0


class Seances(Projection):
    """Table `seances`."""

    NAME = "seances"
    FLUX = FLUX
    ROWS = (SeanceRow,)

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """What the event says is added, what it rectifies is left out, and the row is what remains said."""
        if not fact.stream.startswith(FLUX):
            return
        row = rows.get(SeanceRow, fact.stream[len(FLUX) :]) or _planifiee(fact)
        if row is None:
            return
        if isinstance(fact.event, e.RectificationEnregistree):
            wrong = fact.event.version
            row.dits = [said for said in row.dits if said["version"] != wrong]
        elif said := _dit(fact):
            row.dits = [*row.dits, {"version": fact.version, **said}]
        _tire(row)
        row.position, row.evenements = fact.position, row.evenements + 1
        rows.put(row)


def _planifiee(fact: Recorded) -> SeanceRow | None:
    event = fact.event
    if not isinstance(event, e.SeancePlanifiee):
        return None
    return SeanceRow(
        reference=fact.stream[len(FLUX) :],
        instance=event.instance,
        prevue_le=event.prevue_le,
        lieu=event.lieu,
        publique=event.publique,
        suite_de=event.suite_de,
        depot=fact.position,
        position=fact.position,
    )


_ETATS: dict[type[Any], str] = {
    e.ConvocationEnvoyee: "convoquee",
    e.SeanceAnnulee: "annulee",
    e.SeanceOuverte: "ouverte",
    e.SeanceLevee: "levee",
}
_PV: dict[type[Any], str] = {e.PvRedige: "redige", e.PvArrete: "arrete", e.PvPublie: "publie"}


def _dit(fact: Recorded) -> dict[str, Any]:
    """What this event says of the row, nothing when it says nothing."""
    event = fact.event
    if (state := _ETATS.get(type(event))) is not None:
        return {"etat": state}
    if (state := _PV.get(type(event))) is not None:
        day = event.survenu_le or fact.recorded_at
        return {"pv": state, "pv_le": jour(day).isoformat() if day else None}
    match event:
        case e.SeancePlanifiee():
            return {"etat": "planifiee", "prevue_le": event.prevue_le.isoformat()}
        case e.SeanceReportee():
            return {"etat": "planifiee", "prevue_le": event.au.isoformat()}
        case e.PointInscrit():
            return {"point": {"rang": event.rang, "objet": event.objet, "dossier": event.dossier}}
        case e.OrdreDuJourReordonne():
            return {"ordre": list(event.rangs)}
        case e.QuorumConstate():
            return {"sans_quorum": not event.atteint}
        case e.VoteCompte():
            return {"vote": event.rang}
    return {}


def _tire(row: SeanceRow) -> None:
    """The columns, drawn from what is said: the last word on each."""
    last: dict[str, Any] = {}
    for said in row.dits:
        last |= said
    row.etat, row.prevue_le = last["etat"], datetime.fromisoformat(last["prevue_le"])
    row.pv, row.sans_quorum = last.get("pv", ""), last.get("sans_quorum", False)
    row.pv_le = date.fromisoformat(last["pv_le"]) if last.get("pv_le") else None
    order = {rang: place for place, rang in enumerate(last.get("ordre", []))}
    points = [said["point"] for said in row.dits if "point" in said]
    row.points = sorted(points, key=lambda point: order.get(point["rang"], len(order)))
    row.votes = sum("vote" in said for said in row.dits)
