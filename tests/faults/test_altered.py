"""One bit flipped in a register, on paper or in its database: it is found, and named."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.ledger.entry import decode_entry
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from tests.conftest import Server, _temporary
from tests.faults.charge import VAULT
from tests.faults.served import registre
from tests.faults.surgery import entries, flipped, rewrite, superuser
from tests.site import running_site
from web.embedded import Urls
from web.journal.signer import sign_now

Bundle = Callable[[], Path]


def verify(urls: Urls, directory: Path, place: Path | str) -> tuple[int, dict[str, Any]]:
    done = registre(urls, directory, "verify", place, "--json")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def faulty(answer: dict[str, Any]) -> set[str]:
    return {check for check, status in answer["checks"].items() if status == "fault"}


@pytest.fixture(scope="module")
def whole(server: Server, rempli: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Urls, Path, Path]]:
    """A register, its REGISTRE_DIR and its export for the auditor, which is right."""
    with _temporary(server, rempli) as (_, urls):
        place = tmp_path_factory.mktemp("export")
        directory, folder = place / "registre", place / "audit"
        assert sign_now(urls.app, directory) is not None
        done = registre(urls, directory, "export", folder, "--audience", "audit")
        assert done.returncode == 0, done.stderr
        code, answer = verify(urls, directory, folder)
        assert (code, answer["ok"], answer["faults"]) == (0, True, [])
        yield urls, directory, folder


@pytest.mark.parametrize(
    ("name", "find", "checks", "said"),
    [
        ("tile/entries/000", b"Oullins", {"V3"}, "000"),
        ("evenements.ndjson", b"Oullins", {"V4"}, "evenements.ndjson"),
        ("tile/0/000", b"", {"V4"}, "tile/0/000"),
        ("checkpoint", b"essai", {"V1"}, "checkpoint"),
        ("divulgations.ndjson", b'"d":"', {"V7", "V8"}, "divulgations.ndjson"),
        ("cle", b"essai", {"V1"}, "cl"),
    ],
)  # fmt: skip
def test_one_bit_of_an_export(
    whole: tuple[Urls, Path, Path], tmp_path: Path, name: str, find: bytes, checks: set[str], said: str
) -> None:
    urls, directory, folder = whole
    copy = shutil.copytree(folder, tmp_path / "copie")
    place = copy / name
    content = place.read_bytes()
    place.write_bytes(flipped(content, content.index(find) + len(find) // 2))
    code, answer = verify(urls, directory, copy)
    assert code == 1 and not answer["ok"]
    assert checks & faulty(answer), answer["faults"]
    assert any(said in fault for fault in answer["faults"]), answer["faults"]


def test_one_bit_of_an_entry_in_the_database(server: Server, base: Urls, directory: Path, tmp_path: Path) -> None:
    signed = sign_now(base.app, directory)
    assert signed is not None
    with superuser(server, base) as connection:
        states = entries(connection)
        at = next(i for i, state in enumerate(states) if b'"nom":"Oullins"' in state)
        altered = flipped(states[at], states[at].index(b"Oullins"))
        change = "UPDATE ledger.stored_events SET state = %s WHERE notification_id = %s"
        connection.execute(change, (altered, at + 1))
    done = registre(base, directory, "export", tmp_path / "export")
    assert done.returncode == 1 and "EXPORT REFUSÉ" in done.stderr and not (tmp_path / "export").exists()
    with running_site(base, directory) as site:
        code, answer = verify(base, directory, site.url)
    assert code == 1 and faulty(answer) & {"V3", "V4"}, answer["faults"]
    again = registre(base, directory, "rebuild", "--json")
    assert again.returncode == 1 and not json.loads(again.stdout)["switched"]


async def test_one_row_of_a_projection(server: Server, base: Urls, directory: Path) -> None:
    before = json.loads(registre(base, directory, "digest", "--json").stdout)
    with superuser(server, base) as connection:
        connection.execute("UPDATE projections.propositions SET titre = 'autre' WHERE reference = 'GEPI-2026-0001'")
    done = registre(base, directory, "rebuild", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1 and not answer["switched"]
    assert {name for name, pair in answer["projections"].items() if not pair["equal"]} == {"propositions"}
    accepted = await rebuild(base.app, VAULT, PROJECTIONS, accept=True)
    assert accepted.switched
    assert {name: pair.after for name, pair in accepted.projections.items()} == before["projections"]


def hole(states: list[bytes]) -> list[bytes]:
    """Without the second event of a proposition that has more."""
    at = next(i for i, state in enumerate(states) if (e := decode_entry(state)).n == 2 and b'"n":3' in b"".join(
        other for other in states if decode_entry(other).s == e.s))  # fmt: skip
    return states[:at] + states[at + 1 :]


def reordered(states: list[bytes]) -> list[bytes]:
    """The last two events of a stream change places."""
    last = max(i for i, state in enumerate(states) if decode_entry(state).n > 1)
    stream = decode_entry(states[last]).s
    former = max(i for i, state in enumerate(states[:last]) if decode_entry(state).s == stream)
    found = list(states)
    found[former], found[last] = found[last], found[former]
    return found


@pytest.mark.parametrize("forge", [hole, reordered])
def test_a_stream_with_a_hole_even_when_the_whole_tree_was_forged(
    server: Server, base: Urls, directory: Path, tmp_path: Path, forge: Callable[[list[bytes]], list[bytes]]
) -> None:
    with superuser(server, base) as connection:
        rewrite(connection, forge(entries(connection)))
    assert sign_now(base.app, directory) is not None  # a new key: nobody remembers the register
    done = registre(base, directory, "export", tmp_path / "export")
    assert done.returncode == 0, done.stderr
    code, answer = verify(base, directory, tmp_path / "export")
    assert (code, faulty(answer) & {"V3", "V6"}) == (1, {"V6"}), answer["faults"]
