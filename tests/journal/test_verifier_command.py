"""The verifier as people run it: command line, receipts, extensions, a site."""

import ast
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.journal.bundle import LOG, ORIGIN, Register, Signer, b64, consistency, leaf, small
from tests.journal.verifying import PROGRAM, faulty, run, says, verify


def test_it_is_one_file_of_the_standard_library() -> None:
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module).split(".")[0])
    assert names <= sys.stdlib_module_names


def test_a_person_runs_it(tmp_path: Path) -> None:
    register = small(300)
    register.add_personal("Zoé")
    bundle = register.write(tmp_path / "b")
    done = run(bundle)
    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "Taille\u00a0: 301 actes",
        register.checkpoint_text().split("\n")[2],
        "V10  sans objet",
        "V9   sans objet",
        "Aucune faute.",
        "inexpliqué\u00a0: 0",
        LOG.vkey.strip(),
        "Le registre prouve que rien n'a été changé\u00a0; il ne prouve pas que tout y a été inscrit.",
    ):
        assert part in done.stdout  # fmt: skip
    done = run(bundle, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == verify(bundle)
    assert done.stdout.count("\n") == 1
    (bundle / "tile/0/000").unlink()
    done = run(bundle)
    assert done.returncode == 1
    assert "  - V4\u00a0: tile/0/000\u00a0: fichier absent" in done.stdout
    assert "V4   FAUTE" in done.stdout


def test_the_copy_in_a_bundle_works_from_there(tmp_path: Path) -> None:
    register = small(3)
    bundle = register.write(tmp_path)
    shutil.copy(PROGRAM, bundle / "verifier.py")
    assert run(bundle).returncode == 0


@pytest.mark.parametrize("arguments", [
    [], ["a", "b"], ["/nulle/part"], ["http://"], ["ftp://example.org"], [".", "--inconnu"], [".", "--ancien"],
    [".", "--ancien", "/nulle/part"], [".", "--promesse", "/nulle/part"], [".", "--audience", "tous"],
    [".", "--json=oui"], [".", "--cle", "/nulle/part"], [".", "--entree", "x"], ["--preuve", "/nulle/part"],
    ["--preuve", "x", "."], ["--coherence", "x"], ["--preuve", "x", "--coherence", "y"], [".", "--audience=audit",
    "--audience=public"], [".", "--cle", "\0"], ["-x", "."],
])  # fmt: skip
def test_wrong_use(arguments: list[str]) -> None:
    done = run(*arguments) if "\0" not in "".join(arguments) else run(".", "--cle", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage\u00a0:" in done.stderr
    assert "Traceback" not in done.stderr


def test_help() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "--promesse FICHIER" in done.stdout


def test_a_folder_that_is_no_register(tmp_path: Path) -> None:
    done = run(tmp_path, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["size"], answer["root"]) == (1, False, None, None)
    assert {"V1", "V3", "V8"} <= faulty(answer)


def receipt(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "recu.tlog-proof"
    path.write_bytes(content)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "cle"
    path.write_text(LOG.vkey)
    return path


@pytest.mark.parametrize(("size", "index"), [(1, 0), (2, 1), (257, 256), (300, 7)])
def test_receipts(tmp_path: Path, key: Path, size: int, index: int) -> None:
    register = small(size)
    entry = tmp_path / "acte.json"
    entry.write_bytes(register.entries[index] + b"\n")
    path = receipt(tmp_path, register.receipt(index))
    answer = verify("--preuve", path, "--cle", key, "--entree", entry)
    assert faulty(answer) == set()
    assert answer["checks"] == {"signature": "ok", "preuve": "ok", "acte": "ok"}
    answer = verify("--preuve", path, "--cle", key, "--empreinte", b64(leaf(register.entries[index])))
    assert answer["checks"] == {"signature": "ok", "preuve": "ok", "acte": "na"}
    path = receipt(tmp_path, register.receipt(index, extra=register.entries[index]))
    assert faulty(verify("--preuve", path, "--cle", key)) == set()
    assert faulty(verify("--preuve", path, "--cle", key, "--empreinte", b64(bytes(32)))) == {"preuve"}


def test_a_receipt_needs_the_act_and_the_key(tmp_path: Path, key: Path) -> None:
    register = small(5)
    path = receipt(tmp_path, register.receipt(3))
    assert run("--preuve", path, "--cle", key).returncode == 2
    shutil.copy(PROGRAM, tmp_path / "verifier.py")
    assert run("--preuve", path, "--empreinte", b64(leaf(register.entries[3]))).returncode == 2
    key.write_text("rien")
    assert run("--preuve", path, "--cle", key, "--empreinte", b64(leaf(register.entries[3]))).returncode == 2


def test_spoiled_receipts(tmp_path: Path, key: Path) -> None:
    register = small(300)
    good = register.receipt(7, extra=register.entries[7])
    hashes = good.split(b"\n")[3]
    other = Signer(ORIGIN, 9)
    for content, reason in (
        (good.replace(b"index 7\n", b"index 8\n"), "ne mène pas à la racine"),
        (good.replace(b"index 7\n", b"index 300\n"), "hors d'un registre de taille 300"),
        (good.replace(b"index 7\n", b"index 07\n"), "entier décimal"),
        (good.replace(b"index 7\n", b""), "« index » absente"),
        (good.replace(b"proof@v1", b"proof@v2"), "première ligne"),
        (good.replace(b"\n", b"\r\n"), "pas de point de contrôle"),
        (good.replace(hashes + b"\n", b"", 1), "preuve"),
        (good.replace(hashes, hashes + b"\n" + hashes, 1), "preuve"),
        (good.replace(hashes, b64(bytes(31)).encode(), 1), "31 octets au lieu de 32"),
        (good.replace(hashes, hashes[:-2] + b"B=", 1), "base64"),
        (good.replace(b"extra ", b"extra  "), "base64"),
        (good.replace(b"extra ", "extrâ ".encode()), "ASCII"),
        (good.replace(b"\n\n", b"\n" + (hashes + b"\n") * 64 + b"\n", 1), "plus de 63"),
        (good.split(b"\n\n")[0], "pas de point de contrôle"),
        (good.split(b"\n\n")[0] + b"\n\n" + register.checkpoint(signer=other), "signature : aucune signature"),
        (good + b"\n", "point de contrôle : note sans ligne de signature"),
        (b"", "pas de point de contrôle"),
        (bytes(300000), "plus de 262144 octets"),
    ):
        answer = verify("--preuve", receipt(tmp_path, content), "--cle", key)
        assert faulty(answer), reason
        assert says(answer, reason), (reason, answer["faults"])
    foreign = Register(entries=[register.entries[0].replace(ORIGIN.encode(), b"autre.example/2026")])
    answer = verify("--preuve", receipt(tmp_path, foreign.receipt(0, foreign.entries[0])), "--cle", key)
    assert faulty(answer) == {"acte"}


def test_extensions(tmp_path: Path, key: Path) -> None:
    register = small(300)
    older, request = tmp_path / "ancien", tmp_path / "demande"

    def check(old: int, proof: list[bytes], checkpoint: bytes) -> dict[str, Any]:
        lines = "".join(b64(value) + "\n" for value in proof)
        request.write_bytes(f"old {old}\n{lines}\n".encode() + checkpoint)
        return verify("--coherence", request, "--ancien", older, "--cle", key)

    for old in (1, 255, 256, 299, 300):
        older.write_bytes(register.checkpoint(old))
        proof = consistency(old, register.leaves())
        answer = check(old, proof, register.checkpoint())
        assert faulty(answer) == set()
        assert (answer["size"], answer["checks"]["preuve"]) == (300, "ok")
        assert faulty(check(old + 1, proof, register.checkpoint())) == {"preuve"}
        assert faulty(check(old, [*proof, bytes(32)], register.checkpoint())) == {"preuve"}
        assert faulty(check(old, proof, register.checkpoint(signer=Signer(ORIGIN, 9)))) == {"signature"}
        assert faulty(check(old, proof, small(301).checkpoint())) == {"preuve"}
    older.write_bytes(small(0).checkpoint())
    assert says(check(0, [], register.checkpoint()), "pas de cohérence de la taille 0")
    assert run("--coherence", request, "--cle", key).returncode == 2


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A site that serves a folder as its /journal, as plain files."""
    folder = tmp_path / "journal"

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", folder
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_site(tmp_path: Path, site: tuple[str, Path]) -> None:
    url, folder = site
    register = small(513)
    register.add_personal("Zoé")
    register.write(folder)
    for name in ("evenements.ndjson", "manifeste.json"):
        (folder / name).unlink()
    promise, older = tmp_path / "promesse", tmp_path / "ancien"
    promise.write_bytes(register.promise(513))
    older.write_bytes(register.checkpoint(300))
    arguments = (url, "--promesse", promise, "--ancien", older)
    answer = verify(*arguments)
    assert faulty(answer) == set()
    assert {check for check, status in answer["checks"].items() if status == "na"} == {"V9"}
    (folder / "divulgations.ndjson").unlink()
    assert says(verify(url), "V7 : /journal/divulgations.ndjson : réponse HTTP 404")
    (folder / "checkpoint").write_bytes(register.checkpoint(514)[:-1])
    assert "V1" in faulty(verify(url))


def test_a_site_that_grew_since_its_checkpoint(site: tuple[str, Path]) -> None:
    url, folder = site
    register = small(300)
    older, tiles = register.checkpoint(), register.tiles()
    for number in range(300):
        register.add("avis/1", d={"i": number})
    register.add_personal("Zoé")
    register.write(folder)
    (folder / "checkpoint").write_bytes(older)
    partial = "tile/1/000.p/1"
    (folder / partial).write_bytes(tiles[partial])
    assert faulty(verify(url)) == set()
    assert not (folder / "tile/0/001.p").exists()
    (folder / "tile/0/001").write_bytes(bytes(8192))
    assert says(verify(url), "V4 : tile/0/001 :", "44 empreintes sur 44")
    (folder / "tile/0/001").unlink()
    assert says(verify(url), "V4 : /journal/tile/0/001.p/44 : réponse HTTP 404")


def test_a_site_that_does_not_answer(site: tuple[str, Path]) -> None:
    url, folder = site
    assert says(verify(url), "V1 : checkpoint : /journal/checkpoint : réponse HTTP 404")
    answer = verify("http://127.0.0.1:9/")
    assert says(answer, "V1 : checkpoint : /journal/checkpoint : injoignable")
    assert folder.name == "journal"
