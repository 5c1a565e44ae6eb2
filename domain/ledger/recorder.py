"""The library's application recorder on our store: its readers, our append (gapless, tree grown in the transaction)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from domain.ledger.store import EVENTS


class LedgerRecorder(PostgresApplicationRecorder):
    """Reads as the library does; writes through `ledger.append`. The datastore's schema must be `ledger`.

    For programs built on `eventsourcing` that read or follow the register; the application itself writes through
    `Ledger`, which also checks the streams that a decision stands on. Raises IntegrityError when a version is taken.
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name="stored_events")
        self.channel_name = "ledger"

    def create_table(self) -> None:
        """Nothing: the tables belong to `migrations/` (the library's CREATE_TABLE=n)."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Appends these events in one transaction; returns their positions."""
        if not stored_events:
            return []
        versions = [event.originator_version for event in stored_events]
        arrays: tuple[list[Any], ...] = (
            [UUID(str(event.originator_id)) for event in stored_events],
            versions,
            [event.topic for event in stored_events],
            [event.state for event in stored_events],
            [uuid4() for _ in stored_events],
            [],
            [],
        )
        with self.datastore.get_connection() as connection, connection.cursor() as cursor:
            try:
                cursor.execute(f"SELECT ledger.append({EVENTS})".encode(), arrays)
            except psycopg.Error as error:
                if error.sqlstate == "RG409":
                    raise IntegrityError(str(error)) from error
                raise
            base = next(iter((cursor.fetchone() or {}).values()))
        return [base + place for place in range(1, len(stored_events) + 1)]
