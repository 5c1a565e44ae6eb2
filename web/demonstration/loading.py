"""Loads the demonstration territory once; a load that was cut goes on where it stopped."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from domain.ledger.command import Command
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from domain.scrutins.importes import preparer
from projections.catalogue import PROJECTIONS
from projections.live import Live
from projections.watcher import Watcher
from web.colleges.photos import keep
from web.comptage.importer import inscrire
from web.demonstration import (
    actes_reels,
    argent,
    argent_liste,
    argent_operations,
    avis,
    avis_reels,
    colleges,
    deliberations,
    dessin,
    frame,
    scrutins,
    seances,
)
from web.demonstration.acts import meetings, once, steps
from web.services import POOL_SIZE, Services
from web.settings import Settings

Progress = Callable[[int, int], None]
PABULIB = "Pabulib (Faliszewski et autres, IJCAI 2023)"


async def load(ledger: Ledger, today: date, secret: bytes, progress: Progress = lambda done, total: None) -> int:
    """Files every act of the frame and of the propositions that is not there yet; returns how many there are.

    Each act has its own idempotency key, so that a load may be cut and started again. Dates count back from the day
    of the first load: an act that is there keeps its own.
    """
    framed = list(frame.commands())
    told = steps(today, secret)
    announced = meetings(today)
    total = len(framed) + len(told) + len(announced)
    await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in framed))
    references: dict[int, str] = {}
    for done, step in enumerate(told, start=len(framed) + 1):
        act = await ledger.execute(step.make(references.get(step.place, "")), once(step.key))
        references.setdefault(step.place, act.reference)
        progress(done, total)
    for done, (key, command) in enumerate(announced, start=len(framed) + len(told) + 1):
        await ledger.execute(command, once(key))
        progress(done, total)
    return total


async def load_votes(services: Services, today: date, progress: Progress = lambda done, total: None) -> scrutins.Vote:
    """The collège, its three editions and their votes; the last one, which is open. After `load`."""
    await colleges.frame(services)
    photo = await keep(services, dessin.benches())
    found, known = colleges.dossiers(services, today), list[str]()
    for done, dossier in enumerate(found, start=1):
        await colleges.until_the_vote(dossier, known)
        known.append(dossier.reference)
        vote = await scrutins.hold(dossier)
        await colleges.after_the_vote(dossier, await scrutins.winners(vote), photo)
        progress(done, len(found))
    return vote


async def load_real_acts(ledger: Ledger) -> None:
    """Délibération 2017-2275, with the Council that voted it. After `load`."""
    await _all(ledger, actes_reels.conseil(frame.START))
    meeting = await ledger.execute(actes_reels.planifier(frame.START), once("reel/seance"))
    await _all(ledger, actes_reels.acte(frame.START, meeting.reference))


async def load_avis(ledger: Ledger, today: date) -> None:
    """Two real municipal acts, known by their stamps; fourteen invented saisines at every stage. After `load`."""
    await _all(ledger, avis_reels.corps(frame.START), "avis")
    await _all(ledger, avis.corps(frame.START), "avis")
    filed = list(avis_reels.saisines(frame.START))
    acts = await asyncio.gather(*(ledger.execute(command, once(f"avis/{key}")) for key, command, _ in filed))
    for act, (_, _, then) in zip(acts, filed, strict=True):
        await _all(ledger, then(act.reference), "avis")
    told = list(avis.depots(today))
    acts = await asyncio.gather(*(ledger.execute(command, once(f"avis/{key}")) for key, command in told))
    references = {key: act.reference for act, (key, _) in zip(acts, told, strict=True)}
    meeting = await ledger.execute(avis.planifier(today), once("avis/seance"))
    await _all(ledger, avis.seance(today, meeting.reference, references["reserves"]), "avis")
    await _all(ledger, avis.suites(today, references, meeting.reference), "avis")


async def load_meetings(ledger: Ledger, today: date) -> None:
    """A conférence's meeting that was held, and the one to come. After `load`."""
    await _all(ledger, seances.personnes(), "seances")
    held, coming = seances.planifier(today, -seances.TENUE), seances.planifier(today, seances.A_VENIR)
    before = await ledger.execute(held, once("seances/tenue"))
    after = await ledger.execute(coming, once("seances/a-venir"))
    await _all(ledger, seances.preparer(today, -seances.TENUE, before.reference, seances.POINTS), "seances")
    await _all(ledger, seances.tenir(today, before.reference), "seances")
    await _all(ledger, seances.preparer(today, seances.A_VENIR, after.reference, seances.PROCHAINS), "seances")


