"""Propositions, one row each: state, dates, deadlines. The page of one proposition folds its events with the same
handlers, so that the list, the page of today and the page of a past date cannot disagree."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from domain.calendrier import jour
from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.ledger.event import Recorded
from domain.propositions import events as e
from domain.propositions.delais import echeances
from projections.rows import Key, Projection, Row, Rows, handles


class PropositionRow(Row):
    """Where a proposition stands. `…_le` are legal days in Paris, `…_avant` the last day of what is awaited.

    `depot` and `position` are the positions of its first and last events. `rappel_le`: a call-back is owed since then;
    `ajout_le`: the person added something that nobody of the team has followed with an act.
    """

    TABLE: ClassVar[str] = "propositions"
    KEY: ClassVar[str] = "reference"
    reference: str
    instance: str
    etat: str
    titre: str | None = None
    theme: str | None = None
    competence: str | None = None
    canal: str
    lecture: str
    reponse_par: str
    territoire: str | None
    regle: str | None
    code_empreinte: str
    deposee_le: date
    lue_le: date | None = None
    publication: str | None = None
    avec_prenom: bool = False
    discutee_le: date | None = None
    participants: int | None = None
    adoptee_le: date | None = None
    transmise_le: date | None = None
    service: str | None = None
    repondue_le: date | None = None
    suite: str | None = None
    restituee_le: date | None = None
    comprise_le: date | None = None
    rappel_le: date | None = None
    ajout_le: date | None = None
    close_le: date | None = None
    retiree_le: date | None = None
    effacement_souhaite_le: date | None = None
    effacee_le: date | None = None
    lecture_avant: date | None = None
    suite_avant: date | None = None
    restitution_avant: date | None = None
    rappel_avant: date | None = None
    depot: int
    position: int
    evenements: int


class Propositions(Projection):
    """Table `propositions`."""

    NAME = "propositions"
    ROWS = (PropositionRow,)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) in self.handlers:
            yield PropositionRow, fact.stream.partition("/")[2]

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """As always, then what every event of the dossier tells: that there is one more."""
        super().apply(fact, rows)
        row = _row(fact, rows) if type(fact.event) in self.handlers else None
        if row is not None:
            row.position, row.evenements = fact.position, row.evenements + 1
            if getattr(fact.event, "par", None) is not None:
                row.ajout_le = None
            rows.put(row)
