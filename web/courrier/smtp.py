"""SMTP: where SMTP_URL leads, and the message as it travels."""

import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from web.courrier.outbox import Mail

TIMEOUT = 30.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def client(url: str) -> aiosmtplib.SMTP:
    """A client for `smtp://`, `smtp+starttls://` or `smtps://[account:password@]host[:port]`.

    `smtp://` takes STARTTLS when the server offers it, `smtp+starttls://` refuses to go on without.
    """
    parts = urlsplit(url)
    return aiosmtplib.SMTP(
        hostname=parts.hostname or "localhost",
        port=parts.port or PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        start_tls={"smtps": False, "smtp+starttls": True}.get(parts.scheme),
        tls_context=ssl.create_default_context() if parts.scheme != "smtp" else None,
        timeout=TIMEOUT,
    )


def message(mail: Mail, sender: str, message_id: str, written_at: datetime) -> EmailMessage:
    """Plain text and HTML, marked as automatic (RFC 3834), with the one-click unsubscribe (RFC 8058)."""
    found = EmailMessage(policy=POLICY)
    found["From"] = sender
    found["To"] = ascii_domain(mail.recipient)
    found["Subject"] = mail.subject
    found["Date"] = format_datetime(written_at)
    found["Message-ID"] = message_id
    found["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        found["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found.set_content(mail.text)
    found.add_alternative(mail.html, subtype="html")
    return found


def ascii_domain(courriel: str) -> str:
    """An address whose domain travels everywhere (IDNA)."""
    name, _, domain = courriel.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"
