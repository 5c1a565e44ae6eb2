"""The open data: RFC 4180, nothing erasable, nothing that a spreadsheet runs; the same lines for the export."""

import csv
import io
from datetime import date

import httpx
import psycopg
import pytest

from tests.site import Site
from web.demonstration.acts import load
from web.opendata.tables import TABLES, Table, cell


def read(web: httpx.Client, name: str) -> list[dict[str, str]]:
    answer = web.get(f"/opendata/{name}.csv")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert 'rel="license"' in answer.headers["link"] and "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode()
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def test_every_table_is_served_with_its_columns(web: httpx.Client) -> None:
    for table in TABLES:
        read(web, table.name)
        header = web.get(f"/opendata/{table.name}.csv").text.partition("\r\n")[0]
        assert next(csv.reader([header])) == table.columns
    assert len(read(web, "communes")) == 59


def test_propositions_hold_no_erasable_value(web: httpx.Client) -> None:
    content = web.get("/opendata/propositions.csv").text
    for told in load():
        assert told["texte"][:40] not in content
    rows = {row["reference"]: row for row in read(web, "propositions")}
    listed = web.get("/api/propositions").json()["propositions"]
    for shown in listed:
        assert rows[shown["reference"]]["etat"] == shown["etat"]
        assert rows[shown["reference"]]["acte"] == str(shown["index"] + 1)


@pytest.mark.parametrize("formula", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(formula: str) -> None:
    assert cell(formula) == f"'{formula}"


def test_cells() -> None:
    assert [cell(value) for value in (None, 3, -3, date(2026, 3, 1), "été", ["=a", "b"])] == [
        "", "3", "-3", "2026-03-01", "été", "'=a ; b",
    ]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_export_has_the_same_lines(charge: Site, web: httpx.Client, table: Table) -> None:
    with psycopg.connect(charge.database.app, options="-c search_path=projections") as connection:
        lines = list(table.rows(connection, charge.url))
    assert lines == [list(row.values()) for row in read(web, table.name)]
