"""A small projection, for the tests of the runner and of the rebuild."""

from collections.abc import Iterable

import msgspec

from domain.ledger.event import Recorded
from projections.rows import Key, Projection, Row, Rows, handles
from tests.ledger.acts import Counted, Deposited


class Total(Row):
    TABLE = "totals"
    KEY = "stream"
    stream: str
    n: int = 0
    notes: list[str] = msgspec.field(default_factory=list)


class Totals(Projection):
    NAME = "totals"
    ROWS = (Total,)

    def script(self) -> bytes:
        return b"CREATE TABLE totals (stream text PRIMARY KEY, n bigint NOT NULL, notes jsonb NOT NULL)"

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        yield Total, fact.stream

    @handles(Counted)
    def on_counted(self, fact: Recorded, rows: Rows) -> None:
        assert isinstance(fact.event, Counted)
        row = rows.get(Total, fact.stream) or Total(stream=fact.stream)
        row.n += 1
        row.notes = [*row.notes, fact.event.note][-3:]
        rows.put(row)


class Text(Row):
    TABLE = "texts"
    KEY = "position"
    position: int
    texte: str


class Texts(Projection):
    """Reads erasable values; and deletes a row, to try it: every fifth deposit is dropped by the next one."""

    NAME = "texts"
    ROWS = (Text,)
    REVEALS = True

    def script(self) -> bytes:
        return b"CREATE TABLE texts (position bigint PRIMARY KEY, texte text NOT NULL)"

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if isinstance(fact.event, Deposited):
            yield Text, fact.position - 1

    @handles(Deposited)
    def on_deposited(self, fact: Recorded, rows: Rows) -> None:
        rows.put(Text(position=fact.position, texte=rows.reveal(fact.position).get("texte", "effacé")))
        if fact.position % 5 == 0:
            rows.delete(Text, fact.position - 1)


PROJECTIONS = (Totals(), Texts())
