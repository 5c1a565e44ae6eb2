"""What the site forgets by itself: everything here has a term."""

from web.courrier.outbox import Connection

TERMS = (
    "DELETE FROM web.sessions WHERE expires_at < now()",
    "DELETE FROM web.links WHERE expires_at < now() - interval '1 day'",
    "DELETE FROM web.api_tokens WHERE expires_at < now()",
    "DELETE FROM web.attempts WHERE since < now() - interval '2 days'",
    "DELETE FROM web.subscriptions WHERE confirmed_at IS NULL AND created_at < now() - interval '7 days'",
    "DELETE FROM web.outbox WHERE state <> 'attente' AND created_at < now() - interval '30 days'",
    # Without a mail server nothing gives up what waits: its term does.
    "UPDATE web.outbox SET state = 'abandonne' WHERE state = 'attente' AND expires_at < now()",
)


async def purge(connection: Connection) -> None:
    """Deletes what is past its term."""
    for statement in TERMS:
        await connection.execute(statement)
