"""Tasks that run beside the requests, and how they end."""

import asyncio


async def end(task: asyncio.Task[None] | None) -> None:
    """Cancels until it is over: a cancellation inside a query may come out as an error of the database."""
    while task is not None and not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.5)
