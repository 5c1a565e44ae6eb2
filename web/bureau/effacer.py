"""Erasing, in three movements that a crash cannot tear apart: ask, destroy, say that it is done (TRACE §3)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from domain.effacements.demander_effacement import DemanderEffacement
from domain.effacements.events import EffacementDemande, EffacementExecute, MotifEffacement
from domain.effacements.executer_effacement import EffacementDejaExecute, ExecuterEffacement
from domain.ledger import erasure
from domain.ledger.entry import recorded
from domain.ledger.erasure import Held
from domain.ledger.store import Once
from web.acces.persons import today
from web.access import Acteur
from web.services import Services

PROJECTED_SECONDS = 20.0
VERSION = "SELECT originator_version FROM ledger.stored_events WHERE notification_id = %s"


class NotYetForgotten(Exception):
    """The read models have not followed: the erasure is decided, and will be finished at the next try."""


class Demande(msgspec.Struct, frozen=True):
    """A request as it stands in a stream."""

    stream: str
    version: int
    position: int
    cibles: tuple[str, ...]


async def held(services: Services, stream: str) -> list[Held]:
    """What this stream still holds, without the values."""
    async with services.pool.connection() as connection:
        return await erasure.held(connection, services.vault, stream)


async def erase(
    services: Services,
    acteur: Acteur,
    stream: str,
    values: Iterable[Held],
    motif: MotifEffacement,
    once: Once,
) -> int:
    """Asks for these values to go and makes them go; returns the last position. Raises RegleViolee, NotYetForgotten.

    One request for each set of scopes: a request says « these scopes of these events », and no more must go.
    """
    position, chosen = 0, list(values)
    if not chosen:
        await services.ledger.execute(DemanderEffacement(acteur.personne, acteur.le, stream, (), (), (), motif))
    for portees, versions, cibles in requests(chosen):
        command = DemanderEffacement(acteur.personne, acteur.le, stream, versions, portees, cibles, motif)
        act = await services.ledger.execute(command, _part(once, portees))
        [(version,)] = await services.fetch(VERSION, (act.position,))
        position = await finish(services, Demande(stream, version, act.position, cibles)) or act.position
    return position


def requests(values: Iterable[Held]) -> list[tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]]:
    """(scopes, versions, digests) such that each request names exactly what was chosen."""
    scopes: dict[int, set[str]] = defaultdict(set)
    chosen = list(values)
    for value in chosen:
        scopes[value.version].add(value.scope)
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for version, found in sorted(scopes.items()):
        groups[tuple(sorted(found))].append(version)
    return [
        (portees, tuple(versions), tuple(sorted(v.digest for v in chosen if v.version in versions)))
        for portees, versions in groups.items()
    ]


def _part(once: Once, portees: tuple[str, ...]) -> Once:
    """Each request of one form has its own key."""
    mark = "\0".join(portees).encode()
    return Once(hashlib.sha256(once.key + mark).digest(), hashlib.sha256(once.fingerprint + mark).digest())


async def finish(services: Services, demande: Demande) -> int | None:
    """Destroys what is left, waits for the read models, says it is done. None when another had said so already."""
    async with services.pool.connection() as connection:
        await erasure.forget(connection, demande.stream, demande.cibles)
    if not await services.watcher.wait_for(demande.position, PROJECTED_SECONDS):
        [(projected,)] = await services.fetch("SELECT position FROM tracking")
        if projected < demande.position:
            raise NotYetForgotten(demande.stream)
    with suppress(EffacementDejaExecute):
        act = await services.ledger.execute(ExecuterEffacement(demande.stream, demande.version, today()))
        return act.position
    return None


async def finish_erasures(services: Services) -> int:
    """Finishes what a crash left half-done: to be called at start, once the services are open. Returns how many."""
    async with services.pool.connection() as connection:
        found = await erasure.unfinished(connection, EffacementDemande.TOPIC, EffacementExecute.TOPIC)
    for position, state in found:
        fact = recorded(position, state)
        assert isinstance(fact.event, EffacementDemande)
        await finish(services, Demande(fact.stream, fact.version, position, tuple(fact.event.cibles)))
    return len(found)
