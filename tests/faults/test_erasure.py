"""What was erased is nowhere; what a crash left half-done is finished at the next start."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import psycopg
import pytest

from domain.effacements.demander_effacement import DemanderEffacement
from domain.ledger import erasure
from domain.ledger.ledger import Ledger
from tests.conftest import Server
from tests.faults.charge import ORIGIN, VAULT, reach
from tests.faults.conftest import SECRET, TODAY
from tests.faults.served import Person, registre, wait_projected
from tests.faults.traces import holds, in_files, in_sealed, in_tables
from tests.site import Site, running_site
from web.demonstration.acts import person
from web.embedded import Urls
from web.journal.signer import sign_now

# No other word of the demonstration has these stems; the search keeps stems.
PUBLIC = ("Xylophagobul", "Zwingelberthe")
PRIVATE = ("wyandottequivive", "Quetzalcoaxtl", "Krzyzanowskarium", "Brontozephyr")
WORDS = (*PUBLIC, *PRIVATE)
ASKED = "xyl%C3%B4phagobul"  # found without its accent; a page that repeats the question does not say the word

FILED = {
    "texte": f"Il faudrait des bancs {PUBLIC[0]} devant la mairie",
    "prenom": PUBLIC[1],
    "lecture": "tous_avec_prenom",
    "reponse_par": "courriel",
    "contact": f"{PRIVATE[0]}@exemple.fr",
    "canal": "avec_aide",
    "relue": True,
    "aidant_nom": PRIVATE[1],
    "aidant_structure": PRIVATE[2],
}


def public_pages(reference: str, index: int) -> list[str]:
    dossier = f"/dossiers/{reference}"
    return [
        dossier, f"{dossier}.json", f"{dossier}.atom", f"{dossier}?au={index + 3}", f"/api/dossiers/{reference}",
        f"/recherche?q={ASKED}", f"/recherche.atom?q={ASKED}", f"/api/recherche?q={ASKED}",
        "/instances/gepi", "/instances/gepi.atom", "/instances/gepi.json", "/api/propositions", "/api/journal",
        f"/journal/{index}", f"/recu/{index}", "/journal", "/journal/divulgations.ndjson",
        "/journal/evenements.ndjson", "/opendata/propositions.csv", "/", "/suivi/ma-parole",
        f"/bureau/propositions/{reference}", "/bureau", "/bureau/courriers", f"/bureau/effacements?dossier={reference}",
    ]  # fmt: skip


def found_in(browsers: Sequence[httpx.Client], pages: Sequence[str]) -> dict[str, list[str]]:
    """Which pages say one of the words, to one of these people."""
    said: dict[str, list[str]] = {}
    for page in pages:
        for browser in browsers:
            answer = browser.get(page)
            assert answer.status_code < 500, (page, answer.status_code)
            if words := holds(answer.content, WORDS):
                said.setdefault(page, []).extend(words)
    return said


def publish(team: Person, reference: str) -> int:
    """The team reads and publishes it; position of the last act."""
    page, position = f"/bureau/propositions/{reference}", ""
    for act, typed in (
        ("qualifier", {"titre": "Des bancs", "theme": "logement", "competence": "metropole"}),
        ("moderer", {"decision": "publier"}),
    ):
        answer = team.submit(page, f"{page}/{act}", **{f"{act}-{name}": value for name, value in typed.items()})
        assert answer.status_code == 303, answer.text
        position = answer.headers["location"].partition("vu=")[2]
        team.get(answer.headers["location"])
    return int(position)


@pytest.fixture
def people(site: Site) -> Iterator[tuple[Person, ...]]:
    """Anybody, the author, the team, the data-protection officer."""
    found = tuple(Person(site, name) for name in ("", "", "animation-gepi", "protection_donnees"))
    yield found
    for one in found:
        one.close()


def test_what_was_erased_is_nowhere(
    server: Server, people: tuple[Person, ...], base: Urls, directory: Path, tmp_path: Path
) -> None:
    _, author, team, officer = people
    filed = author.post("/api/propositions", json=FILED, headers={"Idempotency-Key": "effacer"}).json()
    reference, index, code = filed["reference"], filed["index"], " ".join(filed["code"])
    more = {"texte": f"Et aussi {PRIVATE[3]}", "code": code}
    added = author.post(f"/api/propositions/{reference}/completer", json=more, headers={"Idempotency-Key": "plus"})
    assert added.status_code == 201, added.text
    assert author.submit("/suivi", code=code).status_code == 303
    assert author.submit(f"/suivre/{reference}", courriel="suit@exemple.fr", rythme="tout_de_suite").status_code == 303
    wait_projected(base, publish(team, reference))
    assert sign_now(base.app, directory) is not None
    pages = public_pages(reference, index)
    before = found_in(people, pages)
    for page in (pages[0], pages[1], pages[5], pages[6], pages[7], "/journal/divulgations.ndjson", "/suivi/ma-parole"):
        assert PUBLIC[0] in before.get(page, ()), f"{page} did not show it: {sorted(before)}"
    assert all(row.startswith("projections.recherche") for row in in_tables(server, base, WORDS))
    assert len(in_sealed(server, base, SECRET, WORDS)) >= len(WORDS)

    form = f"/bureau/effacements?dossier={reference}"
    groups = dict.fromkeys(_boxes(officer.get(form).text), "oui")
    assert len(groups) == 4, groups
    done = officer.submit(form, motif="demande_de_la_personne", **groups)
    assert done.status_code == 303, done.text
    position = int(done.headers["location"].partition("vu=")[2])
    wait_projected(base, position)

    for rebuilt in (False, True):
        if rebuilt:
            again = registre(base, directory, "rebuild", "--json")
            assert again.returncode == 0, again.stdout
        assert found_in(people[:1] if rebuilt else people, pages) == {}
        assert in_tables(server, base, WORDS) == []
        assert in_sealed(server, base, SECRET, WORDS) == []
    assert sign_now(base.app, directory) is not None
    for audience in ("public", "audit"):
        folder = tmp_path / audience
        exported = registre(base, directory, "export", folder, "--audience", audience)
        assert exported.returncode == 0, exported.stderr
        verified = registre(base, directory, "verify", folder)
        assert verified.returncode == 0 and "6 effacés" in verified.stdout, verified.stdout
    assert in_files(tmp_path, WORDS) == []
    page = author.get(f"/dossiers/{reference}?vu={position}").text
    assert "Effacé le" in page


def _boxes(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('<input type="checkbox" name="')[1:]]


async def test_a_start_finishes_what_a_crash_left(base: Urls, directory: Path) -> None:
    """One stopped after the request, the other after its keys were destroyed."""
    streams = ("propositions/GEPI-2026-0001", "propositions/GEPI-2026-0002")
    async with await psycopg.AsyncConnection.connect(base.app, autocommit=True) as connection:
        for stream in streams:
            values = [value for value in await erasure.held(connection, VAULT, stream) if value.version == 1]
            digests = tuple(value.digest for value in values)
            await request(base, stream, tuple(sorted({value.scope for value in values})), digests)
        assert await erasure.forget(connection, stream, digests)
        with running_site(base, directory) as site:
            executed = "SELECT count(*) FROM ledger.stored_events WHERE topic = 'effacements/EffacementExecute/1'"
            await reach(connection, executed, len(streams))
            for stream in streams:
                assert await erasure.held(connection, VAULT, stream) == []
            async with httpx.AsyncClient(base_url=site.url) as client:
                assert (await client.get("/dossiers/GEPI-2026-0001")).status_code == 200


async def request(base: Urls, stream: str, scopes: tuple[str, ...], digests: tuple[str, ...]) -> None:
    """The decision of the data-protection officer, and nothing after it."""
    ledger = Ledger(base.app, ORIGIN, VAULT)
    await ledger.start()
    officer = person("protection_donnees")
    await ledger.execute(DemanderEffacement(officer, TODAY, stream, (1,), scopes, digests, "tiers_nomme"))
    await ledger.stop()
