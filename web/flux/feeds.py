"""`/dossiers/{ref}.atom` and `/instances/{slug}.atom`: what followers by mail are told, with the act's number."""

from collections.abc import Iterable
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from domain.ledger.entry import recorded
from domain.ledger.event import Event, stream_id
from web.atom import NEVER, Entry, answer, feed
from web.pages import date_longue
from web.propositions.dossier import REFERENCE
from web.propositions.instances import annuaire
from web.services import Services, services
from web.suivre.annonces import TOPICS, Annonce, annonce

LATEST = 50
TITLE = "SELECT titre, instance FROM propositions WHERE reference = %s"
RECENT = "SELECT reference FROM propositions WHERE instance = %s ORDER BY position DESC LIMIT %s"
EVENTS = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s) ORDER BY notification_id"""


async def dossier_atom(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The news of a dossier, the last one first."""
    found = services(request)
    rows = await found.fetch(TITLE, (reference,)) if REFERENCE.fullmatch(reference) else []
    if not rows:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    title = f"{reference} : {rows[0][0] or 'proposition'}"
    return await feed_of(found, f"/dossiers/{reference}", title, [f"propositions/{reference}"])


async def instance_atom(request: Request[Any, Any, Any], slug: str) -> Response[bytes]:
    """The latest news of an instance's dossiers."""
    found = services(request)
    instance = (await annuaire(found)).par_slug.get(slug)
    if instance is None:
        raise NotFoundException("Cette instance n’est pas dans le registre.")
    recent = await found.fetch(RECENT, (slug, LATEST))
    streams = [f"instances/{slug}", *(f"propositions/{reference}" for (reference,) in recent)]
    return await feed_of(found, f"/instances/{slug}", instance.nom, streams)


async def feed_of(found: Services, page: str, title: str, streams: Iterable[str]) -> Response[bytes]:
    """The feed of a page: the news of these streams, the last one first."""
    latest = (await news(found, streams))[:LATEST]
    return answer(feed(found.settings.public_url, found.ledger.origin, f"{page}.atom", page, title, latest))


async def news(found: Services, streams: Iterable[str]) -> list[Entry]:
    """What these streams tell, newest first."""
    names, first, told = await annuaire(found), dict[str, Event](), []
    for position, state in await found.fetch(EVENTS, ([stream_id(stream) for stream in streams], TOPICS)):
        fact = recorded(position, bytes(state))
        first.setdefault(fact.stream, fact.event)
        said = annonce(fact, first[fact.stream], names)
        if said is not None:
            day = date_longue(fact.event.survenu_le or fact.recorded_at)
            told.append(Entry(
                index=position - 1,
                title=said.sujet,
                content=content(said, day),
                updated=fact.recorded_at or NEVER,
                links=(("alternate", said.page), ("related", f"/recu/{position - 1}")),
                category=said.etat,
            ))  # fmt: skip
    return told[::-1]


def content(said: Annonce, day: str) -> str:
    """Full sentences, the act's number last."""
    return f"{said.phrase} Date : {day}. Acte n° {said.position} du registre."
