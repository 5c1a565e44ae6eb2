"""Propositions, one row each: state, dates, deadlines. The page of one proposition folds its events with the same
handlers, so that the list, the page of today and the page of a past date cannot disagree."""

from datetime import date
from typing import ClassVar

from domain.calendrier import jour
from domain.effacements.events import EffacementExecute
from domain.ledger.event import Recorded
from domain.propositions import events as e
from domain.propositions.echeances import echeances
from domain.propositions.regles import RAPPEL
from projections.rows import Projection, Row, Rows, handles

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
        """As always; then what every event of the dossier tells: that there is one more."""
        if not fact.stream.startswith(FLUX):
            return
        row = rows.get(PropositionRow, fact.stream[len(FLUX) :])
        if row is None and not isinstance(fact.event, e.PropositionDeposee):
            return
        for handler in self.handlers.get(type(fact.event), ()):
            handler(self, fact, rows)
        row = row or _row(fact, rows)
        row.position, row.evenements = fact.position, row.evenements + 1
        if row.ajout_le is not None and getattr(fact.event, "par", None) is not None:
            row.ajout_le = None
        rows.put(row)

    @handles(e.PropositionDeposee)
    def on_proposition_deposee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.PropositionDeposee)
        lecture, suite = echeances(_jour(fact), event.regle)
        rows.put(
            PropositionRow(
                reference=fact.stream[len(FLUX) :],
                instance=event.instance,
                etat="recue",
                canal=event.canal,
                lecture=event.lecture,
                reponse_par=event.reponse_par,
                territoire=event.territoire,
                regle=event.regle,
                code_empreinte=event.code_empreinte,
                deposee_le=_jour(fact),
                lecture_avant=lecture.terme,
                suite_avant=suite.terme,
                depot=fact.position,
                position=fact.position,
                evenements=0,
            )
        )

    @handles(e.PropositionQualifiee, e.QualificationRectifiee)
    def on_proposition_qualifiee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.PropositionQualifiee | e.QualificationRectifiee)
        row.titre, row.theme, row.competence = event.titre, event.theme, event.competence
        if row.lue_le is None:
            row.lue_le, row.etat = _jour(fact), "lue"

    @handles(e.PublicationModeree)
    def on_publication_moderee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.PublicationModeree)
        row.publication, row.avec_prenom = event.decision, event.avec_prenom

    @handles(e.PropositionMiseEnDiscussion)
    def on_proposition_mise_en_discussion(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.PropositionMiseEnDiscussion)
        row.discutee_le, row.participants = event.session_le, event.participants
        _avance(row, "discutee")

    @handles(e.PropositionAdoptee)
    def on_proposition_adoptee(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.adoptee_le = _jour(fact)
        _avance(row, "adoptee")

    @handles(e.PropositionTransmise)
    def on_proposition_transmise(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.PropositionTransmise)
        row.service, row.transmise_le = event.service, row.transmise_le or _jour(fact)
        _avance(row, "transmise")

    @handles(e.SuiteDonnee)
    def on_suite_donnee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.SuiteDonnee)
        row.suite, row.repondue_le = event.suite, _jour(fact)
        _avance(row, "repondue")

    @handles(e.PropositionRestituee)
    def on_proposition_restituee(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.restituee_le = _jour(fact)
        _avance(row, "restituee")

    @handles(e.IncomprehensionSignalee)
    def on_incomprehension_signalee(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.rappel_le, row.essais, row.comprise_le = _jour(fact), 0, None
        if row.close_le is not None:
            row.close_le, row.etat = None, "restituee"

    @handles(e.RappelNote)
    def on_rappel_note(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.RappelNote)
        row.essais += 1
        if event.issue == "joint" or row.essais >= int(RAPPEL.parametres["essais"]):
            row.rappel_le = None

    @handles(e.ComprehensionConfirmee)
    def on_comprehension_confirmee(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.comprise_le, row.rappel_le = _jour(fact), None

    @handles(e.ComplementAjoute)
    def on_complement_ajoute(self, fact: Recorded, rows: Rows) -> None:
        _row(fact, rows).ajout_le = _jour(fact)

    @handles(e.PropositionClose)
    def on_proposition_close(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.close_le, row.etat = _jour(fact), "close"

    @handles(e.PropositionRetiree)
    def on_proposition_retiree(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.PropositionRetiree)
        row.retiree_le, row.rappel_le, row.etat = _jour(fact), None, "retiree"
        row.effacement_souhaite_le = _jour(fact) if event.effacement_souhaite else None

    @handles(EffacementExecute)
    def on_effacement_execute(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.effacee_le, row.effacement_souhaite_le = _jour(fact), None


ORDRE = ("recue", "lue", "discutee", "adoptee", "transmise", "repondue", "restituee", "close", "retiree")


def _avance(row: PropositionRow, etat: str) -> None:
    """A state only moves forward: a second session after the answer does not hide the answer."""
    if ORDRE.index(etat) > ORDRE.index(row.etat):
        row.etat = etat


def _row(fact: Recorded, rows: Rows) -> PropositionRow:
    found = rows.get(PropositionRow, fact.stream[len(FLUX) :])
    assert found is not None  # `apply` lets no event through before the filing
    return found


def _jour(fact: Recorded) -> date:
    moment = fact.event.survenu_le or fact.recorded_at
    assert moment is not None
    return jour(moment)


def attendus(row: PropositionRow) -> list[tuple[str, date]]:
    """What the team owes with a term, soonest first: ("lecture" or "suite", last day). Nothing once withdrawn."""
    if row.retiree_le is not None or row.repondue_le is not None:
        return []
    lecture = [("lecture", row.lecture_avant)] if row.lue_le is None else []
    return [*lecture, ("suite", row.suite_avant)]


def retards(row: PropositionRow, le: date) -> list[tuple[str, date]]:
    """Those whose last day was before this one."""
    return [(quoi, avant) for quoi, avant in attendus(row) if avant < le]
