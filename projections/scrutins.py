"""Scrutins, one row each. The row is the domain's own fold of the stream, with columns taken from it for lists."""

from datetime import date, datetime
from typing import Any, ClassVar

import msgspec

from domain.ledger.event import Event, Recorded
from domain.scrutins.etat import Scrutin, retenir
from domain.scrutins.events import BulletinsDepouilles, LignesImportees, ScrutinCree, ScrutinImporte
from projections.rows import Projection, Row, Rows

FLUX = "scrutins/"


class ScrutinRow(Row, kw_only=True):
    """Where a scrutin stands. `cree` is ScrutinCree as JSON, empty for an import; `regles` reads it.

    `cles`: base64 public keys by layer. `n_urne` is 0 until the urn is shut, and counts of the result until it is
    counted. `gagnants` in the order of selection. `liste`: `publiee` or `bureau` once counted. `depot` and `position`
    are those of its first and last events.
    """

    TABLE: ClassVar[str] = "scrutins"
    KEY: ClassVar[str] = "reference"
    reference: str
    titre: str
    phase: str
    essai: bool
    importe: bool
    college: str | None
    dossier: str | None
    cree: dict[str, Any]
    etat: dict[str, Any]
    ouvre_le: datetime | None
    ferme_le: datetime | None
    ouvert_le: datetime | None
    clos_le: datetime | None
    cles: dict[str, str]
    n_crees: int
    n_remis: int
    n_releves: int
    n_urne: int
    n_papier: int
    n_bulletins: int
    n_nuls: int
    voix: dict[str, int]
    gagnants: list[str]
    cout_total_cents: int
    liste: str | None
    proclame_le: date | None
    reclamations_jusqu_au: date | None
    reclamations_en_attente: int
    depot: int
    position: int
    evenements: int

    @property
    def regles(self) -> ScrutinCree:
        """The rule of this scrutin, for one that was not imported."""
        return msgspec.convert(self.cree, ScrutinCree)


class Scrutins(Projection):
    """Table `scrutins`."""

    NAME = "scrutins"
    FLUX = FLUX
    ROWS = (ScrutinRow,)

    def apply(self, fact: Recorded, rows: Rows) -> None:
        """Folds the event; a stream begins with a scrutin of ours or with an import, or is passed over."""
        if not fact.stream.startswith(FLUX):
            return
        reference = fact.stream[len(FLUX) :]
        row = rows.get(ScrutinRow, reference)
        if row is None and not isinstance(fact.event, ScrutinCree | ScrutinImporte):
            return
        if row is not None and isinstance(fact.event, BulletinsDepouilles | LignesImportees):
            row.position, row.evenements = fact.position, row.evenements + 1
            rows.put(row)
            return
        etat = msgspec.convert(row.etat, Scrutin) if row else Scrutin()
        retenir(etat, fact.event)
        fresh = _row(reference, etat, fact.position)
        if row is not None:
            fresh.depot, fresh.evenements = row.depot, row.evenements + 1
            fresh.proclame_le = row.proclame_le
        if etat.proclame is fact.event:
            fresh.proclame_le = etat.proclame.survenu_le
        rows.put(fresh)


def _row(reference: str, etat: Scrutin, position: int) -> ScrutinRow:
    cree, clos, compte, proclame = etat.cree, etat.clos, etat.depouille, etat.proclame
    known = cree or etat.importe
    assert known is not None  # `apply` lets no event through before one or the other
    return ScrutinRow(
        reference=reference,
        titre=known.titre,
        phase=etat.phase,
        essai=cree is not None and cree.essai,
        importe=etat.importe is not None,
        college=cree.college if cree else None,
        dossier=cree.dossier if cree else None,
        cree=_json(cree) if cree else {},
        etat=_json(etat),
        ouvre_le=cree.ouvre_le if cree else None,
        ferme_le=cree.ferme_le if cree else None,
        ouvert_le=etat.ouvert_le,
        clos_le=etat.clos_le,
        cles=dict(etat.cles),
        n_crees=etat.n_crees,
        n_remis=etat.n_remis,
        n_releves=etat.n_releves,
        n_urne=clos.n_urne if clos else 0,
        n_papier=etat.n_papier,
        n_bulletins=compte.n_bulletins if compte else etat.importe.n_bulletins if etat.importe else 0,
        n_nuls=sum(compte.nuls.values()) if compte else 0,
        voix=dict(compte.voix) if compte else {},
        gagnants=list(compte.gagnants if compte else etat.importe.gagnants if etat.importe else ()),
        cout_total_cents=compte.cout_total_cents if compte else 0,
        liste=compte.liste if compte else None,
        proclame_le=None,
        reclamations_jusqu_au=proclame.reclamations_jusqu_au if proclame else None,
        reclamations_en_attente=sum(found.decision is None for found in etat.reclamations.values()),
        depot=position,
        position=position,
        evenements=1,
    )


def _json(valeur: Any) -> dict[str, Any]:
    """As `jsonb` keeps it. Dates of the facts are left out: a day and a moment would not be read back alike."""
    return msgspec.to_builtins(_undated(valeur))  # type: ignore[no-any-return]


def _undated(valeur: Any) -> Any:
    if isinstance(valeur, Event):
        return msgspec.structs.replace(valeur, survenu_le=None)
    if isinstance(valeur, Scrutin):
        found = msgspec.structs.asdict(valeur)
        return {name: _undated(each) for name, each in found.items()}
    return {name: _undated(each) for name, each in valeur.items()} if isinstance(valeur, dict) else valeur
