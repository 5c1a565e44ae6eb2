"""Two layers: what opens, what does not, and how long a sealed ballot is."""

import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from web.urne.keys import lire_feuille, nouvelle_cle, point, publique
from web.urne.sealing import (
    LAYER_BYTES,
    SEALED_BYTES,
    Unopenable,
    info_bureau,
    info_metropole,
    longueur_scellee,
    ouvrir_exterieur,
    ouvrir_interieur,
    sceller,
)

REFERENCE, SLIP, OTHER = "SC-2026-0001", bytes(range(32)), b"o" * 32
(SHEET_B, BUREAU), (SHEET_M, METROPOLE) = nouvelle_cle(), nouvelle_cle()
KEY_B, KEY_M = lire_feuille(SHEET_B, BUREAU), lire_feuille(SHEET_M, METROPOLE)


def sealed(clair: bytes = b"un bulletin " * 8) -> bytes:
    return sceller(clair, point(BUREAU), point(METROPOLE), REFERENCE, SLIP)


@given(st.binary(max_size=600))
def test_what_is_sealed_opens_and_has_one_length(clair: bytes) -> None:
    ballot = sealed(clair)
    assert len(ballot) == longueur_scellee(len(clair)) == len(clair) + SEALED_BYTES
    inner = ouvrir_exterieur(ballot, KEY_M, REFERENCE, SLIP)
    assert len(inner) == len(clair) + LAYER_BYTES
    assert ouvrir_interieur(inner, KEY_B, REFERENCE) == clair
    assert clair not in ballot or len(clair) < 3
    assert sealed(clair) != ballot


def test_info_binds_the_layer_the_scrutin_and_the_slip() -> None:
    assert info_bureau(REFERENCE) == b"registre/scrutin/1\0SC-2026-0001\0bureau"
    assert info_metropole(REFERENCE, SLIP) == b"registre/scrutin/1\0SC-2026-0001\0metropole\0" + SLIP.hex().encode()
    ballot = sealed()
    for key, reference, slip in ((KEY_M, REFERENCE, OTHER), (KEY_M, "SC-2026-0002", SLIP), (KEY_B, REFERENCE, SLIP)):
        with pytest.raises(Unopenable):
            ouvrir_exterieur(ballot, key, reference, slip)
    inner = ouvrir_exterieur(ballot, KEY_M, REFERENCE, SLIP)
    for key, reference in ((KEY_B, "SC-2026-0002"), (KEY_M, REFERENCE)):
        with pytest.raises(Unopenable):
            ouvrir_interieur(inner, key, reference)


@pytest.mark.parametrize("altered", [b"", b"\4", b"\4" + bytes(64), bytes(258), bytes(1000)])
def test_what_is_no_sealed_ballot_does_not_open(altered: bytes) -> None:
    with pytest.raises(Unopenable):
        ouvrir_exterieur(altered, KEY_M, REFERENCE, SLIP)


def test_a_bit_changed_anywhere_is_seen() -> None:
    ballot = sealed()
    for at in range(0, len(ballot), 7):
        with pytest.raises(Unopenable):
            ouvrir_exterieur(ballot[:at] + bytes([ballot[at] ^ 1]) + ballot[at + 1 :], KEY_M, REFERENCE, SLIP)


def test_it_is_rfc_9180_and_nothing_else() -> None:
    """Opened again by the RFC's own steps (DHKEM(P-256), HKDF-SHA256, AES-128-GCM, mode base, empty aad)."""
    ballot = sealed(b"un bulletin")
    inner = by_the_book(ballot, KEY_M, info_metropole(REFERENCE, SLIP))
    assert by_the_book(inner, KEY_B, info_bureau(REFERENCE)) == b"un bulletin"


def by_the_book(sealed: bytes, key: EllipticCurvePrivateKey, info: bytes) -> bytes:
    enc, ciphertext = sealed[:65], sealed[65:]
    kem, suite = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x01"
    shared = key.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), enc))
    eae = extract(b"", b"eae_prk", shared, kem)
    secret = expand(eae, b"shared_secret", enc + point(publique(key)), 32, kem)
    context = b"\0" + extract(b"", b"psk_id_hash", b"", suite) + extract(b"", b"info_hash", info, suite)
    prk = extract(secret, b"secret", b"", suite)
    nonce = expand(prk, b"base_nonce", context, 12, suite)
    return AESGCM(expand(prk, b"key", context, 16, suite)).decrypt(nonce, ciphertext, b"")


def extract(salt: bytes, label: bytes, ikm: bytes, suite: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(prk: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), length, labeled).derive(prk)
