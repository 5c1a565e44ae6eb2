"""Salted disclosures, keys that go, a wrong master key."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

import pytest

from domain.ledger.vault import Vault, WrongMasterKey, disclosed
from tests.ledger.acts import Deposited

EVENT = Deposited(reference="E-1", texte="bonjour", prenom="Zoé")


def test_each_field_has_its_own_salt_and_opens() -> None:
    vault = Vault(b"k" * 32)
    keys, fields = vault.seal(EVENT)
    assert sorted(key.scope for key in keys) == ["auteur", "contribution"]
    wrapped = {key.key_id: key.wrapped for key in keys}
    opened = [vault.open(f.key_id, wrapped[f.key_id], f.digest, f.sealed) for f in fields]
    assert dict(map(disclosed, opened)) == {"texte": "bonjour", "prenom": "Zoé"}
    for field, disclosure in zip(fields, opened, strict=True):
        digest = urlsafe_b64encode(hashlib.sha256(disclosure).digest()).rstrip(b"=").decode()
        salt = json.loads(urlsafe_b64decode(disclosure + b"=="))[0]
        assert field.digest == digest and len(urlsafe_b64decode(salt + "==")) == 16


def test_the_same_value_never_has_the_same_digest() -> None:
    vault = Vault(b"k" * 32)
    digests = {field.digest for _ in range(50) for field in vault.seal(EVENT)[1]}
    assert len(digests) == 100


def test_absent_values_are_not_committed_to() -> None:
    keys, fields = Vault(b"k" * 32).seal(Deposited(reference="E-1", texte="bonjour"))
    assert [key.scope for key in keys] == ["contribution"] and len(fields) == 1


def test_another_master_key_opens_nothing() -> None:
    keys, fields = Vault(b"k" * 32).seal(EVENT)
    wrapped = {key.key_id: key.wrapped for key in keys}
    with pytest.raises(WrongMasterKey):
        Vault(b"j" * 32).open(fields[0].key_id, wrapped[fields[0].key_id], fields[0].digest, fields[0].sealed)


DAMAGES = (lambda b: b"", lambda b: b[:5], lambda b: b[:-1], lambda b: b + b"x", lambda b: b[::-1])


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_bytes_open_nothing(damage: Callable[[bytes], bytes]) -> None:
    vault = Vault(b"k" * 32)
    keys, fields = vault.seal(EVENT)
    field, wrapped = fields[0], {key.key_id: key.wrapped for key in keys}
    with pytest.raises(WrongMasterKey):
        vault.open(field.key_id, wrapped[field.key_id], field.digest, damage(field.sealed))
    with pytest.raises(WrongMasterKey):
        vault.open(field.key_id, damage(wrapped[field.key_id]), field.digest, field.sealed)
