"""A mail server on the loopback, that keeps what it receives."""

import email
import time
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller


class _AnyPort(Controller):
    """A controller that listens where the system puts it: its own start connects to `port`."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd is typed in part


class Mailbox:
    """`url` is what SMTP_URL takes; `wait_for` takes out a mail received."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        """Called by aiosmtpd for each mail."""
        self.received.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def wait_for(self, recipient: str, word: str = "", seconds: float = 20) -> EmailMessage:
        """The first mail to this address whose subject holds `word`; it leaves the box."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for found in self.received:
                if recipient in str(found["to"]) and word in str(found["subject"]):
                    self.received.remove(found)
                    return found
            time.sleep(0.05)
        raise AssertionError(f"no mail to {recipient} about « {word} »: {[str(m['subject']) for m in self.received]}")

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._controller.stop()


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
