"""What the journal's pages read: the published checkpoint, entries, tiles, disclosures."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.ledger.entry import Entry, decode_entry, leaf_hash
from domain.ledger.event import stream_id
from domain.ledger.vault import disclosed
from projections.merkle import Reader, path_tiles
from projections.notes import Checkpoint, encode64
from projections.tiles import tile_number
from web.journal.words import REASONS, dossier_page, kind
from web.services import Services

CHUNK = 500

PUBLISHED = """SELECT size, note FROM ledger.checkpoints
    WHERE size <= (SELECT position FROM tracking) ORDER BY size DESC LIMIT 1"""

DISCLOSURES = """SELECT d.position, d.digest, d.key_id, k.wrapped, d.sealed, p.champs
    FROM (SELECT position, array_agg(champ) AS champs FROM divulgations_publiques
          WHERE position > %s AND position <= %s GROUP BY position ORDER BY position LIMIT %s) p
    JOIN ledger.disclosures d USING (position) JOIN keys.data_keys k USING (key_id)
    ORDER BY d.position, d.digest"""

HELD = """SELECT d.digest, d.key_id, k.wrapped, d.sealed,
    (SELECT array_agg(champ) FROM divulgations_publiques p WHERE p.position = d.position)
    FROM ledger.disclosures d JOIN keys.data_keys k USING (key_id) WHERE d.position = %s"""

ERASURES = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = %s AND topic LIKE 'effacements/EffacementExecute/%%' ORDER BY notification_id"""


class Published(msgspec.Struct, frozen=True):
    """The last checkpoint whose tiles can be served, and its note."""

    checkpoint: Checkpoint
    note: str

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def root_hex(self) -> str:
        return self.checkpoint.root.hex()


class Fact(msgspec.Struct, frozen=True):
    """An event as the journal shows it. `index` counts from 0, `position` from 1."""

    position: int
    state: bytes
    entry: Entry

    @property
    def index(self) -> int:
        return self.position - 1

    @property
    def leaf(self) -> bytes:
        return leaf_hash(self.state)

    @property
    def leaf_hex(self) -> str:
        return self.leaf.hex()

    @property
    def leaf64(self) -> str:
        """As promises and proofs write it."""
        return encode64(self.leaf)

    @property
    def kind(self) -> str:
        return kind(self.entry.e)

    @property
    def reference(self) -> str:
        return self.entry.s.partition("/")[2]

    @property
    def dossier(self) -> str | None:
        return dossier_page(self.entry.s)

    @property
    def occurred(self) -> date | datetime | None:
        return _moment(self.entry.survenu_le)

    @property
    def recorded(self) -> datetime | None:
        moment = _moment(self.entry.enregistre_le)
        return moment if isinstance(moment, datetime) else None


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


class Personal(msgspec.Struct, frozen=True):
    """One erasable value: its digest and its state, `public`, `retenu`, `efface` or `inexplique`."""

    digest: str
    state: str
    name: str = ""
    value: str = ""
    erased_by: Fact | None = None
    reason: str = ""


async def published(services: Services) -> Published | None:
    """The published checkpoint; None before the first one. Its note was signed here: it is not verified again."""
    rows = await services.fetch(PUBLISHED)
    return Published(Checkpoint.parse(rows[0][1].partition("\n\n")[0] + "\n"), rows[0][1]) if rows else None


async def fact_at(services: Services, index: int) -> Fact | None:
    """The event at this index."""
    if not 0 <= index < 1 << 62:
        return None
    rows = await services.fetch(
        "SELECT notification_id, state FROM ledger.stored_events WHERE notification_id = %s", (index + 1,)
    )
    return facts_of(rows)[0] if rows else None


def facts_of(rows: Sequence[tuple[Any, ...]]) -> list[Fact]:
    """Events from rows of position and entry."""
    return [Fact(position, bytes(state), decode_entry(bytes(state))) for position, state in rows]


async def entries_between(services: Services, start: int, end: int) -> list[bytes]:
    """Entries at indexes `start..end-1`."""
    rows = await services.fetch(
        "SELECT state FROM ledger.stored_events WHERE notification_id > %s AND notification_id <= %s"
        " ORDER BY notification_id",
        (start, end),
    )
    return [bytes(state) for (state,) in rows]


async def tile_hashes(services: Services, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Projected tiles, by level and index."""
    numbers = {tile_number(*place): place for place in places}
    rows = await services.fetch("SELECT number, hashes FROM tiles WHERE number = ANY(%s)", (list(numbers),))
    return {numbers[number]: bytes(hashes) for number, hashes in rows}


async def proof_reader(services: Services, index: int, size: int) -> Reader:
    """Reader of the tiles that a proof about this leaf in a published tree needs."""
    found = await tile_hashes(services, list(path_tiles(index, size)))
    return lambda level, number: found.get((level, number), b"")


async def personal(services: Services, fact: Fact) -> list[Personal]:
    """Each digest of an entry: who may read it, or when and why it was erased."""
    if not fact.entry.sd:
        return []
    held = {digest: more for digest, *more in await services.fetch(HELD, (fact.position,))}
    erased = await _erased(services, stream_id(fact.entry.s)) if len(held) < len(fact.entry.sd) else {}
    found = []
    for digest in fact.entry.sd:
        if digest not in held:
            by, reason = erased.get(digest, (None, ""))
            found.append(Personal(digest, "efface" if by else "inexplique", erased_by=by, reason=reason))
            continue
        key_id, wrapped, sealed, fields = held[digest]
        name, value = disclosed(services.vault.open(key_id, bytes(wrapped), digest, bytes(sealed)))
        if name in (fields or ()):
            found.append(Personal(digest, "public", name, value if isinstance(value, str) else _json(value)))
        else:
            found.append(Personal(digest, "retenu"))
    return found


async def _erased(services: Services, stream: UUID) -> dict[str, tuple[Fact, str]]:
    """Digests that the erasures of a stream name: the act, and its reason in words."""
    found = {}
    for fact in facts_of(await services.fetch(ERASURES, (stream,))):
        content = msgspec.json.decode(fact.entry.d)
        reason = content.get("motif", "")
        found.update(dict.fromkeys(content.get("cibles", []), (fact, REASONS.get(reason, reason))))
    return found


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def public_disclosures(services: Services, size: int) -> AsyncIterator[bytes]:
    """Lines of `divulgations.ndjson`, a few hundred events at a time: no connection is held meanwhile."""
    after = 0
    while rows := await services.fetch(DISCLOSURES, (after, size, CHUNK)):
        after = rows[-1][0]
        lines = []
        for position, digest, key_id, wrapped, sealed, fields in rows:
            disclosure = services.vault.open(key_id, bytes(wrapped), digest, bytes(sealed))
            if disclosed(disclosure)[0] in fields:
                lines.append(msgspec.json.encode({"index": position - 1, "d": disclosure.decode()}) + b"\n")
        yield b"".join(lines)


async def public_entries(services: Services, size: int) -> AsyncIterator[bytes]:
    """Lines of `evenements.ndjson`: the entries, byte for byte, that the published checkpoint covers."""
    for start in range(0, size, CHUNK):
        states = await entries_between(services, start, min(start + CHUNK, size))
        yield b"".join(state + b"\n" for state in states)
