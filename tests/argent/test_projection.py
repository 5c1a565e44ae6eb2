"""The tables of the money: the balance is the sum of the events, a rebuild says the same."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from domain.enveloppes.compte import Exercices
from domain.ledger.event import Event, Recorded
from projections.argent import Argent
from projections.argent_rows import CompteRow, EnveloppeRow, MouvementRow, OperationRow, RendezVousRow, TerritoireRow
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from projections.rows import Rows
from tests.acces.office import Office, open_office
from tests.argent import histoire as h
from tests.enveloppes import monde as m
from tests.spec import as_read
from web.embedded import Urls

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)


def told(facts: list[tuple[str, Event]]) -> Rows:
    rows, projection, versions = Rows(), Argent(), dict[str, int]()
    for n, (stream, event) in enumerate(facts, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        projection.apply(Recorded(n, stream, versions[stream], AT, as_read(event, stream, versions[stream])), rows)
    return rows


def test_the_balance_is_the_sum_of_the_events_and_agrees_with_the_domain() -> None:
    rows, exercices = told(h.HISTOIRE), Exercices()
    for stream in (m.COMPTE, m.SUIVANT):
        for at, event in h.HISTOIRE:
            if at == stream:
                exercices.retenir(event)
    for compte in rows.all(CompteRow):
        lines = [row for row in rows.all(MouvementRow) if row.compte == compte.cle]
        assert compte.solde_cents == sum(row.cents for row in lines) == exercices.solde(compte.annee)
        assert compte.solde_cents == lines[-1].solde_cents and compte.mouvements == len(lines)
        assert compte.mandate_cents == sum(row.paye_cents for row in lines)
    accounts = {row.annee: row for row in rows.all(CompteRow)}
    assert accounts[2023].solde_cents == 5_000_00 and accounts[2023].sorti_cents == 20_000_00
    assert accounts[2024].solde_cents == 129_000_00 and accounts[2024].abonde_cents == 10_000_00


def test_every_step_of_an_operation_shows() -> None:
    rows = told(h.HISTOIRE)
    one, two, three = rows.all(OperationRow)
    assert (one.etat, one.engage_cents, one.mandate_cents, one.cout_reel_cents) == (
        "soldee", 75_000_00, 75_000_00, 75_000_00,
    )  # fmt: skip
    assert one.photos[0]["moment"] == "apres" and not one.depasse
    assert two.depasse and two.motif_seuil == "Un seul chantier" and two.etat == "proposee"
    assert three.etat == "abandonnee" and three.abandon == "riverains" and three.origine == "GEPI-2026-0001"
    [envelope], [place], [meeting] = rows.all(EnveloppeRow), rows.all(TerritoireRow), rows.all(RendezVousRow)
    assert envelope.alpha == "1" and place.ctm == h.CTM and meeting.tenu_le is not None


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        yield found


async def test_a_rebuild_says_the_same(office: Office, database: Urls) -> None:
    for stream, event in h.HISTOIRE:
        await office.write(stream, event)

    def tables() -> list[list[tuple[object, ...]]]:
        with psycopg.connect(database.app, options="-c search_path=projections") as connection:
            return [
                connection.execute(f"SELECT * FROM {kind.TABLE} ORDER BY {kind.KEY}").fetchall()  # ours
                for kind in Argent.ROWS
            ]

    before = tables()
    assert all(before[:5])
    await rebuild(database.app, office.services.vault, PROJECTIONS)
    assert tables() == before
