"""Sign-in links: 256 random bits by e-mail, good for 15 minutes and for one use."""

import asyncio
import secrets
from datetime import timedelta
from typing import Literal

from web.acces.persons import person_of_email
from web.acces.sessions import digest
from web.courrier.outbox import compose, enqueue
from web.courrier.seals import seals
from web.limits import SIGN_IN, SIGN_IN_ALL, attempt
from web.services import Services

LIFE = timedelta(minutes=15)
ANSWER_SECONDS = 0.25  # known or not, an address gets its answer after the same time

State = Literal["valable", "servi", "perime"]


async def send_link(services: Services, courriel: str, suite: str, key: str) -> None:
    """Mails a link to whoever signs in with this address; does as much for an address that nobody has.

    `suite` is where to go then, `key` the form's idempotency key. Raises TooMany.
    """
    soon = asyncio.get_running_loop().time() + ANSWER_SECONDS
    address = seals(services.settings).digest(courriel)
    await attempt(services, SIGN_IN, address)
    await attempt(services, SIGN_IN_ALL)
    person, token = await person_of_email(services, courriel), secrets.token_urlsafe(32)
    async with services.pool.connection() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO web.links (token, person, suite, expires_at) VALUES (%s, %s, %s, now() + %s)",
            (digest(token), person.id if person else None, suite, LIFE),
        )
        if person is not None:
            mail = compose(
                services.settings,
                person.courriel,
                "Votre lien pour entrer dans Registre",
                (
                    "Bonjour,",
                    "Vous avez demandé à entrer dans l'espace des équipes de Registre. "
                    "Ce lien sert une seule fois, pendant 15 minutes.",
                    "Si vous n'avez rien demandé, ne faites rien : personne ne peut entrer sans ce message.",
                ),
                lien=("Entrer dans Registre", f"{services.settings.public_url}/connexion/lien/{token}"),
            )
            await enqueue(connection, services.settings, f"connexion/{address.hex()}/{key}", "connexion", mail, LIFE)
    await asyncio.sleep(max(0.0, soon - asyncio.get_running_loop().time()))


async def link_state(services: Services, token: str) -> State:
    """What a link is worth, without using it: mail scanners open every link they see."""
    rows = await services.fetch(
        "SELECT used_at IS NOT NULL, expires_at > now() AND person IS NOT NULL FROM web.links WHERE token = %s",
        (digest(token),),
    )
    if rows and rows[0][0]:
        return "servi"
    return "valable" if rows and rows[0][1] else "perime"


async def use_link(services: Services, token: str) -> tuple[str, str] | None:
    """Uses the link up: the person (a uuid) and where she was going; None when it no longer opens anything."""
    rows = await services.fetch(
        "UPDATE web.links SET used_at = now() WHERE token = %s AND used_at IS NULL AND expires_at > now()"
        " AND person IS NOT NULL RETURNING person, suite",
        (digest(token),),
    )
    return rows[0] if rows else None
