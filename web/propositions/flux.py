"""The events of one proposition with what still opens of its erasable values: one query, folded in memory."""

from datetime import date
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

READ = """SELECT e.notification_id, e.state, d.digest, d.key_id, d.wrapped, d.sealed
    FROM ledger.stored_events e
    LEFT JOIN LATERAL (
        SELECT digest, key_id, wrapped, sealed FROM ledger.disclosures JOIN keys.data_keys USING (key_id)
        WHERE disclosures.position = e.notification_id OFFSET 0
    ) d ON true
    WHERE e.originator_id = %s ORDER BY e.notification_id"""

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
    found = await services.fetch(READ, (stream_id(f"propositions/{reference}"),))
    flux = Flux(reference, [], {}, {})
    for position, state, digest, *rest in found:
        if position not in flux.feuilles:
            flux.faits.append(recorded(position, state))
            flux.feuilles[position] = leaf_hash(state).hex()
        if digest is not None:
            flux.scelles.setdefault(position, []).append((digest, *rest))
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
