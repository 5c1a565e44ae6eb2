"""V5: the lint of each entry."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.journal.bundle import ERASURE, ORIGIN, Register, b64url, canonical, small
from tests.journal.verifying import faulty, says, verify
from web.journal.verifier import Fault, Linter, parse_entries, parse_entry

DIGEST = b64url(bytes(32))
GOOD: dict[str, Any] = {
    "o": ORIGIN, "v": 1, "e": "avis/AvisRendu/1", "s": "avis/1", "n": 1, "d": {"sens": "favorable"},
    "enregistre_le": "2026-02-03T04:05:06Z",
}  # fmt: skip


def lint(raw: bytes) -> None:
    Linter(ORIGIN).check(raw, parse_entry(raw))


def changed(**keys: Any) -> bytes:
    """The good entry with some keys set, or removed by a None."""
    return canonical({key: value for key, value in (GOOD | keys).items() if value is not None})


@pytest.mark.parametrize("raw", [
    changed(),
    changed(survenu_le="2024-02-29"),
    changed(survenu_le="2026-02-03T05:05:06.123+01:00"),
    changed(r="pacte/2021-03-15"),
    changed(d={}),
    changed(d={"a": [True, False, [], {}, {"b": "c", "z": [1, 2]}], "n": 2**53 - 1, "p": -(2**53) + 1}),
    changed(d={"texte": "« L'été » \u007f \u2028 😀 \" \\ / \n\r\t\b\f \u0001"}),
    changed(_sd=[], _sd_alg="sha-256"),
    changed(_sd=[DIGEST], _sd_alg="sha-256"),
    changed(pj=[{"sha256": "0" * 64, "octets": 0, "type": "application/pdf"}]),
    changed(e="scrutins/UrneRelevee/1", enregistre_le=None),
    changed(e="scrutins/BulletinsDepouilles/12", enregistre_le=None),
    changed(d={"texte": "a" * (16 * 1024 - len(changed(d={"texte": ""})))}),
])  # fmt: skip
def test_good_entries(raw: bytes) -> None:
    lint(raw)
    assert parse_entries([raw, raw]) == [json.loads(raw), json.loads(raw)]


def each(key: str, *values: Any, **keys: Any) -> list[bytes]:
    """The good entry with each of these values of one key in turn."""
    return [changed(**({key: value} | keys)) for value in values]


def spelled(old: str, *news: str) -> list[bytes]:
    """The good entry with one piece of its text spelled in other ways."""
    assert old in TEXT
    return [TEXT.replace(old, new, 1).encode() for new in news]


TEXT = changed(d={"a": "é", "b": 1}).decode()
FILE = {"sha256": "0" * 64, "octets": 1, "type": "text/plain"}
BAD: dict[str, list[bytes]] = {
    "JSON mal formé": [
        b"", b"{", b"nul", b"{'a':1}", TEXT[:-1].encode(), b'{"a":\n1', b'{"a":"\n"}', b"1" * 5000, b'{"a":"\\x"}',
        b"[" + b"1," * 9, (" " + TEXT).encode(),
    ],
    "n'est pas un objet": [b"[]", b"1", b'"a"', b"true", b"null"],
    "UTF-8 invalide": [TEXT.encode("latin-1"), TEXT.replace("é", "\ud800").encode("utf-8", "surrogatepass")],
    "pas en NFC": spelled("é", "e\u0301", "\u212b"),
    "JSON non canonique": [
        *(TEXT.encode() + tail for tail in (b" ", b"\n", b"{}")),
        *spelled(":", ": ", " :"),
        *spelled("é", "\\u00e9", "\\/", "\\u001F", "\\ud800", "\\u0008"),
        *spelled('"b":1', '"b":-0', '"b":1,"b":1'),
    ],
    "nombre interdit": spelled('"b":1', '"b":1.0', '"b":1e3', '"b":NaN', '"b":-Infinity', '"b":1E400'),
    "trop imbriqué": [b"[" * 9000 + b"]" * 9000],
    "plus que 16384": [changed(d={"texte": "a" * 16384})],
    "clé inconnue": [changed(x=1), changed(D={}), changed(**{"\n": 1})],
    "absente": [canonical({k: v for k, v in GOOD.items() if k != key}) for key in ("o", "v", "e", "s", "n", "d")],
    "_sd et _sd_alg": [changed(_sd=[]), changed(_sd_alg="sha-256")],
    "clés non triées": [
        json.dumps(GOOD | {"d": {}}, separators=(",", ":")).encode(),
        *spelled('"a":"é","b":1', '"b":1,"a":"é"'),
        *spelled('"b":1', '"b":[{"d":1,"c":2}]'),
    ],
    "origine": each("o", "autre.example", ORIGIN + "/", 1, []),
    "version de format": each("v", 2, True, "1", []),
    "nom d'événement": each("e", "", "AvisRendu", "avis/AvisRendu", "avis/AvisRendu/0", "avis/avisRendu/1",
                            "Avis/AvisRendu/1", "avis/AvisRendu/1/2", "avis/AvisRendu/1\n", "domain.avis:AvisRendu",
                            3, [], {}),
    "dossier (s)": each("s", "", 1, ["a"]),
    "version (n)": each("n", 0, -1, "1", True, 2**53),
    "enregistre_le absent": [changed(enregistre_le=None)],
    "enregistre_le mal formé": each(
        "enregistre_le", "", "2026-02-03", "2026-02-03T04:05:06", "2026-02-03T04:05:06.5Z", "2026-02-03 04:05:06Z",
        "2026-02-30T04:05:06Z", "2026-02-03T24:05:06Z", "2026-02-03T04:05:60Z", "2026-02-03T04:05:06+00:00",
        "２026-02-03T04:05:06Z", 1, [], False),
    "survenu_le mal formé": each(
        "survenu_le", "", "2026-13-01", "2026-2-3", "20260203", "2026-02-29", "2026-02-03T04:05:06",
        "2026-02-03T25:00:00Z", "2026-02-03Z", "2026-W01-1", 20260203, {}),
    "porte une date": [
        *each("e", "scrutins/UrneRelevee/1", "scrutins/BulletinsDepouilles/1"),
        *each("survenu_le", "2026-01-01", e="scrutins/UrneRelevee/2", enregistre_le=None),
    ],
    "d n'est pas un objet": each("d", [], "x", 1),
    "clé qui n'est pas en ASCII": each("d", {"é": 1}, {"a": [{"b": {"œ": 1}}]}),
    "valeur nulle": each("d", {"a": None}, {"a": [None]}, {"a": {"b": None}}),
    "2^53-1": each("d", {"a": 2**53}, {"a": [-(2**53)]}, {"a": 10**100}),
    "règle (r)": each("r", "", 1),
    "_sd_alg": each("_sd_alg", "sha-512", 1, _sd=[DIGEST]),
    "condensat mal formé": each(
        "_sd", "A", {}, [1], [DIGEST[:-1]], [DIGEST + "A"], [DIGEST[:-1] + "B"], [DIGEST[:-1] + "+"], [DIGEST + "="],
        _sd_alg="sha-256"),
    "condensats non triés": each("_sd", ["B" + DIGEST[1:], DIGEST], _sd_alg="sha-256"),
    "pj n'est pas une liste": each("pj", {}),
    "pièce jointe": each(
        "pj", [1], [{}], [{"sha256": "0" * 64, "octets": 1}], [FILE | {"octets": -1}], [FILE | {"octets": True}],
        [FILE | {"sha256": "0" * 63}], [FILE | {"sha256": "A" * 64}], [FILE | {"sha256": "../../etc/passwd"}],
        [FILE | {"type": ""}], [FILE | {"type": 1}], [FILE | {"nom": "x"}]),
}  # fmt: skip


@pytest.mark.parametrize(("reason", "raw"), [(reason, raw) for reason, raws in BAD.items() for raw in raws])
def test_bad_entries(reason: str, raw: bytes) -> None:
    with pytest.raises(Fault, match=re.escape(reason)):
        lint(raw)


def test_a_bad_entry_is_named_among_others(tmp_path: Path) -> None:
    register = small(300)
    register.add(d={"a": 1.5})
    register.add(d={"b": 1})
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V5", "V6"}
    assert says(answer, "V5 : entrée 300 (acte n° 301) : nombre interdit « 1.5 »")


def test_entries_that_only_make_sense_together() -> None:
    """Two spellings that a careless reader of joined entries would take for well-formed ones."""
    one, two = canonical({"a": 1}), canonical({"b": 2})
    for entries in ([one + b"," + two, b""], [b'{"a":[1', b"2]}", one + b"," + two], [one[:-1], two[1:]]):
        assert parse_entries(entries) is None


def test_time_never_goes_back_in_a_stream(tmp_path: Path) -> None:
    register = Register()
    for stream, second in (("a/1", 5), ("b/1", 3), ("a/1", 5), ("b/1", 4), ("a/1", 4), ("a/1", 6)):
        register.add(stream, enregistre_le=f"2026-01-01T00:00:0{second}Z")
    answer = verify(register.write(tmp_path))
    assert faulty(answer) == {"V5"}
    assert len(answer["faults"]) == 1
    assert says(answer, "entrée 4 (acte n° 5)", "recule")


def test_undated_events_keep_the_time_of_their_stream(tmp_path: Path) -> None:
    register = Register()
    undated = {"enregistre_le": None, "survenu_le": None}
    register.add("scrutins/1", enregistre_le="2026-01-01T00:00:05Z")
    register.add("scrutins/1", "scrutins/UrneRelevee/1", **undated)
    register.add("scrutins/1", enregistre_le="2026-01-01T00:00:04Z")
    answer = verify(register.write(tmp_path))
    assert says(answer, "V5 : entrée 2", "recule")


def test_attachments_of_the_bundle(tmp_path: Path) -> None:
    register = Register(attachments=[b"proces-verbal"])
    bundle = register.write(tmp_path)
    name = next((bundle / "pj").iterdir()).name
    register.add(pj=[{"octets": 13, "sha256": name, "type": "text/plain"}])
    register.write(tmp_path)
    assert faulty(verify(bundle)) == set()
    (bundle / "pj" / name).write_bytes(b"proces-verbaL")
    assert says(verify(bundle), f"V5 : pj/{name} : le contenu n'a pas ce sha256")
    (bundle / "pj" / name).write_bytes(b"proces")
    assert says(verify(bundle), f"V5 : entrée 0 (acte n° 1) : pj/{name} : 6 octets au lieu de 13")
    (bundle / "pj" / name).unlink()
    assert says(verify(bundle), f"pj/{name} : fichier absent")
    (bundle / "pj" / "intrus\x1b[31m").write_bytes(b"x")
    assert says(verify(bundle), "pj/intrus\\u001b[31m : le contenu")


def test_hostile_text_never_reaches_the_terminal_raw(tmp_path: Path) -> None:
    register = Register()
    register.add(stream="a\u001b]0;x\u0007\u202e" + "b" * 500, n=9)
    register.add(e=ERASURE, d={"cibles": 1})
    faults = "".join(verify(register.write(tmp_path))["faults"])
    assert "\\u001b]0;x\\u0007\\u202e" in faults
    assert "\u001b" not in faults
    assert "b" * 100 not in faults
