"""V3, V4 and V6: the tree, the tiles, the bundles and the streams, whole and spoiled."""

import hashlib
import random
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from tests.journal.bundle import LOG, ORIGIN, Register, b64, small
from tests.journal.verifying import faulty, run, says, verify
from web.journal.verifier import ahead


def flip(path: Path, position: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513])
def test_sizes(tmp_path: Path, size: int) -> None:
    register = small(size)
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == set()
    assert answer["size"] == size
    assert {check for check, status in answer["checks"].items() if status == "ok"} == {"V1", "V3", "V4", "V5", "V6"}
    assert register.checkpoint_text().split("\n")[2] == answer["root"]


def test_a_third_level(tmp_path: Path) -> None:
    register = small(65537)
    bundle = register.write(tmp_path / "b")
    olds = []
    for size in (65535, 65536, 65537):
        olds += ["--ancien", str(tmp_path / str(size))]
        Path(olds[-1]).write_bytes(register.checkpoint(size))
    done = run(bundle, *olds)
    assert (done.returncode, done.stderr) == (0, "")
    flip(bundle / "tile/2/000.p/1", 5)
    flip(bundle / "tile/1/000", 32 * 7 + 1)
    flip(bundle / "tile/0/000", 32 * 9 + 1)
    done = run(bundle, "--json")
    assert done.returncode == 1
    for part in ("tile/2/000.p/1", "tile/1/000", "256 entrées à partir de 1792", "tile/0/000", "entrée 9 (acte"):
        assert part in done.stdout


def test_one_bit_in_an_entry_bundle(tmp_path: Path) -> None:
    bundle = small(300).write(tmp_path)
    content = (bundle / "tile/entries/001.p/44").read_bytes()
    flip(bundle / "tile/entries/001.p/44", content.index(b'{"i":260}') + 6)
    answer = verify(bundle)
    assert {"V3", "V4"} <= faulty(answer)
    assert says(answer, "V4 : tile/0/001.p/44", "entrée 260 (acte n° 261)")
    assert says(answer, "V4 : evenements.ndjson, ligne 261", "entrée 260")
    assert says(answer, "V3 : les actes mènent à la racine")


def test_one_bit_in_a_line(tmp_path: Path) -> None:
    bundle = small(300).write(tmp_path)
    content = (bundle / "evenements.ndjson").read_bytes()
    flip(bundle / "evenements.ndjson", content.index(b'{"i":7}') + 5)
    answer = verify(bundle)
    assert faulty(answer) == {"V4"}
    assert len(answer["faults"]) == 1
    assert says(answer, "ligne 8", "entrée 7")


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_one_bit_in_a_tile(tmp_path: Path, name: str) -> None:
    bundle = small(300).write(tmp_path)
    flip(bundle / name, 31)
    answer = verify(bundle)
    assert faulty(answer) == {"V4"}
    assert says(answer, f"V4 : {name} :", "1 empreintes sur")


def test_one_bit_anywhere(tmp_path: Path) -> None:
    register = small(260)
    register.add_personal("Une idée", "Zoé")
    register.attachments = [b"texte"]
    register.add(pj=[{"octets": 5, "sha256": hashlib.sha256(b"texte").hexdigest(), "type": "text/plain"}])
    bundle = register.write(tmp_path, "audit")
    assert faulty(verify(bundle)) == set()
    draw = random.Random(1)
    for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
        good = path.read_bytes()
        for _ in range(6):
            position, bit = draw.randrange(len(good)), draw.randrange(8)
            flip(path, position, bit)
            assert faulty(verify(bundle)), (path, position, bit)
            path.write_bytes(good)


