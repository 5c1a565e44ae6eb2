"""Reading the whole database as a curious administrator would: does any row, order or transaction join a slip to a
choice? Two kinds of traces are looked for in every row of every table, `xmin` and `ctid` too: of who came (the slip's
credential, the sealed ballot, its digest) and of what was chosen (the number of verification beside the choices).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import psycopg
from psycopg import sql

from tests.urne.monde import Voix

TABLES = """SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2"""
CHANCE = 8  # pairs that meet by chance: one on average, more than eight once in a million
RHO = 0.35  # of ranks, 200 ballots: five times the deviation of chance

Connection = psycopg.Connection[Any]
Order = tuple[str, list[int]]  # where it was read, voters in that order


@dataclass
class Row:
    """One row of one table, as text, and the voters that it shows on each side, in order of appearance."""

    table: str
    xmin: str
    ctid: tuple[int, int]
    columns: tuple[Any, ...]
    text: str
    came: list[int]
    chose: list[int]


def read(connection: Connection, voters: Sequence[Voix]) -> list[Row]:
    """Every row of every table that shows a voter on one side at least."""
    came = [_forms(voix.credential.hex(), voix.scelle.hex(), sha256(voix.scelle).hexdigest()) for voix in voters]
    chose = [_forms(voix.numero) for voix in voters]
    found = []
    for schema, table in connection.execute(TABLES).fetchall():
        name = sql.SQL("{}.{}").format(sql.Identifier(schema), sql.Identifier(table))
        for row in connection.execute(sql.SQL("SELECT t.xmin::text, t.ctid::text, t.* FROM {} t").format(name)):
            text = " ".join(value.hex() if isinstance(value, bytes) else str(value) for value in row[2:])
            shown = Row(
                f"{schema}.{table}", row[0], _ctid(row[1]), row[2:], text, _seen(text, came), _seen(text, chose)
            )
            if shown.came or shown.chose:
                found.append(shown)
    return found


def links(rows: Iterable[Row], voters: int) -> list[str]:
    """Every way found to join who came with what was chosen; nothing when there is none."""
    kept = list(rows)
    found = [f"a row of {row.table} shows both" for row in kept if row.came and row.chose]
    found += _by_transaction(kept, voters)
    sides = [list(_orders(kept, side)) for side in ("came", "chose")]
    for (one, first), (two, second) in itertools.product(*sides):
        if reason := _alike(first, second):
            found.append(f"{one} and {two}: {reason}")
    return found


def _forms(*needles: str) -> list[str]:
    return [form for needle in needles for form in (needle, needle.encode().hex())]


def _seen(text: str, needles: list[list[str]]) -> list[int]:
    places = (
        (min((at for form in forms if (at := text.find(form)) >= 0), default=-1), n) for n, forms in enumerate(needles)
    )
    return [n for at, n in sorted(places) if at >= 0]


def _ctid(text: str) -> tuple[int, int]:
    page, place = text.strip("()").split(",")
    return int(page), int(place)


def _by_transaction(rows: list[Row], voters: int) -> Iterator[str]:
    """A transaction that wrote about some on both sides, and not about all."""
    groups: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for row in rows:
        groups[row.xmin][0].update(row.came)
        groups[row.xmin][1].update(row.chose)
    for xmin, (came, chose) in groups.items():
        if came and chose and min(len(came), len(chose)) < voters:
            yield f"transaction {xmin} wrote {len(came)} of one side and {len(chose)} of the other"


def _orders(rows: list[Row], side: str) -> Iterator[Order]:
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if getattr(row, side):
            tables[row.table].append(row)
    for table, held in tables.items():
        columns = range(len(held[0].columns))
        keys: list[tuple[str, Any]] = [("ctid", lambda row: row.ctid), ("xmin", lambda row: (int(row.xmin), row.ctid))]
        keys += [(f"column {n}", lambda row, n=n: (str(type(row.columns[n])), row.columns[n])) for n in columns]
        for name, key in keys:
            try:
                ordered = sorted(held, key=key)
            except TypeError:  # columns without an order
                continue
            yield f"{table} by {name}", [voter for row in ordered for voter in getattr(row, side)]


def _alike(first: list[int], second: list[int]) -> str:
    """Whether two orders of the same voters tell more than chance."""
    common = set(first) & set(second)
    one, two = ([n for n in dict.fromkeys(order) if n in common] for order in (first, second))
    if (count := len(one)) < 20:
        return ""
    met = sum(a == b for a, b in zip(one, two, strict=True))
    back = sum(a == b for a, b in zip(one, reversed(two), strict=True))
    ranks = {voter: rank for rank, voter in enumerate(two)}
    rho = 1 - 6 * sum((rank - ranks[voter]) ** 2 for rank, voter in enumerate(one)) / (count * (count**2 - 1))
    return f"{met} or {back} of {count} meet, rho {rho:.2f}" if max(met, back) > CHANCE or abs(rho) > RHO else ""
