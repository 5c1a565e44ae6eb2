"""The events of one proposition with what still opens of its erasable values: one query, folded in memory."""

from datetime import date
from operator import itemgetter
from typing import Any

import msgspec

from domain.calendrier import jour
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import Recorded, stream_id
from domain.ledger.vault import Vault, disclosed
from projections.divulgations import DivulgationRow, Divulgations
from projections.propositions import PropositionRow, Propositions
from projections.rows import Rows
from web.services import Services

# Two index scans and no join: as quick on a young register, which has no statistics yet, as on an old one.
READ = """SELECT notification_id, state, NULL AS digest, NULL AS key_id, NULL AS wrapped, NULL AS sealed
    FROM ledger.stored_events WHERE originator_id = %s
    UNION ALL
    SELECT position, NULL, digest, key_id, (SELECT k.wrapped FROM keys.data_keys k WHERE k.key_id = d.key_id), sealed
    FROM ledger.disclosures d WHERE originator_id = %s"""

PROPOSITIONS, DIVULGATIONS = Propositions(), Divulgations()

Sealed = tuple[str, Any, bytes, bytes]


class Flux(msgspec.Struct):
    """What the register holds of a proposition: events in order, leaf hashes (hex), sealed values by position."""

    reference: str
    faits: list[Recorded]
    feuilles: dict[int, str]
    scelles: dict[int, list[Sealed]]

    def valeurs(self, vault: Vault, position: int) -> dict[str, Any]:
        """The erasable values of this event that still exist, by field."""
        opened = (disclosed(vault.open(key, wrapped, digest, sealed)) for digest, key, wrapped, sealed in
                  self.scelles.get(position, ()))  # fmt: skip
        return dict(opened)


async def read_flux(services: Services, reference: str) -> Flux | None:
    """The events of this proposition, or None when there is no such one."""
    originator = stream_id(f"propositions/{reference}")
    flux = Flux(reference, [], {}, {})
    rows = await services.fetch(READ, (originator, originator))
    for position, state, digest, key, wrapped, sealed in sorted(rows, key=itemgetter(0)):
        if state is not None:
            flux.faits.append(recorded(position, state))
            flux.feuilles[position] = leaf_hash(state).hex()
        elif wrapped is not None:
            flux.scelles.setdefault(position, []).append((digest, key, wrapped, sealed))
    return flux if flux.faits else None


def fold(faits: list[Recorded]) -> tuple[PropositionRow, set[str]]:
    """Where the proposition stands after these events, and which fields of its filing are public."""
    rows = Rows()
    for fait in faits:
        PROPOSITIONS.apply(fait, rows)
        DIVULGATIONS.apply(fait, rows)
    [row] = rows.all(PropositionRow)
    return row, {divulgation.champ for divulgation in rows.all(DivulgationRow)}


def until(faits: list[Recorded], au: int | date) -> list[Recorded]:
    """What had happened by the end of that day in Paris (a date), or what the register knew at that position."""
    if isinstance(au, int):
        return [fait for fait in faits if fait.position <= au]
    return [fait for fait in faits if fait.event.survenu_le is not None and jour(fait.event.survenu_le) <= au]
