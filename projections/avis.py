"""Saisines, one row each: who asks whom, the term, the avis or the answer, what became of the reservations."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import msgspec

from domain.avis import events as e
from domain.avis.regles import AVIS_COMMUNAL_MEL
from domain.ledger.event import Event, Recorded
from projections.rows import Projection, Row, Rows, legal_day

FLUX = "saisines/"


class SaisineRow(Row, kw_only=True):
    """Where a saisine stands. `…_le` are legal days; `suivies` the ranks of the reservations that have their follow-up.

    `etat`: deposee, rendue, reputee, transmise, presentee, adoptee, demandee, acceptee, refusee, repondue,
    reponse_transmise, close, retiree. `transmise_le` is the answer's, `transmis_le` the avis's.
    """

    TABLE: ClassVar[str] = "saisines"
    KEY: ClassVar[str] = "reference"
    reference: str
    procedure: str
    de: str
    a: str
    objet: str
    projet: str | None
    regle: str | None
    etat: str = "deposee"
    deposee_le: date
    au_plus_tard: bool
    terme: date | None
    engagement: bool
    prorogations: int = 0
    relancee_le: date | None = None
    rendu_le: date | None = None
    sens: str | None = None
    id_actes: str | None = None
    seance: str | None = None
    reserves: int = 0
    suivies: list[int] = msgspec.field(default_factory=list)
    transmis_le: date | None = None
    presentateur: str | None = None
    presente_le: date | None = None
    suite: str | None = None
    accuse_le: date | None = None
    service: str | None = None
    repondue_le: date | None = None
    transmise_le: date | None = None
    adoptee_le: date | None = None
    demandee_le: date | None = None
    acceptee: bool | None = None
    close_le: date | None = None
    retiree_le: date | None = None
    depot: int
    position: int
    evenements: int = 0

    @property
    def silence_vaut_avis(self) -> bool:
        """Under the one rule where it does."""
        return self.regle == AVIS_COMMUNAL_MEL.id

    @property
    def attendue(self) -> bool:
        """An avis, an answer or a contribution is still awaited."""
        done = (self.rendu_le, self.repondue_le, self.adoptee_le, self.close_le, self.retiree_le)
        return not any(done)

    def en_retard(self, le: date) -> bool:
        """The term has passed and nothing came; where silence counts, nobody is late."""
        return self.attendue and self.terme is not None and self.terme < le and not self.silence_vaut_avis

    @property
    def attend_suite(self) -> bool:
        """The avis or the contribution is there; what became of it is not said yet, and can be known."""
        if (
            self.sens == "non_connu"
            or self.close_le
            or self.retiree_le
            or self.suite
            or not (self.rendu_le or self.adoptee_le)
        ):
            return False
        return self.etat != "reputee" and (not self.reserves or len(self.suivies) < self.reserves)


class Avis(Projection):
    """Table `saisines`."""

    NAME = "avis"
    FLUX = FLUX
    ROWS = (SaisineRow,)

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """What the event says of its saisine, and that there is one more."""
        if not fact.stream.startswith(FLUX):
            return
        row = _deposee(fact) if isinstance(fact.event, e.SaisineDeposee) else rows.get(SaisineRow, _reference(fact))
        if row is None:
            return
        if (change := CHANGES.get(type(fact.event))) is not None:
            change(row, fact.event, legal_day(fact))
        row.position, row.evenements = fact.position, row.evenements + 1
        rows.put(row)


def _reference(fact: Recorded) -> str:
    return fact.stream[len(FLUX) :]


def _deposee(fact: Recorded) -> SaisineRow:
    event = fact.event
    assert isinstance(event, e.SaisineDeposee)
    return SaisineRow(
        reference=_reference(fact),
        procedure=event.procedure,
        de=event.de,
        a=event.a,
        objet=event.objet,
        projet=event.projet,
        regle=event.regle,
        deposee_le=legal_day(fact),
        au_plus_tard=event.au_plus_tard,
        terme=event.terme,
        engagement=event.engagement,
        depot=fact.position,
        position=fact.position,
    )


Change = Callable[[SaisineRow, Any, date], None]


def _rendu(row: SaisineRow, event: e.AvisRendu, day: date) -> None:
    row.rendu_le, row.sens, row.id_actes, row.seance = day, event.sens, event.id_actes, event.seance
    row.reserves, row.etat = len(event.reserves), "rendue"


def _repute(row: SaisineRow, event: e.AvisReputeFavorable, day: date) -> None:
    row.rendu_le, row.sens, row.etat = day, "repute_favorable", "reputee"


def _suivie(row: SaisineRow, event: e.ReserveSuivie, day: date) -> None:
    row.suivies = sorted({*row.suivies, event.rang})


def _prorogee(row: SaisineRow, event: e.EcheanceProrogee, day: date) -> None:
    row.terme, row.prorogations = event.terme, row.prorogations + 1


def _designe(row: SaisineRow, event: e.PresentateurDesigne | e.PresentationDemandee, day: date) -> None:
    row.presentateur = event.elu


def _demandee(row: SaisineRow, event: e.PresentationDemandee, day: date) -> None:
    _designe(row, event, day)
    row.demandee_le, row.etat = day, "demandee"


def _decidee(row: SaisineRow, event: e.PresentationDecidee, day: date) -> None:
    row.acceptee, row.etat = event.acceptee, "acceptee" if event.acceptee else "refusee"


def _service(row: SaisineRow, event: e.ServiceDesigne, day: date) -> None:
    row.service = event.service


def _suite(row: SaisineRow, event: e.SuiteDonneeALAvis, day: date) -> None:
    row.suite = event.suite


def _date(name: str, etat: str = "") -> Change:
    """The day of this event goes in that column; the state that it brings, if any."""

    def change(row: SaisineRow, event: Event, day: date) -> None:
        setattr(row, name, day)
        row.etat = etat or row.etat

    return change


CHANGES: dict[type[Event], Change] = {
    e.EcheanceProrogee: _prorogee,
    e.RelanceEnvoyee: _date("relancee_le"),
    e.AvisRendu: _rendu,
    e.AvisReputeFavorable: _repute,
    e.AvisTransmis: _date("transmis_le", "transmise"),
    e.PresentateurDesigne: _designe,
    e.AvisPresente: _date("presente_le", "presentee"),
    e.ReserveSuivie: _suivie,
    e.AccuseReceptionEmis: _date("accuse_le"),
    e.ServiceDesigne: _service,
    e.ReponseSignee: _date("repondue_le", "repondue"),
    e.ReponseTransmise: _date("transmise_le", "reponse_transmise"),
    e.ContributionAdoptee: _date("adoptee_le", "adoptee"),
    e.PresentationDemandee: _demandee,
    e.PresentationDecidee: _decidee,
    e.SuiteDonneeALAvis: _suite,
    e.SaisineRetiree: _date("retiree_le", "retiree"),
    e.SaisineClose: _date("close_le", "close"),
}
