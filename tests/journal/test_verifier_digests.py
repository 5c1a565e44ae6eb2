"""V7 and V8: disclosures, erasures, withheld digests."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.journal.bundle import ERASURE, Register, b64, b64url, canonical
from tests.journal.verifying import faulty, run, says, verify

SALT = b64url(bytes(16))


def digest(text: str) -> str:
    return b64url(hashlib.sha256(text.encode()).digest())


def with_disclosure(text: str, index: Any = 0) -> Register:
    """A register whose one personal field has this disclosure, right or not."""
    register = Register(disclosures=[{"index": index, "d": text}])
    register.add(_sd=[digest(text)], _sd_alg="sha-256")
    return register


def disclosure(*parts: Any) -> str:
    return b64url(canonical(list(parts)))


def test_disclosed_erased_and_withheld(tmp_path: Path) -> None:
    register = Register()
    first = register.add_personal("Zoé", "Une idée")
    register.add_personal("Retenu", "Retenu aussi", disclosed=False)
    register.add_personal("Autre")
    register.erase(first[0])
    bundle = register.write(tmp_path)
    answer = verify(bundle)
    assert faulty(answer) == set()
    assert (answer["withheld"], answer["unexplained"]) == (2, 0)
    assert "5 condensats = 2 divulgués + 1 effacés + 2 retenus ; inexpliqué : 0" in plain(run(bundle).stdout)
    answer = verify(bundle, "--audience", "audit")
    assert faulty(answer) == {"V8"}
    assert (answer["withheld"], answer["unexplained"]) == (2, 2)
    assert says(answer, "de l'entrée 1 (acte n° 2) ni divulgué ni effacé")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_an_audit_bundle_explains_everything(tmp_path: Path) -> None:
    register = Register()
    gone = register.add_personal("Zoé", "Une idée")
    register.erase(*gone)
    register.add_personal("Autre")
    bundle = register.write(tmp_path, "audit")
    answer = verify(bundle)
    assert faulty(answer) == set()
    assert answer["checks"]["V8"] == "ok"
    assert "inexpliqué : 0" in plain(run(bundle).stdout)
    lines = (bundle / "divulgations.ndjson").read_bytes()
    (bundle / "divulgations.ndjson").write_bytes(b"")
    assert faulty(verify(bundle)) == {"V8"}
    assert faulty(verify(bundle, "--audience", "public")) == set()
    (bundle / "divulgations.ndjson").write_bytes(lines * 2)
    answer = verify(bundle)
    assert faulty(answer) == {"V7"}
    assert says(answer, "divulgué 2 fois")


def test_erased_yet_disclosed(tmp_path: Path) -> None:
    register = Register()
    gone = register.add_personal("Zoé")
    kept = list(register.disclosures)
    register.erase(*gone)
    register.disclosures = kept
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V8"}
    assert says(answer, gone[0], "effacé par l'entrée 1 (acte n° 2) et pourtant divulgué")


def test_erasures_of_what_was_never_there(tmp_path: Path) -> None:
    register = Register()
    register.erase(digest("jamais"))
    later = digest("après")
    register.erase(later)
    register.add(_sd=[later], _sd_alg="sha-256")
    wrong: list[dict[str, Any]] = [
        {"motif": "x"}, {"cibles": "x"}, {"cibles": {}}, {"cibles": [1]}, {"cibles": ["court"]},
    ]  # fmt: skip
    for payload in wrong:
        register.add("effacements/2", ERASURE, payload)
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V8"}
    assert says(answer, digest("jamais"), "effacé par l'entrée 0 (acte n° 1), jamais inscrit")
    assert says(answer, later, "avant d'être inscrit par l'entrée 2")
    assert says(answer, "entrée 7 (acte n° 8) : effacement sans liste de condensats")
    assert len(answer["faults"]) == 7


def test_a_repeated_erasure_is_harmless(tmp_path: Path) -> None:
    register = Register()
    gone = register.add_personal("Zoé")
    register.erase(*gone)
    register.erase(*gone)
    assert faulty(verify(register.write(tmp_path, "audit"))) == set()


def test_a_digest_is_listed_once_in_the_whole_register(tmp_path: Path) -> None:
    register = Register()
    for index in range(300):
        register.add(_sd=[digest(str(index % 299))], _sd_alg="sha-256")
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V5"}
    assert says(answer, digest("0"), "inscrit deux fois : entrée 0 (acte n° 1) et entrée 299 (acte n° 300)")


def test_disclosures_at_the_wrong_place(tmp_path: Path) -> None:
    register = Register()
    register.add_personal("Zoé")
    register.add_personal("Une idée")
    register.disclosures[0]["index"] = 1
    register.disclosures.append({"index": 0, "d": disclosure(SALT, "nom", "inventé")})
    register.disclosures.append({"index": 77, "d": disclosure(SALT, "nom", "hors registre")})
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V7"}
    assert says(answer, "divulgué pour l'entrée 1 (acte n° 2), inscrit par l'entrée 0 (acte n° 1)")
    assert says(answer, digest(register.disclosures[2]["d"]), "divulgué pour l'entrée 0 (acte n° 1), jamais inscrit")
    assert says(answer, "entrée 77", "jamais inscrit")


@pytest.mark.parametrize("text", [
    disclosure(SALT, "nom", "Zoé"), disclosure(SALT, "n", 1.5), disclosure(b64url(bytes(32)), "", [None, {"é": []}]),
    b64url(b' [ "AAAAAAAAAAAAAAAAAAAAAA" , "nom" , "Zo\\u00e9" ] '),
])  # fmt: skip
def test_good_disclosures(tmp_path: Path, text: str) -> None:
    assert faulty(verify(with_disclosure(text).write(tmp_path, "audit"))) == set()


@pytest.mark.parametrize(("text", "reason"), [
    (disclosure(SALT, "nom"), "[sel, champ, valeur]"),
    (disclosure(SALT, "nom", 1, 2), "[sel, champ, valeur]"),
    (disclosure(SALT, 1, "x"), "[sel, champ, valeur]"),
    (disclosure(1, "nom", "x"), "sel de moins de 128 bits"),
    (disclosure(SALT[:-2], "nom", "x"), "sel de moins de 128 bits"),
    (disclosure("", "nom", "x"), "sel de moins de 128 bits"),
    (disclosure("é" * 22, "nom", "x"), "sel de moins de 128 bits"),
    (b64url(b"{}"), "[sel, champ, valeur]"),
    (b64url(b"[1"), "n'est pas du JSON"),
    (b64url(b"\xff\xff"), "n'est pas du JSON"),
    (b64url(b"[" * 5000), "n'est pas du JSON"),
    ("", "n'est pas du JSON"),
    ("A", "base64url"),
    (disclosure(SALT, "n", 1) + "=", "base64url"),
    (disclosure(SALT, "nom", "xy")[:-1] + "B", "base64url"),
    (b64(canonical([SALT, "nom", ">>>???"])), "base64url"),
    ("éé", "base64url"),
    ("A\nAA", "base64url"),
])  # fmt: skip
def test_bad_disclosures(tmp_path: Path, text: str, reason: str) -> None:
    register = with_disclosure(text)
    register.add_personal("Bonne")
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V7"}
    assert says(answer, "V7 : divulgations.ndjson, ligne 1 :", reason)


@pytest.mark.parametrize("line", [
    b"", b"null", b"[]", b"{}", b"{", b'{"index":0}', b'{"d":"AA"}', b'{"index":0,"d":"AA","x":1}',
    b'{"index":"0","d":"AA"}', b'{"index":-1,"d":"AA"}', b'{"index":true,"d":"AA"}', b'{"index":0.0,"d":"AA"}',
    b'{"index":9007199254740992,"d":"AA"}', b'{"index":0,"d":1}', b'{"index":0,"d":null}', b"\xff",
    b'{"index":0,"d":"\xe9"}', b"[" * 100000, b'{"index":0,"d":"' + b"A" * (1 << 20) + b'"}', b"9" * 6000,
])  # fmt: skip
def test_bad_lines(tmp_path: Path, line: bytes) -> None:
    register = Register()
    register.add_personal("Bonne")
    bundle = register.write(tmp_path, "audit")
    good = (bundle / "divulgations.ndjson").read_bytes()
    (bundle / "divulgations.ndjson").write_bytes(good + line + b"\n")
    answer = verify(bundle)
    assert faulty(answer) == {"V7"}
    assert len(answer["faults"]) == 1
    assert says(answer, "divulgations.ndjson, ligne 2")
    (bundle / "divulgations.ndjson").write_bytes(line + b"\n" + good)
    assert says(verify(bundle), "divulgations.ndjson, ligne 1")
    (bundle / "divulgations.ndjson").write_bytes(good[:-1])
    assert says(verify(bundle), "divulgations.ndjson, ligne 1", "sans saut de ligne")


def test_disclosures_that_only_make_sense_together(tmp_path: Path) -> None:
    register = Register()
    register.add_personal("Une")
    register.add_personal("Deux")
    bundle = register.write(tmp_path)
    lines = [json.dumps(line).encode() for line in register.disclosures]
    for content in (lines[0] + b"," + lines[1] + b"\n\n", lines[0] + b",\n" + lines[1] + b"\n"):
        (bundle / "divulgations.ndjson").write_bytes(content)
        assert "V7" in faulty(verify(bundle))


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b"[]", b'{"audience":"tous"}', b'{"audience":1}', b"[" * 9000, b"\xff"]
)
def test_bad_manifests(tmp_path: Path, manifest: bytes) -> None:
    register = Register()
    register.add_personal("Zoé", disclosed=False)
    bundle = register.write(tmp_path)
    (bundle / "manifeste.json").write_bytes(manifest)
    assert says(verify(bundle), "V8 : manifeste.json")
    assert faulty(verify(bundle, "--audience", "public")) == set()


def test_many_faults_are_counted(tmp_path: Path) -> None:
    register = Register()
    register.add_personal(*map(str, range(80)), disclosed=False)
    answer = verify(register.write(tmp_path, "audit"))
    assert answer["unexplained"] == 80
    assert len(answer["faults"]) == 51
    assert says(answer, "V8 : et 30 autres fautes de cette sorte")
