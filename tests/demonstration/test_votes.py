"""Three votes of the demonstration: whole, counted again, resumed; papers that vote."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from domain.budget_participatif.dossier import Budget
from domain.ledger import store
from domain.ledger.entry import recorded
from domain.scrutins.bulletins import clair
from domain.scrutins.codes import empreinte_code, lire_code
from tests.comptage.elections import DONNEES, sans_donnees
from tests.conftest import Server, _temporary
from tests.demonstration.conftest import TODAY, TOLD, URL, Monde, fill
from web.demonstration import papiers
from web.demonstration.colleges import ELEVES
from web.demonstration.loading import load, load_elections, load_votes
from web.services import Services
from web.urne import counting, register
from web.urne.equations import absents, ecarts
from web.urne.keys import point
from web.urne.sealing import sceller
from web.urne.secrets import secret
from web.urne.store import deposer, trouver_scrutin

SIZE = "SELECT size FROM ledger.head"


async def test_each_vote_is_where_its_edition_says(monde: Monde) -> None:
    async with monde.services() as services:
        found = {name: await register.lire(services, reference) for name, reference in TOLD.items()}
    phases = {name: (registre.scrutin.phase, registre.scrutin.cles_detruites) for name, registre in found.items()}
    assert phases == {"bati": ("efface", True), "compte": ("proclame", False), "ouvert": ("ouvert", False)}
    for registre in found.values():
        assert ecarts(registre.events) == []
        assert registre.scrutin.creation != registre.scrutin.confirmation
    compte, bati = found["compte"].scrutin.depouille, found["bati"].scrutin.depouille
    assert compte is not None and (compte.n, compte.n_bulletins, compte.nuls) == (412, 410, {"trop_de_choix": 2})
    assert bati is not None and bati.gagnants == ("p2", "p1", "p3", "p4")
    assert [claim.decision for claim in found["compte"].scrutin.reclamations.values()] == ["admise_sans_effet"]
    assert found["ouvert"].scrutin.n_releves == 187


async def test_anyone_with_the_two_sheets_counts_again(monde: Monde) -> None:
    async with monde.services() as services:
        vote = monde.vote(services, 1)
        sheets = [vote.tirages.cle(couche)[0] for couche in ("metropole", "bureau")]
        assert await counting.recompter(services, vote.reference, *sheets) == []
        events = (await register.lire(services, vote.reference)).events
        assert absents([vote.tirages.traceur(rank) for rank in range(410)], events) == []


async def budget(services: Services, reference: str) -> Budget:
    """What the register says of a dossier."""
    async with services.pool.connection() as connection:
        rows = (await store.read(connection, [f"budgets/{reference}"]))[f"budgets/{reference}"]
    found = Budget()
    for position, state in rows:
        found.know(recorded(position, state).event)
    return found


async def test_the_first_edition_is_built_and_says_what_it_gave_up(monde: Monde) -> None:
    async with monde.services() as services:
        found = await budget(services, "BPC-2024-0001")
        kept = {path.name for path in (services.settings.directory / "pj").iterdir()}
        drawn = [await budget(services, reference) for reference in ("BPC-2025-0001", "BPC-2026-0001")]
    assert (found.realises, found.inaugures, found.abandonnes) == ({"p2"}, {"p2"}, {"p3"})
    assert found.commandes == {"p1", "p2"} and found.finances == {"p1", "p2", "p3"} and len(kept) == 13
    assert {*found.photos.values(), *(image for other in drawn for image in other.images.values())} == kept
    assert {p: decided.decision for p, decided in found.jury.items()}["p4"] == "non_retenu"


async def test_loaded_again_it_adds_nothing(monde: Monde) -> None:
    async with monde.services() as services:
        before = await services.fetch(SIZE)
        await load(services.ledger, TODAY, services.secret)
        vote = await load_votes(services, TODAY)
        assert await services.fetch(SIZE) == before and vote.reference == TOLD["ouvert"]
        rows = await services.fetch("SELECT count(*) FROM urne.billets WHERE reference = %s", (vote.reference,))
        assert rows == [(567,)]


async def test_a_printed_slip_votes_once_and_the_next_one_is_shown(monde: Monde) -> None:
    async with monde.services() as services:
        vote = monde.vote(services, 2)
        where = await papiers.write(vote, URL)
        text = "".join(
            page.extract_text() for page in PdfReader(io.BytesIO((where / "billets.pdf").read_bytes())).pages
        )
        first = await papiers.unused(vote)
        assert first in text and (where / "billets.pdf").stat().st_mode & 0o077 == 0
        assert {file.name for file in where.iterdir()} == {
            "billets.pdf", "cle-bureau.pdf", "cle-metropole.pdf", "LISEZ-MOI.txt",
        }  # fmt: skip
        assert await trouver_scrutin(services, first) is not None
        registre = await register.lire(services, vote.reference)
        credential = empreinte_code(lire_code(first), (await secret(services, vote.reference)).k_scrutin)
        keys = [point(registre.scrutin.cles[couche]) for couche in ("bureau", "metropole")]
        choice = clair(["p2"], [], vote.tirages.traceur(ELEVES), registre.cree.longueur)
        sealed = sceller(choice, keys[0], keys[1], vote.reference, credential)
        assert await deposer(services, vote.reference, credential, sealed) == "accepte"
        assert await papiers.unused(vote) != first


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2027, 2, 28), date(2027, 8, 31), date(2027, 9, 1)])
async def test_any_day_of_the_year(today: date, server: Server, template: str, tmp_path: Path) -> None:
    with _temporary(server, template) as (_, urls):
        await fill(urls, tmp_path / "registre", today)


@sans_donnees
async def test_real_elections_enter_once(monde: Monde) -> None:
    files = sorted((DONNEES / "files").glob("*.pb"))
    async with monde.services() as services:
        assert await load_elections(services.ledger, files) == len(files) == 18
        before = await services.fetch(SIZE)
        await load_elections(services.ledger, files)
        assert await services.fetch(SIZE) == before
