"""A scrutin as the register has it: its events in order, and what they say together."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar

import psycopg

from domain.identifiers import est_reference
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import Event, Recorded, stream_id
from domain.scrutins import events as e
from domain.scrutins.etat import Scrutin as Etat
from domain.scrutins.etat import retenir
from domain.scrutins.importes import recoller
from web.services import Services

READ = "SELECT notification_id, state FROM ledger.stored_events WHERE originator_id = %s"

E = TypeVar("E", bound=Event)


class Scrutin:
    """The events of one scrutin. `faits` in order, from the first one; `feuilles` their leaf hashes, hexadecimal."""

    def __init__(self, reference: str, faits: list[Recorded], feuilles: dict[int, str]) -> None:
        self.reference, self.faits, self.feuilles = reference, faits, feuilles
        self._par_type: dict[type[Event], list[Recorded]] = {}
        for fait in faits:
            self._par_type.setdefault(type(fait.event), []).append(fait)

    def tous(self, kind: type[E]) -> list[E]:
        """Every event of this kind, in order."""
        return [fait.event for fait in self._par_type.get(kind, ())]  # type: ignore[misc]  # filed under its own type

    def dernier(self, kind: type[E]) -> E | None:
        """The last event of this kind, or None."""
        found = self.tous(kind)
        return found[-1] if found else None

    def fait(self, kind: type[Event]) -> Recorded | None:
        """The last event of this kind with its place in the register, or None."""
        found = self._par_type.get(kind)
        return found[-1] if found else None

    def le(self, kind: type[Event]) -> date | datetime | None:
        """When the last event of this kind happened, or None."""
        fait = self.fait(kind)
        return None if fait is None else fait.event.survenu_le or fait.recorded_at

    @property
    def cree(self) -> e.ScrutinCree | None:
        """The rule of one of our own scrutins, as last created before its confirmation."""
        return self.dernier(e.ScrutinCree)

    @property
    def importe(self) -> e.ScrutinImporte | None:
        """An election held elsewhere, or None."""
        return self.dernier(e.ScrutinImporte)

    @property
    def depouille(self) -> e.ScrutinDepouille | None:
        """The count, or None while there is none."""
        return self.dernier(e.ScrutinDepouille)

    @property
    def annule(self) -> e.ScrutinAnnule | None:
        """Why the vote is void, or None."""
        return self.dernier(e.ScrutinAnnule)

    @property
    def titre(self) -> str:
        """What people call it."""
        return self.cree.titre if self.cree else self.importe.titre if self.importe else self.reference

    @cached_property
    def etat(self) -> Etat:
        """What its events say together."""
        found = Etat()
        for fait in self.faits:
            retenir(found, fait.event)
        return found

    @cached_property
    def bulletins(self) -> list[e.BulletinDepouille]:
        """The published ballots, in the order of the register; empty under `k_min` and before the count."""
        return [bulletin for lot in self.tous(e.BulletinsDepouilles) for bulletin in lot.bulletins]

    @cached_property
    def fichier(self) -> bytes:
        """The bytes of an imported file."""
        assert self.importe is not None
        return recoller(self.importe.codage, (lot.lignes for lot in self.tous(e.LignesImportees)))


def scrutin(reference: str, rows: Iterable[tuple[int, bytes]]) -> Scrutin | None:
    """From (position, entry) of its stream; None when nobody has written there, or not a scrutin."""
    faits, feuilles = [], {}
    for position, state in sorted(rows, key=itemgetter(0)):
        faits.append(recorded(position, state))
        feuilles[position] = leaf_hash(state).hex()
    known = faits and isinstance(faits[0].event, e.ScrutinCree | e.ScrutinImporte)
    return Scrutin(reference, faits, feuilles) if known else None


def est_scrutin(reference: str) -> bool:
    """Whether this is the number of a scrutin, exactly as the register writes it."""
    return reference.startswith("SC-") and est_reference(reference)


async def read_scrutin(services: Services, reference: str) -> Scrutin | None:
    """The scrutin of this number, or None."""
    if not est_scrutin(reference):
        return None
    rows: list[Any] = await services.fetch(READ, (stream_id(f"scrutins/{reference}"),))
    return scrutin(reference, rows)


def read_now(url: str, reference: str) -> Scrutin | None:
    """The same, for a command: one connection, no server."""
    if not est_scrutin(reference):
        return None
    with psycopg.connect(url, autocommit=True) as connection:
        rows: list[Any] = connection.execute(READ, (stream_id(f"scrutins/{reference}"),)).fetchall()
    return scrutin(reference, rows)
