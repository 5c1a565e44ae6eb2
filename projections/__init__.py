"""What people can read, rebuilt from the ledger alone: drop it and replay (ARCHITECTURE §4).

A projection is a pure class: events in, rows out, no SQL and no business rule in its handlers. The same
handlers serve the live runner, the rebuild beside it, and the pages that show a past date.
"""
