"""Communes as the register has them, former ones included, by the names that addresses give them."""

import msgspec

from domain.instances.events import CommuneInscrite, CommunesFusionnees
from domain.ledger.entry import recorded
from projections.instances import CommuneRow
from projections.recherche import fold
from web.services import Services

READ = """SELECT insee, nom, siren, ctm, population_municipale, population_annee, du, au, devient, precedents, position
    FROM communes ORDER BY insee"""
ENTRY = "SELECT state FROM ledger.stored_events WHERE notification_id = %s"


class Communes(msgspec.Struct, frozen=True):
    """Every commune, by INSEE code."""

    rows: dict[str, CommuneRow]

    @property
    def today(self) -> list[CommuneRow]:
        """Those that exist, by name."""
        return sorted((row for row in self.rows.values() if row.devient is None), key=lambda row: fold(row.nom))

    def find(self, name: str) -> CommuneRow | None:
        """The commune of this address: its name, a former name, or its INSEE code."""
        if name in self.rows:
            return self.rows[name]
        for row in self.rows.values():
            if name in (slug(row.nom), *(slug(former["nom"]) for former in row.precedents)):
                return row
        return None

    def absorbed(self, row: CommuneRow) -> list[CommuneRow]:
        """The communes that became this one, and kept their own line."""
        return [other for other in self.rows.values() if other.devient == row.insee]

    def codes(self, row: CommuneRow) -> list[str]:
        """INSEE codes of this commune and of those that it was: its dossiers are theirs too."""
        return [row.insee, *(code for other in self.absorbed(row) for code in self.codes(other))]


async def read_communes(services: Services) -> Communes:
    """All of them."""
    rows = await services.fetch(READ)
    found = [CommuneRow(**dict(zip(CommuneRow.__struct_fields__, row, strict=True))) for row in rows]
    return Communes({row.insee: row for row in found})


async def source_of(services: Services, row: CommuneRow) -> str:
    """What the register says that it has this from."""
    [(state,)] = await services.fetch(ENTRY, (row.position,))
    event = recorded(row.position, bytes(state)).event
    return event.source if isinstance(event, CommuneInscrite | CommunesFusionnees) else ""


def slug(name: str) -> str:
    """« Oullins-Pierre-Bénite » as addresses have it."""
    return fold(name).replace(" ", "-")
