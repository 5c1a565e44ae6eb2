"""Signed notes: every trap is refused, foreign notes are read, and what is written has one spelling."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.notes import (
    Checkpoint,
    NoteRefused,
    Promise,
    ProofFile,
    SigningKey,
    VerifierKey,
    open_checkpoint,
    open_note,
    promise_name,
    split_note,
)

ORIGIN = "registre.example.fr/2026"
KEY = SigningKey(ORIGIN, b"\x01" * 32)
OTHER = SigningKey("temoin.example", b"\x02" * 32)
HEAD = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = KEY.sign(HEAD.text)

# The key, note and signature that document Go's golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    GO_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_foreign_note() -> None:
    assert open_note(GO_NOTE.encode(), VerifierKey.parse(GO_KEY)) == GO_TEXT
    key = SigningKey.parse(GO_SECRET)
    assert (key.secret, str(key.verifier), key.sign(GO_TEXT)) == (GO_SECRET, GO_KEY, GO_NOTE)


def test_a_checkpoint_is_read_back() -> None:
    assert NOTE.startswith(f"{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— {ORIGIN} ")
    assert open_checkpoint(NOTE.encode(), KEY.verifier) == HEAD
    assert VerifierKey.parse(f"{KEY.verifier}\n") == KEY.verifier


def signed_line(key: SigningKey, text: str, key_id: bytes | None = None, spoil: bool = False) -> str:
    _, [(name, own_id, signature)] = split_note(key.sign(text).encode())
    value = (key_id or own_id) + (bytes([signature[0] ^ 1]) + signature[1:] if spoil else signature)
    return f"— {name} {base64.b64encode(value).decode()}\n"


TRAPS: dict[str, Callable[[str], str | bytes]] = {
    "CRLF": lambda note: note.replace("\n", "\r\n"),
    "BOM": lambda note: b"\xef\xbb\xbf" + note.encode(),
    "no final newline": lambda note: note[:-1],
    "two final newlines": lambda note: note + "\n",
    "no signature": lambda note: HEAD.text + "\n",
    "no blank line": lambda note: note.replace("\n\n", "\n"),
    "hyphen": lambda note: note.replace("—", "-"),
    "en dash": lambda note: note.replace("—", "–"),
    "two spaces": lambda note: note.replace("— ", "—  "),
    "trailing space": lambda note: note[:-1] + " \n",
    "tab": lambda note: note.replace("— ", "—\t"),
    "NUL": lambda note: note.replace("\n7\n", "\n7\0\n"),
    "not UTF-8": lambda note: note.encode().replace(b"\n7\n", b"\n7\xff\n"),
    "another text": lambda note: note.replace("\n7\n", "\n8\n"),
    "wrong key id": lambda note: HEAD.text + "\n" + signed_line(KEY, HEAD.text, b"\0\0\0\1"),
    "unknown key only": lambda note: OTHER.sign(HEAD.text),
    "a bad signature beside a good one": lambda note: note + signed_line(KEY, HEAD.text, spoil=True),
    "a good signature after a bad one": lambda note: (
        HEAD.text + "\n" + signed_line(KEY, HEAD.text, spoil=True) + signed_line(KEY, HEAD.text)
    ),
    "no padding": lambda note: note.rstrip("=\n") + "\n",
    "base64 with spare bits": lambda note: note[:-3] + chr(ord(note[-3]) + 1) + note[-2:],
    "urlsafe base64": lambda note: note.replace("+", "-").replace("/", "_"),
    "short signature": lambda note: HEAD.text + f"\n— {ORIGIN} AAAA\n",
    "too long": lambda note: note + f"— {OTHER.name} {'A' * 80_000}\n",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_of_notes(trap: str) -> None:
    spoilt = TRAPS[trap](NOTE)
    with pytest.raises(NoteRefused):
        open_note(spoilt if isinstance(spoilt, bytes) else spoilt.encode(), KEY.verifier)


def test_unknown_signatures_are_ignored() -> None:
    both = NOTE + signed_line(OTHER, "another text\n")
    assert open_checkpoint(both.encode(), KEY.verifier) == HEAD
    same_name = SigningKey(ORIGIN, b"\x09" * 32)
    assert open_note((NOTE + signed_line(same_name, "x\n")).encode(), KEY.verifier) == HEAD.text


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n7\n",
        f"{ORIGIN}\n7\n{'A' * 43}=\nextension\n",
        f"{ORIGIN}\n07\n{'A' * 43}=\n",
        f"{ORIGIN}\n+7\n{'A' * 43}=\n",
        f"{ORIGIN}\n-7\n{'A' * 43}=\n",
        f"{ORIGIN}\n٧\n{'A' * 43}=\n",
        f"{ORIGIN}\n{2**63}\n{'A' * 43}=\n",
        f"{ORIGIN}\n7\n{'A' * 40}\n",
        f"{ORIGIN}\n7\n{'A' * 42}B=\n",
        f"\n7\n{'A' * 43}=\n",
        f"a b\n7\n{'A' * 43}=\n",
        f"{ORIGIN}\n7\n{'A' * 43}=\n\n",
    ],
)
def test_other_spellings_of_a_checkpoint_are_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.parse(text)


def test_the_origin_is_the_key_name() -> None:
    with pytest.raises(NoteRefused, match="checkpoint of"):
        open_checkpoint(KEY.sign(Checkpoint("autre.example", 7, bytes(32)).text).encode(), KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("c74f20a3", "C74F20A3"),
        GO_KEY.rpartition("+")[0],
        GO_KEY.replace("PeterNeumann", "Peter Neumann"),
        GO_KEY + "\n\n",
        GO_KEY.replace("+ARpc", "+BRpc"),
        "",
    ],
)
def test_wrong_keys_are_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        VerifierKey.parse(text)


def test_a_wrong_private_key_is_refused() -> None:
    for secret in (GO_SECRET[8:], GO_SECRET.replace("c74f20a3", "00000000"), GO_SECRET[:-4], GO_KEY):
        with pytest.raises(NoteRefused):
            SigningKey.parse(secret)


def test_the_secret_does_not_show() -> None:
    assert "AQEBAQEB" in KEY.secret
    assert KEY.secret[-40:] not in repr(KEY) + str(KEY) + repr(KEY.verifier)


def test_a_promise_is_not_a_checkpoint() -> None:
    promise = Promise(ORIGIN, b"\7" * 32, 41, datetime(2026, 11, 21, 8, 1, tzinfo=UTC))
    key = SigningKey(promise_name(ORIGIN), b"\x03" * 32)
    note = key.sign(promise.text).encode()
    leaf = base64.b64encode(b"\7" * 32).decode()
    assert promise.text == f"{ORIGIN}/promesse\n{leaf}\n41\n2026-11-21T08:01:00Z\n"
    assert Promise.parse(open_note(note, key.verifier)) == promise
    with pytest.raises(NoteRefused):
        Checkpoint.parse(promise.text)
    with pytest.raises(NoteRefused):
        Promise.parse(HEAD.text)
    with pytest.raises(NoteRefused):
        open_note(note, KEY.verifier)


@pytest.mark.parametrize("deadline", ["2026-11-21T08:01:00", "2026-11-21T08:01:00.5Z", "2026-11-21T8:01:00Z", "x"])
def test_a_deadline_has_one_spelling(deadline: str) -> None:
    with pytest.raises(NoteRefused):
        Promise.parse(f"{ORIGIN}/promesse\n{'A' * 43}=\n41\n{deadline}\n")


@given(
    st.integers(0, 2**62),
    st.lists(st.binary(min_size=32, max_size=32), max_size=40),
    st.none() | st.binary(max_size=99),
)
def test_a_proof_file_is_read_back(index: int, path: list[bytes], extra: bytes | None) -> None:
    proof = ProofFile(index, path, NOTE.encode(), extra)
    assert ProofFile.decode(proof.encode()) == proof


@pytest.mark.parametrize(
    "head",
    ["c2sp.org/tlog-proof@v2\nindex 1", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nindex 01",
     "c2sp.org/tlog-proof@v1\nindex 1\nAAAA", "c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA"],
)  # fmt: skip
def test_other_spellings_of_a_proof_are_refused(head: str) -> None:
    with pytest.raises(NoteRefused):
        ProofFile.decode(f"{head}\n\n{NOTE}".encode())
