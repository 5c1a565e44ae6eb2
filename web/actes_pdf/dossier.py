"""A meeting and the deliberations that it examined: what its list and its minutes stand on."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

import msgspec
from litestar.exceptions import NotFoundException

from domain.ledger.event import Event
from projections.deliberations import DeliberationRow
from web.actes_pdf.noms import liste
from web.colleges.lecture import read
from web.seances.lecture import ABSENTE, Reunion, load
from web.services import Services


class Dossier(msgspec.Struct):
    """`deliberations` by number, in the order of the agenda."""

    reunion: Reunion
    deliberations: dict[str, DeliberationRow]

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

    @property
    def valables(self) -> list[Event]:
        """Its facts in order, without those that were rectified."""
        seance = self.reunion.seance
        return [fact for at, fact in enumerate(seance.faits, start=1) if at not in seance.rectifies]

    def liste(self, elus: Iterable[str]) -> str:
        """These members, named as in acts."""
        return liste(self.reunion.nom(elu) for elu in elus)


async def dossier(services: Services, reference: str) -> Dossier:
    """The meeting. Raises 404."""
    reunion = await load(services, reference)
    if reunion is None:
        raise NotFoundException(ABSENTE)
    rows = await read(services, DeliberationRow, "seance = %s ORDER BY rang, numero", (reference,))
    return Dossier(reunion, {row.numero: row for row in rows})
