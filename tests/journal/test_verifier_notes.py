"""V1, V2 and V10: keys, checkpoints, older checkpoints and promises, with the traps of the note format."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.bundle import LOG, ORIGIN, PROMISES, Register, Signer, b64, small
from tests.journal.verifying import faulty, says, verify
from web.journal.verifier import Fault, parse_checkpoint, parse_key, parse_note

OTHER = Signer(ORIGIN, 9)  # the right name, another key
WITNESS = Signer("temoin.example", 7)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return small(5).write(tmp_path)


def with_line(line: str) -> Callable[[bytes], bytes]:
    return lambda note: note + line.encode()


def text_of(note: bytes) -> str:
    return note.decode().split("\n\n")[0] + "\n"


def bad_signature(note: bytes) -> str:
    return f"— {ORIGIN} {b64(LOG.key_id + bytes(64))}\n"


def not_canonical(note: bytes) -> bytes:
    """The same signature with a spare bit set in the last character."""
    signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = note.rstrip(b"=\n")
    padding = note[len(body) :]
    changed = body[:-1] + bytes([signs[signs.index(body[-1]) ^ 1]]) + padding
    assert base64.b64decode(changed.split()[-1]) == base64.b64decode(note.split()[-1])
    return changed


TRAPS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "CRLF": (lambda note: note.replace(b"\n", b"\r\n"), "CRLF"),
    "BOM": (lambda note: b"\xef\xbb\xbf" + note, "BOM"),
    "no final newline": (lambda note: note[:-1], "saut de ligne final"),
    "tab": (lambda note: note.replace(b"\n5\n", b"\n\t5\n"), "caractère de contrôle"),
    "not UTF-8": (lambda note: note + b"\xff\n", "UTF-8"),
    "no signature": (lambda note: note.split(b"\n\n")[0] + b"\n\n", "sans ligne de signature"),
    "no blank line": (lambda note: note.replace(b"\n\n", b"\n"), "sans ligne de signature"),
    "unsigned": (lambda note: WITNESS.note(text_of(note)), "aucune signature"),
    "other key of that name": (lambda note: OTHER.note(text_of(note)), "aucune signature"),
    "bad beside good": (lambda note: note + bad_signature(note).encode(), "signature Ed25519 fausse"),
    "good after bad": (lambda note: note.replace("\n\n—".encode(), f"\n\n{bad_signature(note)}—".encode()), "fausse"),
    "short signature": (with_line(f"— {ORIGIN} {b64(LOG.key_id + bytes(63))}\n"), "mauvaise longueur"),
    "hyphen for dash": (lambda note: note.replace("—".encode(), b"-"), "ligne de signature mal formée"),
    "two spaces": (lambda note: note.replace("— ".encode(), "—  ".encode()), "ligne de signature mal formée"),
    "base64 spare bits": (not_canonical, "non canonique"),
    "base64 without padding": (lambda note: note.replace(b"=\n", b"\n"), "base64 mal formé"),
    "base64 garbage": (with_line("— temoin.example !!!!\n"), "base64 mal formé"),
    "signature too short": (with_line(f"— temoin.example {b64(b'abcd')}\n"), "trop courte"),
    "name with plus": (with_line(f"— a+b {b64(b'abcdefgh')}\n"), "ligne de signature mal formée"),
    "extension": (lambda note: LOG.note(text_of(note) + "extension\n"), "lignes d'extension"),
    "two lines": (lambda note: LOG.note(text_of(note).rsplit("\n", 2)[0] + "\n"), "moins de trois lignes"),
    "size with zero": (lambda note: LOG.note(text_of(note).replace("\n5\n", "\n05\n")), "entier décimal"),
    "size with sign": (lambda note: LOG.note(text_of(note).replace("\n5\n", "\n+5\n")), "entier décimal"),
    "size in Arabic digits": (lambda note: LOG.note(text_of(note).replace("\n5\n", "\n٥\n")), "entier décimal"),
    "size beyond 2^63": (lambda note: LOG.note(text_of(note).replace("\n5\n", f"\n{2**63}\n")), "entier décimal"),
    "root of 31 bytes": (lambda note: LOG.note(f"{ORIGIN}\n5\n{b64(bytes(31))}\n"), "31 octets au lieu de 32"),
    "root spare bits": (lambda note: not_canonical(text_of(note).encode()) + b"\n" + note.split(b"\n\n")[1],
                        "non canonique"),
    "other origin": (lambda note: LOG.note(text_of(note).replace(ORIGIN, "autre.example")), "origine"),
    "a promise": (lambda note: small(5).promise(2), "lignes d'extension"),
    "flood of signatures": (with_line(WITNESS.line("x\n") * 100), "plus de 100 signatures"),
    "too big": (with_line("— temoin.example " + b64(bytes(70000)) + "\n"), "plus de 65536 octets"),
    "empty": (lambda note: b"", "saut de ligne final"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_checkpoint_traps(bundle: Path, trap: str) -> None:
    spoil, reason = TRAPS[trap]
    path = bundle / "checkpoint"
    path.write_bytes(spoil(path.read_bytes()))
    answer = verify(bundle)
    assert "V1" in faulty(answer)
    assert says(answer, "V1 : checkpoint", reason)


def test_a_witness_may_sign_beside(bundle: Path) -> None:
    path = bundle / "checkpoint"
    text = text_of(path.read_bytes())
    path.write_bytes(path.read_bytes() + WITNESS.line(text).encode() + OTHER.line(text).encode())
    assert faulty(verify(bundle)) == set()


def test_every_flipped_bit_of_a_checkpoint_is_found(bundle: Path) -> None:
    path = bundle / "checkpoint"
    good = path.read_bytes()
    key = parse_key((bundle / "cle").read_bytes())
    for position in range(len(good)):
        spoiled = good[:position] + bytes([good[position] ^ 1 << position % 8]) + good[position + 1 :]
        try:
            note = parse_note(spoiled)
            checkpoint = parse_checkpoint(note)
        except Fault:
            continue
        path.write_bytes(spoiled)
        assert "V1" in faulty(verify(bundle)), (position, checkpoint, key)


@pytest.mark.parametrize("vkey", [
    b"", b"x", b"a+b+c", b"\xff", LOG.vkey.encode() * 2, LOG.vkey.replace("+", "-").encode(),
    LOG.vkey.replace(LOG.key_id.hex(), "00000000").encode(), LOG.vkey.upper().encode(),
    f"{ORIGIN}+{LOG.key_id.hex()}+{b64(LOG.value[1:])}".encode(),
    f"{ORIGIN}+{LOG.key_id.hex()}+{b64(bytes([4]) + LOG.value[1:])}".encode(),
    LOG.vkey.replace("\n", "\r\n").encode(), b" " + LOG.vkey.encode(),
])  # fmt: skip
def test_bad_keys(bundle: Path, vkey: bytes) -> None:
    (bundle / "cle").write_bytes(vkey)
    assert says(verify(bundle), "V1 : cle :")
    (bundle / "cle").write_bytes(LOG.vkey.encode())
    (bundle / "cle-promesse").write_bytes(vkey)
    assert faulty(verify(bundle)) == {"V10"}


def test_a_key_obtained_elsewhere(bundle: Path, tmp_path: Path) -> None:
    given = tmp_path / "donnee"
    given.write_text(LOG.vkey)
    assert faulty(verify(bundle, "--cle", given)) == set()
    given.write_text(OTHER.vkey)
    answer = verify(bundle, "--cle", given)
    assert faulty(answer) == {"V1"}
    assert says(answer, "la clé attendue est", OTHER.vkey.strip())


def test_older_checkpoints(tmp_path: Path) -> None:
    register = small(600)
    bundle = register.write(tmp_path / "b")
    older = tmp_path / "ancien"
    for size in (1, 2, 255, 256, 257, 511, 512, 513, 600):
        older.write_bytes(register.checkpoint(size))
        answer = verify(bundle, "--ancien", older)
        assert faulty(answer) == set()
        assert answer["checks"]["V2"] == "ok"
    changed = small(600)
    changed.entries[3] = changed.entries[4]
    spoiled = {
        "deux registres à 300": (changed.checkpoint(300), "à la taille 300 la racine recalculée"),
        "fork": (changed.checkpoint(600), "à la taille 600 la racine recalculée"),
        "taille 0": (small(0).checkpoint(), "taille 0"),
        "disparus": (small(601).checkpoint(), "des actes ont disparu"),
        "signature": (register.checkpoint(300, OTHER), "aucune signature"),
        "origine": (LOG.note(f"autre\n3\n{b64(bytes(32))}\n"), "origine « autre »"),
        "forme": (b"\x00", "caractère de contrôle"),
    }
    for content, reason in spoiled.values():
        older.write_bytes(content)
        answer = verify(bundle, "--ancien", older)
        assert faulty(answer) == {"V2"}
        assert says(answer, "V2", str(older)[:30], reason)


def test_several_older_checkpoints_of_one_size(tmp_path: Path) -> None:
    register = small(20)
    bundle = register.write(tmp_path / "b")
    good, bad = tmp_path / "bon", tmp_path / "mauvais"
    good.write_bytes(register.checkpoint(9))
    bad.write_bytes(LOG.note(f"{ORIGIN}\n9\n{b64(bytes(32))}\n"))
    answer = verify(bundle, "--ancien", good, "--ancien", bad)
    assert len(answer["faults"]) == 1
    assert says(answer, "mauvais", "taille 9")


def test_promises(tmp_path: Path) -> None:
    register = small(300)
    bundle = register.write(tmp_path / "b")
    promise = tmp_path / "promesse"
    promise.write_bytes(register.promise(270))
    answer = verify(bundle, "--promesse", promise, "--promesse", promise)
    assert faulty(answer) == set()
    assert answer["checks"]["V10"] == "ok"
    text = f"{ORIGIN}/promesse\n{b64(bytes(32))}\n"
    spoiled = [
        (register.promise(270, hash_=bytes(32)), "entrée 270", "était promise"),
        (register.promise(300, hash_=bytes(32)), "index 300", "absent"),
        (register.promise(2**62, hash_=bytes(32)), "absent", "2026-01-02T03:05:05Z"),
        (register.promise(270, LOG), "aucune signature", "promesse"),
        (register.promise(270, Signer(PROMISES.name, 8)), "aucune signature", "promesse"),
        (register.checkpoint(), "quatre lignes", "promesse"),
        (PROMISES.note(text + "270\n2026-13-02T03:05:05Z\n"), "échéance", "mal formée"),
        (PROMISES.note(text + "0270\n2026-01-02T03:05:05Z\n"), "index promis", "entier"),
        (PROMISES.note(text.replace(ORIGIN, "autre") + "270\n2026-01-02T03:05:05Z\n"), "autre", "promesse"),
    ]
    for content, *parts in spoiled:
        promise.write_bytes(content)
        answer = verify(bundle, "--promesse", promise)
        assert faulty(answer) == {"V10"}
        assert says(answer, "V10", *parts)
    (bundle / "cle-promesse").unlink()
    assert says(verify(bundle, "--promesse", promise), "V10 : cle-promesse : fichier absent")
    assert faulty(verify(bundle)) == set()


def test_an_empty_register(tmp_path: Path) -> None:
    answer = verify(Register().write(tmp_path))
    assert faulty(answer) == set()
    assert answer["size"] == 0
    assert [answer["checks"][check] for check in ("V3", "V4", "V5")] == ["ok", "na", "na"]
