"""gzip, where the length of an answer can tell nothing: a page of 13 kB travels in 4 on a prepaid telephone.

BREACH reads a secret from the length of answers that hold it beside a guess. So only answers to a GET without cookie
or credentials are compressed: all that they hold, whoever has the address may read. The others go as they are.
"""

import gzip
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

TYPES = (b"text/html", b"application/json", b"application/problem+json", b"application/atom+xml", b"text/csv")
LEAST = 1000  # bytes; under this, nothing is gained
LEVEL = 5


class Compressed:
    """ASGI middleware. Answers sent in several parts, and those that carry an ETag, go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not _allowed(scope):
            await self.app(scope, receive, send)
            return
        start: list[Any] = []

        async def send_compressed(message: Message) -> None:
            if message["type"] == "http.response.start" and _eligible(message["headers"]):
                start.append(message)
                return
            if start:
                begun = start.pop()
                await send(begun | {"headers": _headers(begun["headers"], message)})
            await send(message)

        await self.app(scope, receive, send_compressed)


def _allowed(scope: Any) -> bool:
    if scope["method"] != "GET":
        return False
    found = dict(scope["headers"])
    anonymous = b"cookie" not in found and b"authorization" not in found
    return anonymous and b"gzip" in found.get(b"accept-encoding", b"")


def _eligible(headers: Any) -> bool:
    found = {name.lower(): value for name, value in headers}
    typed = found.get(b"content-type", b"").partition(b";")[0] in TYPES
    return typed and b"content-encoding" not in found and b"etag" not in found


def _headers(headers: Any, message: Any) -> list[tuple[bytes, bytes]]:
    """The headers of the answer, whose only part is `message`: compressed in place when it is worth it."""
    vary = b", ".join([value for name, value in headers if name.lower() == b"vary"] + [b"Accept-Encoding"])
    kept = [pair for pair in headers if pair[0].lower() != b"vary"] + [(b"vary", vary)]
    body = message.get("body", b"")
    if message.get("more_body") or len(body) < LEAST:
        return kept
    message["body"] = gzip.compress(body, LEVEL, mtime=0)
    size = str(len(message["body"])).encode()
    kept = [pair for pair in kept if pair[0].lower() != b"content-length"]
    return [*kept, (b"content-length", size), (b"content-encoding", b"gzip")]
