"""The library's own test cases, on our recorder."""

from collections.abc import Iterator
from typing import Any

import pytest
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests.persistence import ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase
from psycopg.conninfo import conninfo_to_dict

from domain.ledger.recorder import LedgerRecorder
from web.embedded import Urls


class _OnOurDatabase:
    @pytest.fixture(autouse=True)
    def _database(self, database: Urls) -> Iterator[None]:
        self.urls = database
        self.stores: list[PostgresDatastore] = []
        yield
        for store in self.stores:
            store.close()

    def create_recorder(self) -> Any:
        parts = conninfo_to_dict(self.urls.app)
        store = PostgresDatastore(
            dbname=str(parts["dbname"]),
            host=str(parts["host"]),
            port=str(parts.get("port") or "5432"),
            user=str(parts["user"]),
            password=str(parts.get("password") or ""),
            schema="ledger",
        )
        self.stores.append(store)
        return LedgerRecorder(store)


class TestApplicationRecorder(_OnOurDatabase, ApplicationRecorderTestCase):
    """ApplicationRecorderTestCase passes as it is."""


class TestNonInterleaving(_OnOurDatabase, NonInterleavingNotificationIDsBaseCase):
    """NonInterleavingNotificationIDsBaseCase passes as it is."""
