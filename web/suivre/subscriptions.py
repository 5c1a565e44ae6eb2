"""Subscriptions: asked for, confirmed by a link, changed, stopped."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain.identifiers import est_reference
from domain.ledger.event import stream_id
from web.courrier.outbox import compose, enqueue
from web.courrier.seals import seals
from web.limits import FOLLOW, FOLLOW_ALL, attempt
from web.propositions.instances import annuaire
from web.services import Services
from web.suivre.tokens import Purpose, read, sign

PACES = {
    "tout_de_suite": "Tout de suite, à chaque étape",
    "lundi": "Un résumé, le lundi",
    "decision": "Seulement la décision finale",
}


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """Who follows what. `subject` is `dossiers/<reference>` or `instances/<slug>`."""

    id: UUID
    subject: str
    email_digest: bytes
    email_sealed: bytes
    pace: str
    confirmed: bool


ONE = "SELECT id, subject, email_digest, email_sealed, pace, confirmed_at IS NOT NULL FROM web.subscriptions"

FLUX = {"BPC": "budgets", "AV": "saisines"}


async def label(services: Services, subject: str) -> str | None:
    """What people call it: « le dossier GEPI-2026-0087 »; None when there is no such thing."""
    kind, _, key = subject.partition("/")
    if kind == "instances":
        found = (await annuaire(services)).par_slug.get(key)
        return f"l'instance « {found.nom} »" if found else None
    known = est_reference(key) and await services.fetch(
        "SELECT 1 FROM ledger.stored_events WHERE originator_id = %s AND originator_version = 1",
        (stream_id(f"{FLUX.get(key.partition('-')[0], 'propositions')}/{key}"),),
    )
    return f"le dossier {key}" if known else None


async def subscribe(services: Services, subject: str, what: str, courriel: str, pace: str, key: str) -> None:
    """Mails a link to confirm, or to manage what is followed already. `key`: the form's. Raises TooMany."""
    seal = seals(services.settings)
    digest = seal.digest(courriel)
    await attempt(services, FOLLOW, digest)
    await attempt(services, FOLLOW_ALL)
    async with services.pool.connection() as connection, connection.transaction():
        cursor = await connection.execute(
            "INSERT INTO web.subscriptions AS s (subject, email_digest, email_sealed, pace) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (subject, email_digest) DO UPDATE SET"
            " pace = CASE WHEN s.confirmed_at IS NULL THEN excluded.pace ELSE s.pace END"
            " RETURNING id, confirmed_at IS NOT NULL",
            (subject, digest, seal.seal(courriel.encode(), digest), pace),
        )
        [(id_, confirmed)] = await cursor.fetchall()
        sentences, action = (ALREADY, "Choisir ce que je reçois") if confirmed else (CONFIRM, "Oui, prévenez-moi")
        mail = compose(
            services.settings,
            courriel,
            f"Vous suivez déjà {what}" if confirmed else f"Confirmez : suivre {what}",
            [sentence.format(what=what) for sentence in sentences],
            lien=(action, link(services, "gerer" if confirmed else "confirmer", id_)),
        )
        await enqueue(connection, services.settings, f"suivre/{id_}/{key}", "suivre", mail)


CONFIRM = (
    "Bonjour,",
    "Quelqu'un, sans doute vous, demande à suivre {what} avec cette adresse. Confirmez avec le lien ci-dessous.",
    "Si ce n'est pas vous, ne faites rien : cette adresse sera oubliée dans 7 jours.",
)
ALREADY = (
    "Bonjour,",
    "Cette adresse suit déjà {what}. Vous pouvez choisir ce que vous recevez, ou arrêter.",
)


async def send_links(services: Services, courriel: str, key: str) -> None:
    """Mails the link that manages everything to an address that follows something. Raises TooMany."""
    digest = seals(services.settings).digest(courriel)
    await attempt(services, FOLLOW, digest)
    await attempt(services, FOLLOW_ALL)
    async with services.pool.connection() as connection, connection.transaction():
        cursor = await connection.execute(
            "SELECT id FROM web.subscriptions WHERE email_digest = %s AND confirmed_at IS NOT NULL LIMIT 1", (digest,)
        )
        for (id_,) in await cursor.fetchall():
            sentences = ("Bonjour,", "Voici le lien qui montre ce que vous suivez, et qui permet d'arrêter.")
            lien = ("Choisir ce que je reçois", link(services, "gerer", id_))
            mail = compose(services.settings, courriel, "Ce que vous suivez dans Registre", sentences, lien=lien)
            await enqueue(connection, services.settings, f"suivre/{id_}/{key}", "suivre", mail)


def link(services: Services, purpose: Purpose, subscription: UUID) -> str:
    """Address of the page that confirms, or that manages."""
    place = "/suivre/confirmer/" if purpose == "confirmer" else "/suivre/"
    return f"{services.settings.public_url}{place}{sign(services.secret, purpose, subscription)}"


def stop_link(services: Services, subscription: UUID) -> str:
    """Address that stops this subscription: a page with a button, and the one-click POST of RFC 8058."""
    return f"{services.settings.public_url}/suivre/arreter/{sign(services.secret, 'gerer', subscription)}"


async def find(services: Services, purpose: Purpose, token: str) -> Subscription | None:
    """The subscription of a signed link, if it is still there."""
    id_ = read(services.secret, purpose, token)
    rows = await services.fetch(ONE + " WHERE id = %s", (id_,)) if id_ else []
    return subscription(rows[0]) if rows else None


async def same_address(services: Services, one: Subscription) -> list[Subscription]:
    """Everything that this address follows."""
    query = ONE + " WHERE email_digest = %s AND confirmed_at IS NOT NULL ORDER BY created_at, id"
    return [subscription(row) for row in await services.fetch(query, (one.email_digest,))]


async def confirm(services: Services, one: Subscription) -> None:
    """From now on, this address is told."""
    await services.fetch(
        "UPDATE web.subscriptions SET confirmed_at = coalesce(confirmed_at, now()) WHERE id = %s RETURNING 1", (one.id,)
    )


async def change(services: Services, one: Subscription, pace: str) -> None:
    """Another pace, or nothing more when it is none of PACES."""
    if pace not in PACES:
        await stop(services, one.id)
    elif pace != one.pace:
        async with services.pool.connection() as connection, connection.transaction():
            await connection.execute("UPDATE web.subscriptions SET pace = %s WHERE id = %s", (pace, one.id))
            await connection.execute("DELETE FROM web.summary WHERE subscription = %s", (one.id,))


async def stop(services: Services, subscription: UUID) -> None:
    """Forgets the subscription and its address."""
    await services.fetch("DELETE FROM web.subscriptions WHERE id = %s RETURNING 1", (subscription,))


def subscription(row: Sequence[Any]) -> Subscription:
    """The subscription of a row, as ONE reads it."""
    return Subscription(**dict(zip(Subscription.__struct_fields__, row, strict=True)))
