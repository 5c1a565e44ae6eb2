"""A running site that holds votes of every kind, filled once for this folder."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from domain.scrutins import events as e
from domain.scrutins.importes import preparer
from tests.comptage.elections import DONNEES
from tests.comptage.test_pabulib import pb
from tests.conftest import Server, _temporary
from tests.journal.filing import write
from tests.monde import instance
from tests.resultats import votes
from tests.site import Site, running_site
from web.comptage.importer import inscrire
from web.embedded import Urls

ORIGIN = "essai.registre.example/2026"
COMPTE, OUVERT, PETIT, ESSAI, ANNULE, POINTS, AVANT = (f"SC-2026-{n:04d}" for n in range(1001, 1008))


async def remplir(urls: Urls) -> list[str]:
    """Writes the votes; returns the references of the imported ones."""
    ledger = Ledger(urls.app, ORIGIN, Vault(b"k" * 32))
    await ledger.start()
    try:
        return await _remplir(ledger)
    finally:
        await ledger.stop()


async def _remplir(ledger: Ledger) -> list[str]:
    college = instance(votes.COLLEGE, "college", nom="Collège des Deux-Rives", sigle="Deux-Rives", serie=None)
    rives = instance("college-des-rives", "college", nom="Collège des Rives", sigle="Rives", serie=None)
    await write(ledger, f"instances/{votes.COLLEGE}", college)
    await write(ledger, "instances/college-des-rives", rives)
    nuls = {"trop_de_choix": 2, "projet_inconnu": 1}
    annule = e.ScrutinAnnule(motif="Les deux exemplaires d’une clé sont perdus.", par=votes.DIRECTION)
    for reference, faits in (
        (COMPTE, votes.compte(412, nuls, electeurs=540)),
        (OUVERT, votes.ouvert(127, college="college-des-rives", titre="Budget participatif du collège des Rives")),
        (PETIT, votes.compte(7, college=None, titre="Petit vote")),
        (ESSAI, votes.compte(30, college=None, essai=True, titre="Vote d’essai")),
        (ANNULE, [*votes.ouvert(college=None, titre="Vote annulé"), annule]),
        (POINTS, votes.compte(
            60, college=None, titre="Vote à points", type_vote="cumulative", points_max=10,
            regle_comptage="parts_egales_add1", parametres={"depart": "exact", "arret": "exhaustif", "pas": 1},
        )),
        (AVANT, [votes.cree(college=None, titre="Vote à venir"), *votes.ouvert()[1:3]]),
    ):  # fmt: skip
        await write(ledger, f"scrutins/{reference}", *faits)
    petite = pb(
        "a;1", "b;1,2", "c;9", budget="25", meta="\nrule;unknown\ncurrency;EUR\ndescription;Élection d’ailleurs"
    )
    vraies = sorted((DONNEES / "files").iterdir()) if DONNEES.is_dir() else []
    contenus = [petite.encode(), *(chemin.read_bytes() for chemin in vraies)]
    acts = [await inscrire(ledger, preparer(contenu), f"election-{n}.pb") for n, contenu in enumerate(contenus)]
    return [act.reference for act in acts]


@pytest.fixture(scope="package")
def site(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[str]]]:
    """The site, and the references of the imported elections."""
    directory: Path = tmp_path_factory.mktemp("resultats")
    with _temporary(server, template) as (_, urls):
        with ThreadPoolExecutor(1) as elsewhere:
            importes = elsewhere.submit(asyncio.run, remplir(urls)).result()
        with running_site(urls, directory) as running:
            _attendre(f"{running.url}/scrutins", importes[-1])
            yield running, importes


def _attendre(url: str, mot: str) -> None:
    """Until the projections have caught up."""
    fin = time.monotonic() + 30
    while mot not in httpx.get(url, timeout=10, verify=False).text:
        assert time.monotonic() < fin, "the projections are late"
        time.sleep(0.1)
