"""Deliberations, one row each: state, legal dates, the numbers of the vote."""

from datetime import date
from typing import ClassVar

from domain.deliberations import events as e
from domain.deliberations.deliberation import executoire_le
from domain.ledger.event import Recorded
from projections.rows import Projection, Row, Rows, handles, legal_day

FLUX = "deliberations/"


class DeliberationRow(Row, kw_only=True):
    """Where a deliberation stands. `…_le` are legal days. Counts are None when the source carries none.

    `etat`: projet, inscrite, adoptee, rejetee, ajournee, executoire, retiree.
    """

    TABLE: ClassVar[str] = "deliberations"
    KEY: ClassVar[str] = "numero"
    numero: str
    instance: str
    siren: str
    objet: str
    matiere_code: str
    matiere_nom: str
    rapporteur: str | None
    commission: str | None
    dossier: str | None
    avis_requis: list[str]
    etat: str = "projet"
    seance: str | None = None
    rang: int | None = None
    deposee_le: date | None = None
    rapport_le: date | None = None
    votee_le: date | None = None
    transmise_le: date | None = None
    recue_le: date | None = None
    publiee_le: date | None = None
    executoire_le: date | None = None
    retiree_le: date | None = None
    id_actes: str | None = None
    mode: str | None = None
    en_exercice: int | None = None
    presents: int | None = None
    pouvoirs: int | None = None
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None
    nuls: int | None = None
    depot: int
    position: int
    evenements: int = 0


class Deliberations(Projection):
    """Table `deliberations`."""

    NAME = "deliberations"
    FLUX = FLUX
    ROWS = (DeliberationRow,)

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """As always; then what every event of the stream tells: that there is one more."""
        if not fact.stream.startswith(FLUX):
            return
        numero = fact.stream[len(FLUX) :]
        if rows.get(DeliberationRow, numero) is None and not isinstance(fact.event, e.ProjetDepose):
            return
        super().apply(fact, rows)
        row = _row(fact, rows)
        row.executoire_le = executoire_le(row.recue_le, row.publiee_le)
        if row.executoire_le and row.etat == "adoptee":
            row.etat = "executoire"
        row.position, row.evenements = fact.position, row.evenements + 1
        rows.put(row)

    @handles(e.ProjetDepose)
    def on_projet_depose(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.ProjetDepose)
        rows.put(
            DeliberationRow(
                numero=event.numero,
                instance=event.instance,
                siren=event.siren,
                objet=event.objet,
                matiere_code=event.matiere_code,
                matiere_nom=event.matiere_nom,
                rapporteur=event.rapporteur,
                commission=event.commission,
                dossier=event.dossier,
                avis_requis=list(event.avis_requis),
                deposee_le=legal_day(fact),
                depot=fact.position,
                position=fact.position,
            )
        )

    @handles(e.RapportAdresse)
    def on_rapport_adresse(self, fact: Recorded, rows: Rows) -> None:
        _row(fact, rows).rapport_le = legal_day(fact)

    @handles(e.InscriteALaSeance)
    def on_inscrite(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.InscriteALaSeance)
        row.seance, row.rang, row.etat = event.seance, event.rang, "inscrite"

    @handles(e.DeliberationVotee)
    def on_votee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.DeliberationVotee)
        row.seance, row.rang, row.etat, row.mode = event.seance, event.rang, event.issue, event.mode
        if event.issue == "ajournee":
            return
        row.votee_le, row.en_exercice, row.presents, row.pouvoirs = (
            legal_day(fact),
            event.en_exercice,
            event.presents,
            event.pouvoirs,
        )
        row.pour, row.contre, row.abstentions, row.nuls = event.pour, event.contre, event.abstentions, event.nuls

    @handles(e.ActeTransmis)
    def on_transmis(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, _row(fact, rows)
        assert isinstance(event, e.ActeTransmis)
        row.transmise_le, row.id_actes = legal_day(fact), event.id_actes

    @handles(e.ActeRecu)
    def on_recu(self, fact: Recorded, rows: Rows) -> None:
        _row(fact, rows).recue_le = legal_day(fact)

    @handles(e.ActePublie)
    def on_publie(self, fact: Recorded, rows: Rows) -> None:
        _row(fact, rows).publiee_le = legal_day(fact)

    @handles(e.DeliberationRetiree)
    def on_retiree(self, fact: Recorded, rows: Rows) -> None:
        row = _row(fact, rows)
        row.etat, row.retiree_le = "retiree", legal_day(fact)


def _row(fact: Recorded, rows: Rows) -> DeliberationRow:
    row = rows.get(DeliberationRow, fact.stream[len(FLUX) :])
    assert row is not None  # `apply` lets no event through before the draft
    return row
