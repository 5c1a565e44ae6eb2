"""Mail: an outbox filled in the transaction that gives cause to write, emptied over SMTP by one sender a database."""
