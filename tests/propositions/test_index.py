"""What people open often reads an index, not the whole table: PostgreSQL says how it would do it on a large one."""

from collections.abc import Iterator
from datetime import date
from typing import Any, LiteralString

import psycopg
import pytest

from projections.propositions import Propositions
from web.embedded import Urls
from web.flux.feeds import RECENT
from web.propositions.listes import NOMBRE_DE_RETARDS
from web.propositions.suivre_code import PAR_CODE
from web.territoire.routes import ABOUT

FILLED: LiteralString = """INSERT INTO propositions (reference, instance, etat, canal, lecture, reponse_par,
    code_empreinte, deposee_le, avec_prenom, essais, lecture_avant, suite_avant, depot, position, evenements,
    territoire, repondue_le)
    SELECT n, 'i' || n % 5, 'lue', 'ecrit', 'equipe', 'code', md5(n::text), '2026-01-01', false, 0, '2027-01-01',
    '2027-01-01', n, n * 7 % 30000, 1, CASE WHEN n % 10 = 0 THEN (69000 + n % 500)::text END,
    CASE WHEN n % 50 > 0 THEN date '2026-02-01' END FROM generate_series(1, 30000) n"""
READS: list[tuple[LiteralString, tuple[Any, ...], str]] = [
    (RECENT, ("i1", 50), "propositions_recentes"),
    ("SELECT reference FROM propositions WHERE " + ABOUT, (["69010"], 20), "propositions_territoire"),
    (NOMBRE_DE_RETARDS, (date(2026, 6, 1), date(2026, 6, 1)), "propositions_sans_reponse"),
    (PAR_CODE, ("0" * 32,), "propositions_code"),
]


@pytest.fixture
def large(database: Urls) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(database.app) as connection:
        connection.execute("CREATE SCHEMA essai; SET search_path = essai")
        connection.execute(Propositions().script())
        connection.execute(FILLED)
        connection.execute("ANALYZE propositions")
        yield connection


def test_common_reads_use_an_index(large: psycopg.Connection[tuple[Any, ...]]) -> None:
    for query, values, index in READS:
        plan = "\n".join(line for (line,) in large.execute("EXPLAIN " + query, values).fetchall())
        assert index in plan and "Seq Scan" not in plan, plan
