"""Looks for words everywhere that a register leaves traces: pages, files, tables, sealed values, encoded forms."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from domain.ledger.vault import Vault
from tests.conftest import Server
from tests.faults.surgery import database_name
from web.courrier.seals import Seals
from web.embedded import Urls

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
VALUES = """SELECT d.position, d.key_id, k.wrapped, d.digest, d.sealed
    FROM ledger.disclosures d JOIN keys.data_keys k USING (key_id)"""
TABLES = """SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"""


def holds(content: bytes, words: Iterable[str]) -> list[str]:
    """Which of these words are there, in clear, whatever their case, or in base64."""
    seen = b"\n".join([content, *_decoded(content)]).lower()
    return [word for word in words if word.lower().encode() in seen]


def _decoded(content: bytes) -> Iterator[bytes]:
    for run in BASE64.findall(content):
        text = run.translate(bytes.maketrans(b"+/", b"-_"))
        yield urlsafe_b64decode(text + b"=" * (-len(text) % 4)) if len(text) % 4 != 1 else b""


def in_files(folder: Path, words: Iterable[str]) -> list[str]:
    """Files of a folder that hold one of these words."""
    wanted = list(words)
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [f"{path}: {found}" for path in files if (found := holds(path.read_bytes(), wanted))]


def in_tables(server: Server, urls: Urls, words: Iterable[str]) -> list[str]:
    """Rows of every table, in every schema, that hold one of these words."""
    wanted, found = list(words), []
    with psycopg.connect(server.url("postgres", database_name(urls))) as connection:
        tables = connection.execute(TABLES).fetchall()
        assert {"ledger", "keys", "web", "projections"} <= {schema for schema, _ in tables}
        for schema, table in tables:
            name = sql.Identifier(schema, table)
            for (row,) in connection.execute(sql.SQL("SELECT t::text FROM {} AS t").format(name)):
                found += [f"{schema}.{table}: {word}" for word in holds(_unescaped(row), wanted)]
    return found


def _unescaped(row: str) -> bytes:
    """The row, and what its `bytea` columns hold."""
    return row.encode() + b"".join(bytes.fromhex(run) for run in re.findall(r"\\x((?:[0-9a-f]{2})+)", row))


def in_sealed(server: Server, urls: Urls, master: bytes, words: Iterable[str]) -> list[str]:
    """What the master key still opens, of the register and of the outbox, that holds one of these words."""
    wanted, found, seals = list(words), list[str](), Seals(master)
    vault = Vault(master)
    with psycopg.connect(server.url("postgres", database_name(urls))) as connection:
        opened: list[tuple[str, Any]] = []
        for position, *sealed in connection.execute(VALUES):
            opened.append((f"acte n° {position}", vault.open(*sealed)))
        for id_, sealed in connection.execute("SELECT id, sealed FROM web.outbox WHERE sealed IS NOT NULL"):
            opened.append((f"courriel {id_}", seals.open(sealed, id_.bytes)))
        for place, content in opened:
            found += [f"{place}: {word}" for word in holds(content, wanted)]
    return found
