"""The deliberations of a body for a year, read from the log itself: every meeting with what it adopted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

import msgspec
import psycopg

from domain.composition import Composition, flux_assemblee
from domain.deliberations.events import DeliberationVotee
from domain.instances.events import InstanceInscrite
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import TOPICS, stream_id
from domain.seances.seance import Seance
from projections.instances import InstanceRow, Instances
from projections.rows import Rows
from web.deliberations.lecture import Acte, Fait, composition_de, plier, seance_de
from web.propositions.instances import Annuaire

BY_TOPIC = """SELECT notification_id, state FROM ledger.stored_events WHERE topic = ANY(%s) ORDER BY notification_id"""
BY_STREAM = """SELECT notification_id, state FROM ledger.stored_events WHERE originator_id = ANY(%s)
    ORDER BY notification_id"""


class Cahier(msgspec.Struct):
    """A meeting, and what it adopted or refused, in the order of its agenda."""

    reference: str
    seance: Seance
    composition: Composition
    actes: list[Acte]


def lire_annee(connection: psycopg.Connection[Any], instance: str, annee: int) -> list[Cahier]:
    """The meetings of that year, in order of their day; those that voted nothing are left out."""
    topics = [topic for topic in TOPICS if topic.startswith("deliberations/")]
    own: dict[str, list[Fait]] = defaultdict(list)
    for fait in _faits(connection, BY_TOPIC, topics):
        own[fait.fact.stream].append(fait)
    chosen = [faits for faits in own.values() if _votee(faits, annee)]
    folded = [(faits, *plier(faits)) for faits in chosen]
    folded = [one for one in folded if one[1].instance == instance and one[1].votee_le is not None]
    return list(_cahiers(connection, instance, folded))


def _cahiers(connection: psycopg.Connection[Any], instance: str, folded: Sequence[Any]) -> Iterator[Cahier]:
    references = list(dict.fromkeys(row.seance for _, row, _ in sorted(folded, key=_ordre)))
    meetings: dict[str, list[Fait]] = defaultdict(list)
    streams = [f"seances/{reference}" for reference in references]
    for fait in _faits(connection, BY_STREAM, [stream_id(stream) for stream in streams]):
        meetings[fait.fact.stream].append(fait)
    composition = composition_de(_faits(connection, BY_STREAM, [stream_id(flux_assemblee(instance))]))
    names = annuaire_de(_faits(connection, BY_TOPIC, [InstanceInscrite.TOPIC]))
    for reference in references:
        facts = meetings[f"seances/{reference}"]
        seance = seance_de(facts)
        actes = [Acte(row, deliberation, seance, composition, own, facts, [], names)
                 for own, row, deliberation in sorted(folded, key=_ordre) if row.seance == reference]  # fmt: skip
        yield Cahier(reference, seance, composition, actes)


def annuaire_de(faits: Sequence[Fait]) -> Annuaire:
    """The names of the bodies, from their facts."""
    rows, projection = Rows(), Instances()
    for fait in faits:
        projection.apply(fait.fact, rows)
    return Annuaire({row.slug: row for row in rows.all(InstanceRow)})


def _votee(faits: list[Fait], annee: int) -> bool:
    return any(isinstance(f.event, DeliberationVotee) and f.event.survenu_le is not None
               and f.event.survenu_le.year == annee for f in faits)  # fmt: skip


def _ordre(one: Any) -> tuple[Any, ...]:
    row = one[1]
    return row.votee_le, row.seance, row.rang or 0, row.numero


def _faits(connection: psycopg.Connection[Any], query: LiteralString, values: Sequence[Any]) -> list[Fait]:
    rows = connection.execute(query, (list(values),)).fetchall()
    return [Fait(recorded(at, bytes(state)), leaf_hash(bytes(state)).hex()) for at, state in rows]
