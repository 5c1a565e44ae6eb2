"""The tables say what the folds say, event after event or rebuilt at once; instances and communes as well."""

from datetime import UTC, date, datetime

import psycopg

from domain.instances.events import AppellationInscrite, CommuneRattachee, CommunesFusionnees
from domain.ledger.event import Event, Recorded
from projections.catalogue import PROJECTIONS
from projections.instances import CommuneRow, InstanceRow, Instances
from projections.rebuild import rebuild
from projections.rows import Rows
from tests import monde
from tests.propositions import histoire as h
from tests.propositions.marche import Parcours
from tests.spec import as_read
from web.propositions.flux import fold
from web.propositions.listes import read_rows

AT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


async def test_table_and_fold_are_equal_and_so_is_the_rebuild(parcours: Parcours) -> None:
    office = parcours.office
    for n, events in enumerate([h.ENTIERE, h.ENTIERE[:7], [h.deposee(), h.publiee, h.retiree]], start=1):
        for event in events:
            await office.write(f"propositions/GEPI-2026-000{n}", event)
    found = office.services
    for row in await read_rows(found, "true ORDER BY reference", ()):
        assert row == fold((await parcours.flux(row.reference)).faits)[0]
    public = await found.fetch("SELECT cle, champ FROM divulgations_publiques ORDER BY cle")
    assert public == [(f"propositions/GEPI-2026-000{n}/{c}", c) for n in (1, 2) for c in ("prenom", "texte")]
    rebuilt = await rebuild(found.live.url, found.vault, PROJECTIONS)
    assert all(pair.equal for pair in rebuilt.projections.values()), rebuilt.projections


async def test_the_tables_hold_no_erasable_value(parcours: Parcours) -> None:
    for event in h.ENTIERE:
        await parcours.office.write("propositions/GEPI-2026-0001", event)
    async with await psycopg.AsyncConnection.connect(parcours.office.services.live.url) as connection:
        for table in ("propositions", "divulgations_publiques", "divulgations_depots", "instances", "communes"):
            rows = await (await connection.execute(f"SELECT t::text FROM projections.{table} t")).fetchall()
            for value in ("banc devant", "Amina", "06 12", "poubelle"):
                assert value not in str(rows), table


def told(*given: tuple[str, Event]) -> Rows:
    rows, projection = Rows(), Instances()
    for n, (stream, event) in enumerate(given, start=1):
        projection.apply(Recorded(n, stream, n, AT, as_read(event, stream, n)), rows)
    return rows


def test_an_instance_keeps_its_other_names() -> None:
    older = AppellationInscrite(
        nom="Groupe pour l'Insertion", source="D:1603", par="administration", du=date(2019, 1, 1)
    )
    rows = told(("instances/gepi", monde.instance()), ("instances/gepi", older))
    [row] = rows.all(InstanceRow)
    assert row.serie == "GEPI"
    assert row.appellations == [{"nom": older.nom, "sigle": None, "du": "2019-01-01", "au": None}]


def test_two_communes_become_one() -> None:
    le = date(2024, 1, 1)
    joined = CommunesFusionnees(
        insee="69149", nom="Oullins-Pierre-Bénite", siren="200102762", absorbees=["69152"],
        population_municipale=37_000, population_annee=2021, le=le, source="décret", par="administration",
    )  # fmt: skip
    rows = told(
        ("communes/69149", monde.commune()),
        ("communes/69152", monde.commune("69152", nom="Pierre-Bénite")),
        ("communes/69152", CommuneRattachee(insee="69152", a="69149", le=le, source="décret", par="administration")),
        ("communes/69149", joined),
    )
    kept, gone = rows.get(CommuneRow, "69149"), rows.get(CommuneRow, "69152")
    assert kept and gone
    assert (kept.nom, kept.du, kept.au) == ("Oullins-Pierre-Bénite", le, None)
    assert kept.precedents[0]["nom"] == "Oullins" and kept.precedents[0]["au"] == "2023-12-31"
    assert (gone.au, gone.devient) == (date(2023, 12, 31), "69149")
