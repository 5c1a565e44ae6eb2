"""Which erasable values are public now: the text of a proposition once a human has read it, the first name if asked.

No value is here: a page, a feed, an export or a search reveals the value of a listed (position, champ), or nothing.
"""

from collections.abc import Iterable
from typing import ClassVar

from domain.effacements.events import EffacementDemande
from domain.ledger.event import Recorded
from domain.propositions.events import PropositionDeposee, PropositionRetiree, PublicationModeree
from projections.rows import Key, Projection, Row, Rows, handles

PUBLIABLES = ("texte", "prenom")


class DivulgationRow(Row):
    """The field `champ` of the event at `position` may be read by everyone."""

    TABLE: ClassVar[str] = "divulgations_publiques"
    KEY: ClassVar[str] = "cle"
    cle: str
    position: int
    champ: str


class DepotRow(Row):
    """The filing in a stream: where it stands, and which of its fields were erased."""

    TABLE: ClassVar[str] = "divulgations_depots"
    KEY: ClassVar[str] = "flux"
    flux: str
    position: int
    version: int
    effaces: list[str]


class Divulgations(Projection):
    """Tables `divulgations_publiques` and `divulgations_depots`."""

    NAME = "divulgations"
    ROWS = (DivulgationRow, DepotRow)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) in self.handlers and not isinstance(fact.event, PropositionDeposee):
            yield DepotRow, fact.stream
            for champ in PUBLIABLES:
                yield DivulgationRow, _cle(fact.stream, champ)

    @handles(PropositionDeposee)
    def on_proposition_deposee(self, fact: Recorded, rows: Rows) -> None:
        rows.put(DepotRow(flux=fact.stream, position=fact.position, version=fact.version, effaces=[]))

    @handles(PublicationModeree)
    def on_publication_moderee(self, fact: Recorded, rows: Rows) -> None:
        event, depot = fact.event, rows.get(DepotRow, fact.stream)
        assert isinstance(event, PublicationModeree)
        if depot is None:
            return
        shown = {"texte"} | ({"prenom"} if event.avec_prenom else set()) if event.decision == "publier" else set()
        for champ in PUBLIABLES:
            if champ in shown - set(depot.effaces):
                rows.put(DivulgationRow(cle=_cle(fact.stream, champ), position=depot.position, champ=champ))
            elif rows.get(DivulgationRow, _cle(fact.stream, champ)) is not None:
                rows.delete(DivulgationRow, _cle(fact.stream, champ))

    @handles(PropositionRetiree)
    def on_proposition_retiree(self, fact: Recorded, rows: Rows) -> None:
        for champ in PUBLIABLES:
            rows.delete(DivulgationRow, _cle(fact.stream, champ))

    @handles(EffacementDemande)
    def on_effacement_demande(self, fact: Recorded, rows: Rows) -> None:
        event, depot = fact.event, rows.get(DepotRow, fact.stream)
        assert isinstance(event, EffacementDemande)
        if depot is None or depot.version not in event.versions:
            return
        gone = [c for c in PUBLIABLES if PropositionDeposee.PERSONAL[c] in event.portees]
        for champ in gone:
            rows.delete(DivulgationRow, _cle(fact.stream, champ))
        depot.effaces = sorted({*depot.effaces, *gone})
        rows.put(depot)


def _cle(stream: str, champ: str) -> str:
    return f"{stream}/{champ}"
