"""A redirection after an act, written at once: the framework's own takes as long as the rules of the act."""

from typing import Any

from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send


class SeeOther(Response[bytes]):
    """303 to a path of this site, in ASCII. Its headers and cookies are not sent: where some are needed, `Redirect`."""

    def __init__(self, path: str) -> None:
        super().__init__(b"", status_code=303)
        self.path = path.encode("ascii")

    def to_asgi_response(self, *_: Any, **__: Any) -> ASGIResponse:
        """The two messages."""
        return _Sent(self.path)


class _Sent(ASGIResponse):
    def __init__(self, path: bytes) -> None:
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"location", self.path), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
