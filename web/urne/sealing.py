"""A ballot sealed twice with HPKE (RFC 9180): the inner layer for the bureau, the outer one for the métropole.

The voting page seals the same way (`@hpke/core`): P-256, HKDF-SHA256, AES-128-GCM, base mode, no associated data;
a layer is `enc || ct`, 81 bytes longer than what it holds. `info` binds a layer to its scrutin, the outer one also
to the slip, so that a ballot copied under another slip does not open.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
ENC_BYTES: Final = 65
LAYER_BYTES: Final = ENC_BYTES + 16
SEALED_BYTES: Final = 2 * LAYER_BYTES  # what two layers add to a ballot


class Unopenable(Exception):
    """A layer does not open: sealed for somebody else, for another slip or scrutin, altered, or not sealed at all."""


def longueur_scellee(longueur: int) -> int:
    """Bytes of a sealed ballot whose padded text has `longueur` bytes."""
    return longueur + SEALED_BYTES


def info_bureau(reference: str) -> bytes:
    """`info` of the inner layer."""
    return b"registre/scrutin/1\0" + reference.encode() + b"\0bureau"


def info_metropole(reference: str, credential: bytes) -> bytes:
    """`info` of the outer layer; the credential in lower-case hexadecimal."""
    return b"registre/scrutin/1\0" + reference.encode() + b"\0metropole\0" + credential.hex().encode()


def sceller(clair: bytes, cle_bureau: bytes, cle_metropole: bytes, reference: str, credential: bytes) -> bytes:
    """The ballot, sealed for the bureau then for the métropole; keys are uncompressed P-256 points (65 bytes)."""
    inner = SUITE.encrypt(clair, _public(cle_bureau), info_bureau(reference))
    return SUITE.encrypt(inner, _public(cle_metropole), info_metropole(reference, credential))


def ouvrir_exterieur(scelle: bytes, cle: EllipticCurvePrivateKey, reference: str, credential: bytes) -> bytes:
    """The inner layer, with the métropole's key. Raises Unopenable."""
    return _open(scelle, cle, info_metropole(reference, credential))


def ouvrir_interieur(scelle: bytes, cle: EllipticCurvePrivateKey, reference: str) -> bytes:
    """The padded ballot, with the bureau's key. Raises Unopenable."""
    return _open(scelle, cle, info_bureau(reference))


def _open(sealed: bytes, key: EllipticCurvePrivateKey, info: bytes) -> bytes:
    try:
        return SUITE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError) as error:  # ValueError: the first bytes are no point of the curve
        raise Unopenable from error


def _public(point: bytes) -> EllipticCurvePublicKey:
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