def test_garbage_in_any_file(tmp_path: Path) -> None:
    register = small(260)
    register.add_personal("Une idée")
    bundle = register.write(tmp_path, "audit")
    draw = random.Random(2)
    spoiled = [b"", b"\x00" * 70, b"[" * 20000, b"\xff\xfe", b"{}\n", b"null\n", b'{"index":1e999,"d":[]}\n', b"\n\n\n"]
    for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
        good = path.read_bytes()
        for content in [*spoiled, good[:-1], good + b"\n", good * 2, draw.randbytes(9000), good[: len(good) // 2]]:
            path.write_bytes(content)
            if path.name in ("cle", "cle-promesse") and content in (good, good[:-1]):
                continue  # the final newline of a key is free
            if path.name == "manifeste.json" and content == good + b"\n":
                continue
            assert faulty(verify(bundle)), (path, content[:40])
        path.unlink()
        if path.name != "cle-promesse":
            assert says(verify(bundle), "absent"), path
        path.mkdir()
        if path.name != "cle-promesse":
            assert faulty(verify(bundle)), path
        path.rmdir()
        path.write_bytes(good)
    assert faulty(verify(bundle)) == set()


def test_a_truncated_bundle_is_replaced_by_the_lines(tmp_path: Path) -> None:
    bundle = small(300).write(tmp_path)
    path = bundle / "tile/entries/000"
    good = path.read_bytes()
    for content, reason in (
        (good[:-1], "paquet tronqué"),
        (good[:1], "0 entrées au lieu de 256"),
        (b"\xff\xff" + good[2:300], "sa 1e entrée annonce 65535 octets"),
        (good + b"\x00", "1 octets en trop"),
        (good + bytes(256 * 65537), "plus de"),
    ):
        path.write_bytes(content)
        answer = verify(bundle)
        assert faulty(answer) == {"V4"}
        assert says(answer, "V4 : tile/entries/000", reason)
    (bundle / "evenements.ndjson").unlink()
    answer = verify(bundle)
    assert {"V3", "V4"} <= faulty(answer)
    assert says(answer, "V3", "manquent à partir de l'entrée 0")


def test_huge_declared_sizes(tmp_path: Path) -> None:
    register = small(3)
    bundle = register.write(tmp_path)
    (bundle / "checkpoint").write_bytes(LOG.note(f"{ORIGIN}\n{2**62}\n{b64(bytes(32))}\n"))
    answer = verify(bundle)
    assert {"V3", "V4"} <= faulty(answer)
    register.write(tmp_path)
    with (bundle / "tile/0/000.p/3").open("r+b") as file:
        file.truncate(1 << 34)
    assert says(verify(bundle), "V4 : tile/0/000.p/3", "plus de 8192 octets")


@pytest.mark.parametrize(("change", "parts"), [
    (lambda lines: lines[:50] + lines[51:], ("ligne 51", "entrée 50")),
    (lambda lines: lines[:50] + lines[49:], ("ligne 51", "entrée 50")),
    (lambda lines: lines[:50] + lines[51:52] + lines[50:51] + lines[52:], ("ligne 52", "entrée 51")),
    (lambda lines: lines[:50], ("s'arrête avant l'entrée 50",)),
    (lambda lines: [*lines, b"{}\n"], ("des lignes après la dernière",)),
    (lambda lines: [*lines[:-1], lines[-1][:-1]], ("ligne 300", "entrée 299")),
])  # fmt: skip
def test_lines_that_are_not_the_bundles(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], parts: tuple[str, ...]
) -> None:
    bundle = small(300).write(tmp_path)
    path = bundle / "evenements.ndjson"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    answer = verify(bundle)
    assert faulty(answer) == {"V4"}
    assert says(answer, "V4 : evenements.ndjson", *parts)


def test_narrower_tiles_of_older_checkpoints(tmp_path: Path) -> None:
    register = small(300)
    bundle = register.write(tmp_path)
    for name, content in small(290).tiles().items():
        (bundle / name).parent.mkdir(exist_ok=True, parents=True)
        (bundle / name).write_bytes(content)
    (bundle / "tile/0/009").write_bytes(bytes(8192))
    assert faulty(verify(bundle)) == set()
    assert "1 fichiers sous tile/ que ce point de contrôle ne couvre pas" in run(bundle).stdout.replace("\xa0", " ")
    flip(bundle / "tile/0/001.p/34", 40)
    flip(bundle / "tile/entries/001.p/34", 40)
    answer = verify(bundle)
    assert faulty(answer) == {"V4"}
    assert says(answer, "tile/0/001.p/34", "n'est pas le début de tile/0/001")
    assert says(answer, "tile/entries/001.p/34", "n'est pas le début")


def test_a_hole_in_a_stream(tmp_path: Path) -> None:
    register = Register()
    for number in (1, 2, 4, 5):
        register.add("avis/7", n=number)
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V6"}
    assert len(answer["faults"]) == 1
    assert says(answer, "V6 : entrée 2 (acte n° 3) : dossier « avis/7 », version 4 après la version 2")


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 0, 1], [1, 2, 3], [0, 2, 1]])
def test_entries_out_of_order(tmp_path: Path, order: list[int]) -> None:
    register = small(7)
    for number in order:
        register.add("avis/7", n=number + 1)
    register.entries = register.entries[7:] + register.entries[:7]
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V6"}
    assert says(answer, "avis/7")


def test_streams_are_counted_apart(tmp_path: Path) -> None:
    register = Register()
    for number in range(600):
        register.add(f"avis/{number * 7 % 11}", d={"i": number})
    assert faulty(verify(register.write(tmp_path))) == set()


def test_a_dying_pool_costs_time_only() -> None:
    class Dying(Executor):
        """Answers twice, then loses what it was given, then refuses."""

        given = 0

        def submit(self, work: Any, /, *arguments: Any, **keys: Any) -> Future[Any]:
            self.given += 1
            future: Future[Any] = Future()
            if self.given > 5:
                raise BrokenExecutor
            if self.given > 2:
                future.set_exception(BrokenExecutor())
            else:
                future.set_result(work(*arguments))
            return future

    assert list(ahead(Dying(), 3, lambda job: job * 10, range(9))) == [job * 10 for job in range(9)]