async def load_deliberations(ledger: Ledger, today: date) -> None:
    """What follows the votes of the money, an act to transmit, a draft to come. After `load_money`."""
    await _all(ledger, deliberations.suites(), "deliberations")
    held, coming = (deliberations.planifier(today, days) for days in (-deliberations.TENUE, deliberations.A_VENIR))
    before = await ledger.execute(held, once("deliberations/tenue"))
    after = await ledger.execute(coming, once("deliberations/a-venir"))
    await _all(ledger, deliberations.a_transmettre(today, before.reference), "deliberations")
    await _all(ledger, deliberations.a_venir(today, after.reference), "deliberations")


async def load_money(ledger: Ledger) -> dict[str, str]:
    """The envelopes of the Pacte, every account of six years, forty operations. After `load`.

    Returns the references of the operations, by their key in the demonstration.
    """
    await _all(ledger, argent.cadre(), "argent")
    for day, items in argent.SEANCES:
        meeting = await ledger.execute(argent.planifier(day), once(f"argent/seance/{day}"))
        await _all(ledger, argent.seance(day, items, meeting.reference), "argent")
    references: dict[str, str] = {}
    for (key, command), name in zip(argent.ouvertures(), argent.OUVERTURES, strict=True):
        references[name] = (await ledger.execute(command, once(f"argent/{key}"))).reference
    await _all(ledger, argent.partages(references), "argent")
    await _all(ledger, argent.suivi(), "argent")
    await _all(ledger, [argent_operations.abondement()], "argent")
    works = [*argent_operations.OEUVRES, *argent_liste.autres()]
    made = (ledger.execute(argent_operations.proposer(told), once(f"argent/{told.cle}")) for told in works)
    known = {told.cle: act.reference for told, act in zip(works, await asyncio.gather(*made), strict=True)}
    await _all(ledger, (act for told in works for act in argent_operations.suite(told, known[told.cle])), "argent")
    await _all(ledger, [argent_operations.reconduction()], "argent")
    return known


async def _all(ledger: Ledger, made: Iterable[tuple[str, Command]], kind: str = "reel") -> None:
    """Every act, in order: the ledger decides them in the order in which they are handed to it."""
    await asyncio.gather(*(ledger.execute(command, once(f"{kind}/{key}")) for key, command in made))


async def load_elections(ledger: Ledger, files: Sequence[Path], progress: Progress = lambda done, total: None) -> int:
    """Elections held elsewhere, from Pabulib files, once each. Returns how many. Raises RegleViolee, OSError."""
    for done, file in enumerate(files, start=1):
        election = await asyncio.to_thread(preparer, file.read_bytes())
        await inscrire(ledger, election, f"{PABULIB}, {file.name}")
        progress(done, len(files))
    return len(files)


@asynccontextmanager
async def writing(settings: Settings, url: str) -> AsyncIterator[Services]:
    """Services that write only: the projections wait for whoever serves."""
    vault = Vault(settings.master_key())
    ledger = Ledger(url, settings.origin(demonstration=True), vault)
    live = Live(url, vault, PROJECTIONS)
    await ledger.start()
    try:
        async with AsyncConnectionPool(url, min_size=1, max_size=POOL_SIZE, kwargs={"autocommit": True}) as pool:
            watcher = Watcher(url, live.catch_up)
            yield Services(settings, vault, settings.secret(), ledger, pool, live, watcher, True)
    finally:
        await ledger.stop()
