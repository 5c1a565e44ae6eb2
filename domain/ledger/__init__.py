"""The ledger: events, commands, and the append-only log that keeps them (TRACE §1, ARCHITECTURE §2-3).

The clock, the salts and the data keys live here and nowhere else in `domain/`; so do the imports of
`eventsourcing` and `psycopg`.
"""
