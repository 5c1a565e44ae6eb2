"""The figures of a date, as anyone may compute them again: sums of the movements, by envelope, year and kind."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from projections.argent_rows import CompteRow, MouvementRow
from web.services import Services

SOMMES = """SELECT c.nom, c.annee, m.sorte, sum(m.cents)::bigint, sum(m.paye_cents)::bigint
    FROM mouvements m JOIN comptes c ON c.cle = m.compte WHERE m.le <= %s AND m.position <= %s
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


async def chiffres(services: Services, au: date, position: int) -> dict[str, Any]:
    """What had happened by the end of `au`, as the register knew it at `position`. Sums: cents, then cents paid."""
    rows = await services.fetch(SOMMES, (au, position))
    return {"au": au.isoformat(), "position": position, "sommes": [list(row) for row in rows]}


def sommes_de(lines: Iterable[tuple[CompteRow, MouvementRow]]) -> list[list[Any]]:
    """The same sums, from these movements with their accounts: without a database."""
    found: dict[tuple[str, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for account, line in lines:
        sums = found[account.nom, account.annee, line.sorte]
        sums[0], sums[1] = sums[0] + line.cents, sums[1] + line.paye_cents
    return [[*key, *found[key]] for key in sorted(found)]


def empreinte(figures: dict[str, Any]) -> str:
    """sha256, in hex, of their canonical JSON (keys sorted, no space)."""
    return hashlib.sha256(msgspec.json.encode(figures, order="sorted")).hexdigest()
