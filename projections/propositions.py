"""Propositions, one row each: state, dates, deadlines. The page of one proposition folds its events with the same
handlers, so that the list, the page of today and the page of a past date cannot disagree."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from domain.effacements.events import EffacementExecute
from domain.ledger.event import Event, Recorded
from domain.propositions import events as e
from domain.propositions.echeances import echeances
from domain.propositions.regles import RAPPEL
from projections.rows import Projection, Row, Rows, legal_day

FLUX = "propositions/"


class PropositionRow(Row, kw_only=True):
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
    essais: int = 0
    ajout_le: date | None = None
    close_le: date | None = None
    retiree_le: date | None = None
    effacement_souhaite_le: date | None = None
    effacee_le: date | None = None
    lecture_avant: date
    suite_avant: date
    depot: int
    position: int
    evenements: int


class Propositions(Projection):
    """Table `propositions`."""

    NAME = "propositions"
    FLUX = FLUX
    ROWS = (PropositionRow,)

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """What the event says of its dossier, and that there is one more."""
        if not fact.stream.startswith(FLUX):
            return
        event = fact.event
        row = _deposee(fact) if isinstance(event, e.PropositionDeposee) else rows.get(PropositionRow, _reference(fact))
        if row is None:
            return
        if (change := CHANGES.get(type(event))) is not None:
            change(row, event, legal_day(fact))
        row.position, row.evenements = fact.position, row.evenements + 1
        if row.ajout_le is not None and getattr(event, "par", None) is not None:
            row.ajout_le = None
        rows.put(row)


def _reference(fact: Recorded) -> str:
    return fact.stream[len(FLUX) :]


def _deposee(fact: Recorded) -> PropositionRow:
    event, day = fact.event, legal_day(fact)
    assert isinstance(event, e.PropositionDeposee)
    lecture, suite = echeances(day, event.regle)
    return PropositionRow(
        reference=_reference(fact),
        instance=event.instance,
        etat="recue",
        canal=event.canal,
        lecture=event.lecture,
        reponse_par=event.reponse_par,
        territoire=event.territoire,
        regle=event.regle,
        code_empreinte=event.code_empreinte,
        deposee_le=day,
        lecture_avant=lecture.terme,
        suite_avant=suite.terme,
        depot=fact.position,
        position=fact.position,
        evenements=0,
    )


ORDRE = ("recue", "lue", "discutee", "adoptee", "transmise", "repondue", "restituee", "close", "retiree")


def _avance(row: PropositionRow, etat: str) -> None:
    """A state only moves forward: a second session after the answer does not hide the answer."""
    if ORDRE.index(etat) > ORDRE.index(row.etat):
        row.etat = etat


Change = Callable[[PropositionRow, Any, date], None]


def _qualifiee(row: PropositionRow, event: e.PropositionQualifiee | e.QualificationRectifiee, day: date) -> None:
    row.titre, row.theme, row.competence = event.titre, event.theme, event.competence
    if row.lue_le is None:
        row.lue_le, row.etat = day, "lue"


def _moderee(row: PropositionRow, event: e.PublicationModeree, day: date) -> None:
    row.publication, row.avec_prenom = event.decision, event.avec_prenom


def _discutee(row: PropositionRow, event: e.PropositionMiseEnDiscussion, day: date) -> None:
    row.discutee_le, row.participants = event.session_le, event.participants
    _avance(row, "discutee")


def _adoptee(row: PropositionRow, event: e.PropositionAdoptee, day: date) -> None:
    row.adoptee_le = day
    _avance(row, "adoptee")


def _transmise(row: PropositionRow, event: e.PropositionTransmise, day: date) -> None:
    row.service, row.transmise_le = event.service, row.transmise_le or day
    _avance(row, "transmise")


def _repondue(row: PropositionRow, event: e.SuiteDonnee, day: date) -> None:
    row.suite, row.repondue_le = event.suite, day
    _avance(row, "repondue")


def _restituee(row: PropositionRow, event: e.PropositionRestituee, day: date) -> None:
    row.restituee_le = day
    _avance(row, "restituee")


def _incomprise(row: PropositionRow, event: e.IncomprehensionSignalee, day: date) -> None:
    row.rappel_le, row.essais, row.comprise_le = day, 0, None
    if row.close_le is not None:
        row.close_le, row.etat = None, "restituee"


def _rappel(row: PropositionRow, event: e.RappelNote, day: date) -> None:
    row.essais += 1
    if event.issue == "joint" or row.essais >= int(RAPPEL.parametres["essais"]):
        row.rappel_le = None


def _comprise(row: PropositionRow, event: e.ComprehensionConfirmee, day: date) -> None:
    row.comprise_le, row.rappel_le = day, None


def _ajout(row: PropositionRow, event: e.ComplementAjoute, day: date) -> None:
    row.ajout_le = day


def _close(row: PropositionRow, event: e.PropositionClose, day: date) -> None:
    row.close_le, row.etat = day, "close"


def _retiree(row: PropositionRow, event: e.PropositionRetiree, day: date) -> None:
    row.retiree_le, row.rappel_le, row.etat = day, None, "retiree"
    row.effacement_souhaite_le = day if event.effacement_souhaite else None


def _effacee(row: PropositionRow, event: EffacementExecute, day: date) -> None:
    row.effacee_le, row.effacement_souhaite_le = day, None


CHANGES: dict[type[Event], Change] = {
    e.PropositionQualifiee: _qualifiee,
    e.QualificationRectifiee: _qualifiee,
    e.PublicationModeree: _moderee,
    e.PropositionMiseEnDiscussion: _discutee,
    e.PropositionAdoptee: _adoptee,
    e.PropositionTransmise: _transmise,
    e.SuiteDonnee: _repondue,
    e.PropositionRestituee: _restituee,
    e.IncomprehensionSignalee: _incomprise,
    e.RappelNote: _rappel,
    e.ComprehensionConfirmee: _comprise,
    e.ComplementAjoute: _ajout,
    e.PropositionClose: _close,
    e.PropositionRetiree: _retiree,
    EffacementExecute: _effacee,
}


def attendus(row: PropositionRow) -> list[tuple[str, date]]:
    """What the team owes with a term, soonest first: ("lecture" or "suite", last day). Nothing once withdrawn."""
    if row.retiree_le is not None or row.repondue_le is not None:
        return []
    lecture = [("lecture", row.lecture_avant)] if row.lue_le is None else []
    return [*lecture, ("suite", row.suite_avant)]


def retards(row: PropositionRow, le: date) -> list[tuple[str, date]]:
    """Those whose last day was before this one."""
    return [(quoi, avant) for quoi, avant in attendus(row) if avant < le]
