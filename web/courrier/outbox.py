"""The outbox: what is to be mailed, written in the same transaction as its cause, each mail once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
import psycopg

from web.courrier.seals import seals
from web.pages import render
from web.services import Services
from web.settings import Settings

Connection = psycopg.AsyncConnection[Any]

LIFE = timedelta(days=3)  # then the sender gives up


class Line(msgspec.Struct, frozen=True):
    """One item of a summary."""

    titre: str
    texte: str
    url: str


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in both forms. `url` is its main link; `unsubscribe` answers a one-click POST (RFC 8058)."""

    recipient: str
    subject: str
    text: str
    html: str
    url: str = ""
    unsubscribe: str = ""


def compose(
    settings: Settings,
    recipient: str,
    subject: str,
    paragraphes: Sequence[str],
    *,
    lien: tuple[str, str] | None = None,
    lignes: Sequence[Line] = (),
    gerer: str = "",
    unsubscribe: str = "",
) -> Mail:
    """A mail from its sentences. `lien` is (what it does, address); `gerer` the page where one chooses what to get."""
    context = {
        "sujet": subject,
        "paragraphes": paragraphes,
        "lien": lien,
        "lignes": lignes,
        "gerer": gerer,
        "arreter": unsubscribe,
        "site": settings.public_url,
    }
    return Mail(
        recipient=recipient,
        subject=" ".join(subject.splitlines()),
        text=render("courrier/message.txt", **context),
        html=render("courrier/message.html", **context),
        url=lien[1] if lien else "",
        unsubscribe=unsubscribe,
    )


async def enqueue(
    connection: Connection, settings: Settings, key: str, kind: str, mail: Mail, life: timedelta = LIFE
) -> bool:
    """Adds the mail in the caller's transaction; False when one with this key is there already."""
    id_ = uuid4()
    sealed = seals(settings).seal(msgspec.json.encode(mail), id_.bytes)
    cursor = await connection.execute(
        "INSERT INTO web.outbox (id, key, kind, subject, sealed, expires_at)"
        " VALUES (%s, %s, %s, %s, %b, now() + %s) ON CONFLICT (key) DO NOTHING",
        (id_, key, kind, mail.subject, sealed, life),
    )
    return cursor.rowcount == 1


def opened(settings: Settings, id_: UUID, sealed: bytes) -> Mail:
    """The mail of a row of the outbox."""
    return msgspec.json.decode(seals(settings).open(sealed, id_.bytes), type=Mail)


def message_id(settings: Settings, id_: UUID) -> str:
    """The same at every attempt, so that a mail that arrives twice is seen as one."""
    return f"<{id_}@{urlsplit(settings.public_url).hostname}>"


async def given_up(services: Services) -> int:
    """How many mails could not be sent at all: people of the office should know."""
    [(count,)] = await services.fetch("SELECT count(*) FROM web.outbox WHERE state = 'abandonne'")
    return int(count)
