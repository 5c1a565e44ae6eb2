"""The bytes of a leaf: RFC 8785 form, NFC, both dates, digests, size."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.entry import EntryTooLarge, decode_entry, encode_entry, leaf_hash, recorded
from domain.ledger.event import UPCASTS, UnknownEvent, decode_event
from tests.ledger.acts import Counted, Deposited

AT = "2026-11-21T08:00:00Z"


def encode(event: Counted | Deposited, digests: tuple[str, ...] = ()) -> bytes:
    return encode_entry(event, "essai/2026", "essais/1", 1, AT, digests)


def test_bytes_are_pinned() -> None:
    state = encode(Counted(n=3, note="été", survenu_le=date(2026, 3, 1), regle="essai"), ("b", "a"))
    assert state == (
        b'{"_sd":["a","b"],"_sd_alg":"sha-256","d":{"n":3,"note":"\xc3\xa9t\xc3\xa9"},"e":"essai/Counted/1",'
        b'"enregistre_le":"2026-11-21T08:00:00Z","n":1,"o":"essai/2026","r":"essai","s":"essais/1",'
        b'"survenu_le":"2026-03-01","v":1}'
    )
    assert leaf_hash(state) == hashlib.sha256(b"\0" + state).digest()


def test_what_is_written_is_read() -> None:
    event = Counted(n=3, note="x", survenu_le=date(2026, 3, 1), regle="essai")
    fact = recorded(7, encode(event))
    assert (fact.position, fact.stream, fact.version, fact.event) == (7, "essais/1", 1, event)
    assert fact.recorded_at == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_erasable_values_are_not_in_the_entry() -> None:
    state = encode(Deposited(reference="E-1", texte="mon voisin Paul", prenom="Zoé"), ("x" * 43,))
    assert "Paul" not in state.decode() and "Zoé" not in state.decode()
    assert recorded(1, state).event == Deposited(reference="E-1", survenu_le=datetime(2026, 11, 21, 8, tzinfo=UTC))


@given(st.text(max_size=200), st.integers(-(2**53) + 1, 2**53 - 1))
def test_entry_equals_its_canonical_form(note: str, n: int) -> None:
    state = encode(Counted(n=n, note=note))
    assert rfc8785.dumps(json.loads(state)) == state
    assert encode(Counted(n=n, note=json.loads(state)["d"]["note"])) == state


def test_nfd_becomes_nfc() -> None:
    assert encode(Counted(n=1, note="e\u0301te\u0301")) == encode(Counted(n=1, note="été"))


def test_an_entry_has_at_most_16_kib() -> None:
    with pytest.raises(EntryTooLarge):
        encode(Counted(n=1, note="x" * 17_000))


def test_unknown_topics_are_named() -> None:
    with pytest.raises(UnknownEvent, match="essai/Never/1"):
        decode_event("essai/Never/1", b"{}")


def test_older_payloads_are_read_as_current_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UPCASTS, "essai/Counted/0", lambda d: ("essai/Counted/1", {"n": d["nombre"], "note": ""}))
    assert decode_event("essai/Counted/0", b'{"nombre":4}') == Counted(n=4)


def test_decoded_entry_shows_its_fields() -> None:
    entry = decode_entry(encode(Counted(n=1), ("z" * 43,)))
    assert (entry.o, entry.s, entry.n, entry.sd, entry.sd_alg) == ("essai/2026", "essais/1", 1, ("z" * 43,), "sha-256")
