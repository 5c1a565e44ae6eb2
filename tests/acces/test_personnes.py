"""The table of persons: the same after a rebuild, without a name or an address in it."""

from datetime import date

import psycopg

from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.ledger.event import Recorded
from projections.catalogue import PROJECTIONS
from projections.personnes import PersonneRow, Personnes
from projections.rebuild import rebuild
from projections.rows import Rows
from tests.acces.office import Office

ONE, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def confiee(person: str, fonction: str, instance: str | None = None, au: date | None = None) -> FonctionConfiee:
    return FonctionConfiee(
        personne=person, fonction=fonction, instance=instance, du=date(2026, 1, 1), au=au, par="installation"
    )


def fold(*events: FonctionConfiee | FonctionRetiree) -> list[PersonneRow]:
    projection, rows = Personnes(), Rows()
    for position, event in enumerate(events, start=1):
        projection.apply(Recorded(position, f"personnes/{event.personne}", position, None, event), rows)
    return rows.all(PersonneRow)


def test_functions_add_up_and_end() -> None:
    ended = FonctionRetiree(
        personne=ONE, fonction="animation", instance="gepi", motif="erreur", le=date(2026, 3, 1), par="administration"
    )
    [row] = fold(confiee(ONE, "animation", "gepi"), confiee(ONE, "coordination"), ended)
    assert row.slug == "animation-gepi" and row.positions == [1, 2] and row.position == 1
    assert row.titres == [
        {"fonction": "animation", "instance": "gepi", "du": "2026-01-01", "au": "2026-02-28"},
        {"fonction": "coordination", "instance": None, "du": "2026-01-01", "au": None},
    ]


def test_each_person_has_a_row() -> None:
    rows = fold(confiee(ONE, "coordination"), confiee(OTHER, "coordination", au=date(2026, 6, 30)))
    assert [(row.personne, row.slug, row.position) for row in rows] == [
        (ONE, "coordination", 1),
        (OTHER, "coordination", 2),
    ]


async def test_a_rebuild_finds_the_same_persons_and_nobodys_name(office: Office) -> None:
    for n in range(3):
        await office.appoint(f"personne{n}@metropole.example", nom=f"Nom{n}")
    await office.services.fetch("SELECT ledger.forget(array_agg(key_id)) FROM keys.data_keys WHERE position = 2")
    url = office.settings.database_url or ""
    done = await rebuild(url, office.services.vault, PROJECTIONS)
    assert done.projections["personnes"].equal and done.switched
    async with await psycopg.AsyncConnection.connect(url) as connection:
        rows = await (await connection.execute("SELECT p::text FROM projections.personnes p")).fetchall()
    assert len(rows) == 3 and not [row for row in rows if "Nom" in row[0] or "@" in row[0]]
