"""The tables of the participatory budget: every step shows, no pupil's word is kept, a rebuild says the same."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from domain.budget_participatif import events as e
from domain.ledger.event import Event, Recorded
from projections.budgets import Budgets
from projections.budgets_rows import BudgetRow, CollegeRow, EditionRow, IdeeRow, ProjetRow
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from projections.rows import Rows
from tests.acces.office import Office, open_office
from tests.budget_participatif import histoire as h
from tests.spec import as_read
from web.embedded import Urls

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
WORD = "toboggan"
REGROUPEE = e.IdeeRegroupee(dans=h.IDEE_A, motif="La même idée", par=h.PAR)
ABANDON = e.ProjetAbandonne(projet="p1", motif="Le jury ne l'a pas retenu.", par="education")
COMMANDE = e.TravauxCommandes(survenu_le=date(2027, 4, 1), projet="p2", prevus_pour=date(2027, 6, 1), par="education")
REALISE = e.RealisationConstatee(projet="p2", cout_reel_cents=590_000, description="Douze bancs.", par="education")
OUVERT = e.ProjetInaugure(projet="p2", par="education")
APRES = [h.examen("p1"), h.examen("p2"), h.jury("p1", "non_retenu"), h.jury("p2"), h.allocation("p2")]

HISTOIRE: list[tuple[str, Event]] = [
    (f"instances/{h.COLLEGE}", h.college),
    (f"instances/{h.COLLEGE}", e.CollegeDecrit(commune="Bron", effectif=540, rentree=2026, par=h.PAR)),
    *((h.EDITION, fact) for fact in h.etape("intentions")),
    (h.BUDGET, h.intention),
    (h.BUDGET, h.ouvertes),
    *((f"idees/{idee}", h.deposee(texte=f"Un {WORD}")) for idee in (h.IDEE_A, h.IDEE_B, h.IDEE_C)),
    *((f"idees/{idee}", h.montree) for idee in (h.IDEE_A, h.IDEE_B)),
    (f"idees/{h.IDEE_C}", h.montree),
    (f"idees/{h.IDEE_C}", REGROUPEE),
    (h.BUDGET, h.closes),
    *((f"idees/{idee}", h.possible) for idee in (h.IDEE_A, h.IDEE_B)),
    *((h.BUDGET, fact) for fact in h.liste()[3:]),
    (h.BUDGET, h.rattache),
    (h.BUDGET, h.candidature),
    *((h.BUDGET, fact) for fact in (*APRES, ABANDON, COMMANDE, REALISE, OUVERT)),
]


def told(facts: list[tuple[str, Event]]) -> Rows:
    rows, projection, versions = Rows(), Budgets(), dict[str, int]()
    for n, (stream, event) in enumerate(facts, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        projection.apply(Recorded(n, stream, versions[stream], AT, as_read(event, stream, versions[stream])), rows)
    return rows


def test_every_step_shows() -> None:
    rows = told(HISTOIRE)
    [edition], [college], [budget] = rows.all(EditionRow), rows.all(CollegeRow), rows.all(BudgetRow)
    assert (edition.etape, edition.etapes) == ("intentions", [{"etape": "intentions", "le": "2026-06-15"}])
    assert (college.nom, college.commune, college.effectif) == (h.college.nom, "Bron", 540)
    assert (budget.etat, budget.liste, budget.candidats) == ("ouvert", ["p1", "p2"], ["p2", "p1"])
    assert (budget.scrutin, budget.montant_cents, budget.alloue_cents) == (h.SC, 1_200_000, 600_000)
    assert budget.evenements == len([stream for stream, _ in HISTOIRE if stream == h.BUDGET])
    ideas = {row.reference: row for row in rows.all(IdeeRow)}
    assert [ideas[i].etat for i in (h.IDEE_A, h.IDEE_B, h.IDEE_C)] == ["au_vote", "au_vote", "regroupee"]
    assert (ideas[h.IDEE_A].groupe, ideas[h.IDEE_C].dans, ideas[h.IDEE_A].projet) == ([h.IDEE_C], h.IDEE_A, "p1")
    [first, second] = rows.all(ProjetRow)
    assert (first.etat, first.jury, first.abandon_motif) == ("abandonne", "non_retenu", ABANDON.motif)
    assert (second.etat, second.deliberation, second.cout_reel_cents) == ("ouvert", "2027-1234", 590_000)
    assert (second.commande_le, second.prevu_pour) == (date(2027, 4, 1), date(2027, 6, 1))


def test_lineage_is_carried_on() -> None:
    chain = [
        *HISTOIRE[:5],
        *(f for f in HISTOIRE if f[0].startswith("idees/") and not isinstance(f[1], e.IdeeRegroupee)),
    ]
    chain += [(f"idees/{h.IDEE_C}", REGROUPEE)]
    chain += [(f"idees/{h.IDEE_A}", e.IdeeRegroupee(dans=h.IDEE_B, motif="Aussi", par=h.PAR))]
    ideas = {row.reference: row for row in told(chain).all(IdeeRow)}
    assert ideas[h.IDEE_B].groupe == [h.IDEE_A, h.IDEE_C]


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        yield found


async def test_tables_and_rebuild_agree_and_keep_no_word_of_a_pupil(office: Office) -> None:
    for stream, event in HISTOIRE:
        await office.write(stream, event)
    found = office.services
    [row] = await found.fetch("SELECT reference, etat, alloue_cents, evenements FROM budgets")
    assert row == (h.BPC, "ouvert", 600_000, sum(stream == h.BUDGET for stream, _ in HISTOIRE))
    assert await found.fetch("SELECT projet, etat FROM projets ORDER BY depot") == [
        ("p1", "abandonne"),
        ("p2", "ouvert"),
    ]
    async with await psycopg.AsyncConnection.connect(found.live.url) as connection:
        for table in ("editions", "colleges", "budgets", "idees", "projets"):
            rows = await (await connection.execute(f"SELECT t::text FROM projections.{table} t")).fetchall()
            assert rows and WORD not in str(rows), table
    rebuilt = await rebuild(found.live.url, found.vault, PROJECTIONS)
    assert all(pair.equal for pair in rebuilt.projections.values()), rebuilt.projections
