"""The schema of deliberations (tests/vendor), applied to lines: fields, types, and the checks between columns.

Written from the schema alone, without the code that it judges.
"""

import csv
import io
import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vendor/scdl-deliberations-2.1.5.json").read_text(encoding="utf-8")
)
CLASSES = {
    "commande publique", "urbanisme", "domaine et patrimoine", "fonction publique", "institutions et vie politique",
    "libertes publiques et pouvoirs de police", "finances locales", "domaines de competences par themes",
    "autres domaines de competences",
}  # fmt: skip


def fautes(octets: bytes) -> list[str]:
    """« 3 COLL_SIRET » for each fault of a CSV file; the titles are line 1."""
    rows = list(csv.reader(io.StringIO(octets.decode(), newline=""), strict=True))
    names = [field["name"] for field in SCHEMA["fields"]]
    found = [] if rows[0] == names else [f"1 {rows[0]}"]
    for number, row in enumerate(rows[1:], start=2):
        line = dict(zip(names, row, strict=True))
        wrong = {field["name"] for field in SCHEMA["fields"] if not _field(field, line[field["name"]])}
        for check in SCHEMA["custom_checks"]:
            wrong |= set(CHECKS[check["name"]](line, **{k.replace("-", "_"): v for k, v in check["params"].items()}))
        found += [f"{number} {name}" for name in names if name in wrong]
    return found


def _field(field: dict[str, Any], value: str) -> bool:
    limits = field.get("constraints", {})
    if not value:
        return not limits.get("required")
    if field["type"] == "integer" and not re.fullmatch("[+-]?[0-9]+", value):
        return False
    if field["type"] == "date" and not _day(value):
        return False
    address = field.get("format") != "uri" or re.fullmatch(r"[a-z]+://[^\s/]+\S*", value)
    return bool(address and re.search(limits.get("pattern", ""), value))


def _day(value: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (1 + place % 2)
        total += double - 9 * (double > 9)
    return total % 10 == 0


def _siret(line: dict[str, str], column: str) -> list[str]:
    return [] if re.fullmatch("[0-9]{14}", line[column]) and _luhn(line[column]) else [column]


def _years(line: dict[str, str], column: str, allow_year_only: str) -> list[str]:
    years = line[column].split("/") if line[column] else []
    return [column] if len(years) == 2 and years[0] >= years[1] else []


def _together(line: dict[str, str], column: str, othercolumns: list[str]) -> list[str]:
    there = [bool(line[name]) for name in (column, *othercolumns)]
    return [] if all(there) or not any(there) else [column]


def _compare(line: dict[str, str], column: str, op: str, column2: str) -> list[str]:
    assert op == ">="
    one, two = line[column], line[column2]
    if not one or not two:
        return []
    number = one.isdigit() and two.isdigit()
    return [] if (int(one) >= int(two) if number else one >= two) else [column]


def _sum(line: dict[str, str], column: str, columns: list[str]) -> list[str]:
    parts = [line[name] for name in columns]
    return [column] if line[column] and all(parts) and int(line[column]) != sum(map(int, parts)) else []


def _nomenclature(line: dict[str, str], column: str) -> list[str]:
    kind, slash, rest = line[column].partition("/")
    bare = "".join(c for c in unicodedata.normalize("NFKD", kind.lower()) if not unicodedata.combining(c))
    return [] if slash and rest and bare in CLASSES else [column]


CHECKS: dict[str, Any] = {
    "french-siret-value": _siret,
    "year-interval-value": _years,
    "cohesive-columns-value": _together,
    "compare-columns-value": _compare,
    "sum-columns-value": _sum,
    "nomenclature-actes-value": _nomenclature,
}
