"""A meeting and the deliberations that it examined: what its list and its minutes stand on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time

import msgspec
from litestar.exceptions import NotFoundException

from domain.ledger.event import Event
from projections.deliberations import DeliberationRow
from web.actes_pdf.noms import liste
from web.colleges.lecture import read
from web.seances.lecture import ABSENTE, Reunion, load, noms
from web.services import Services


class Dossier(msgspec.Struct):
    """`deliberations` by number, in the order of the agenda; `noms` how each member is called, by slug.

    `valables`: its facts in order, without those that were rectified; `du_point`: those of each item.
    """

    reunion: Reunion
    deliberations: dict[str, DeliberationRow]
    noms: dict[str, str]
    valables: list[Event]
    du_point: dict[int, list[Event]]

    @property
    def corps(self) -> str:
        """The name of its body."""
        return self.reunion.annuaire.nom(self.reunion.row.instance)

    @property
    def moment(self) -> datetime:
        """When the register learnt the last of it."""
        known = [f.fact.recorded_at for f in self.reunion.faits if f.fact.recorded_at]
        return max(known) if known else datetime.combine(self.reunion.jour, time(), UTC)

    @property
    def dernier(self) -> int:
        """The number of its last act."""
        return self.reunion.faits[-1].fact.position

    def liste(self, elus: Iterable[str]) -> str:
        """These members, named as in acts."""
        return liste(self.nom(elu) for elu in elus)

    def nom(self, elu: str) -> str:
        """How this member is called."""
        return self.noms.get(elu, elu)


async def dossier(services: Services, reference: str) -> Dossier:
    """The meeting. Raises 404."""
    reunion = await load(services, reference)
    if reunion is None:
        raise NotFoundException(ABSENTE)
    rows = await read(services, DeliberationRow, "seance = %s ORDER BY rang, numero", (reference,))
    return assembler(reunion, {row.numero: row for row in rows})


def assembler(reunion: Reunion, deliberations: dict[str, DeliberationRow]) -> Dossier:
    """The same, from what was read."""
    seance = reunion.seance
    kept = [fact for at, fact in enumerate(seance.faits, start=1) if at not in seance.rectifies]
    by_item: dict[int, list[Event]] = defaultdict(list)
    for fact in kept:
        by_item[getattr(fact, "rang", None) or 0].append(fact)
    return Dossier(reunion, deliberations, noms(reunion.composition, reunion.jour), kept, by_item)
