"""Every body with its seats and members, folded from the facts of all of them; kept until the register moves on."""

from datetime import date
from weakref import WeakKeyDictionary

import msgspec

from domain.composition import Composition
from domain.ledger.entry import recorded
from domain.ledger.event import TOPICS, Recorded
from projections.watcher import Watcher
from web.services import Services

READ = "SELECT notification_id, state FROM ledger.stored_events WHERE topic = ANY(%s) ORDER BY notification_id"


class Assemblees(msgspec.Struct):
    """The facts of every body's members, oldest first, and what they come to."""

    faits: list[Recorded]
    par_instance: dict[str, Composition]

    def de(self, instance: str) -> Composition:
        """The members of this body, none when nothing is known of them."""
        return self.par_instance.get(instance, Composition())

    def jusqu_a(self, position: int) -> "Assemblees":
        """The same, as the register knew it at that act."""
        kept = [fact for fact in self.faits if fact.position <= position]
        return Assemblees(kept, fold(kept))


def fold(facts: list[Recorded]) -> dict[str, Composition]:
    """The members of each body."""
    found: dict[str, Composition] = {}
    for fact in facts:
        found.setdefault(fact.stream.partition("/")[2], Composition()).retenir(fact.event)
    return found


_known: WeakKeyDictionary[Watcher, tuple[int, Assemblees]] = WeakKeyDictionary()


async def assemblees(services: Services) -> Assemblees:
    """All of them."""
    position, known = services.watcher.projected, _known.get(services.watcher)
    if known is None or known[0] != position:
        topics = [topic for topic in TOPICS if topic.startswith("mandats/")]
        facts = [recorded(at, bytes(state)) for at, state in await services.fetch(READ, (topics,))]
        known = _known[services.watcher] = position, Assemblees(facts, fold(facts))
    return known[1]


def presidence(composition: Composition, le: date) -> str:
    """Who presides on that day, as people are called; empty when nobody does."""
    chair = composition.president(le)
    found = composition.en_exercice(le).get(chair or "")
    return found.appellation if found else ""
