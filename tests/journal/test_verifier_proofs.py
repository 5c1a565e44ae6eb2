"""The verifier's Ed25519, inclusion and consistency checks, against published vectors."""

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.journal.bundle import consistency, inclusion, leaf, root
from web.journal.verifier import (
    ORDER,
    Fault,
    P,
    ed25519_verify,
    tile_path,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parents[3] / "shared/data/tlog/merkle_vectors.json"

# RFC 8032, section 7.1: public key, message, signature of TEST 1, 2, 3 and SHA(abc).
RFC8032 = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
     "655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
     "b00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
     "c027beceea1ec40a"),
    ("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
     "2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17a"
     "d9bef1177331a704"),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), RFC8032)
def test_rfc8032(public: str, message: str, signature: str) -> None:
    key, text, value = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    ed25519_verify(key, text, value)
    for bad in (value[:31] + bytes([value[31] ^ 1]) + value[32:], bytes([value[0] ^ 1]) + value[1:], value[:-1]):
        with pytest.raises(Fault):
            ed25519_verify(key, text, bad)
    with pytest.raises(Fault):
        ed25519_verify(key, text + b"x", value)


def test_ed25519_agrees_with_another_implementation() -> None:
    draw = random.Random(5)
    for size in range(0, 200, 20):
        private = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
        message = draw.randbytes(size)
        ed25519_verify(private.public_key().public_bytes_raw(), message, private.sign(message))


def test_ed25519_refuses_every_other_encoding() -> None:
    public, message, signature = (bytes.fromhex(part) for part in RFC8032[1])
    s = int.from_bytes(signature[32:], "little")
    with pytest.raises(Fault, match="S trop grand"):
        ed25519_verify(public, message, signature[:32] + (s + ORDER).to_bytes(32, "little"))
    for point in (P + 1, P, 2**255 - 1, 1 | 1 << 255):
        with pytest.raises(Fault, match="non canonique"):
            ed25519_verify(point.to_bytes(32, "little"), message, signature)
    with pytest.raises(Fault, match="hors de la courbe"):
        ed25519_verify((2).to_bytes(32, "little"), message, signature)
    # With the identity as key and as R, S = 0 satisfies the equation for every message.
    identity = (1).to_bytes(32, "little")
    for small in (identity, (P - 1).to_bytes(32, "little"), bytes(32)):
        with pytest.raises(Fault, match="petit ordre"):
            ed25519_verify(small, message, identity + bytes(32))


def vectors(kind: str) -> list[Any]:
    if not VECTORS.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="merkle_vectors.json is not beside the project"))]
    return [pytest.param(case, id=name) for name, case in json.loads(VECTORS.read_text())[kind].items()]


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def accepted(check: Any, *arguments: Any) -> bool:
    try:
        check(*arguments)
    except Fault:
        return False
    return True


@pytest.mark.parametrize("case", vectors("inclusion"))
def test_inclusion_vectors(case: dict[str, Any]) -> None:
    proof = [raw(text) for text in case["proof"] or []]
    good = accepted(
        verify_inclusion, case["leafIdx"], case["treeSize"], raw(case["leafHash"]), proof, raw(case["root"])
    )
    assert good is not case["wantErr"]


@pytest.mark.parametrize("case", vectors("consistency"))
def test_consistency_vectors(case: dict[str, Any]) -> None:
    proof = [raw(text) for text in case["proof"] or []]
    good = accepted(verify_consistency, case["size1"], case["size2"], raw(case["root1"]), raw(case["root2"]), proof)
    assert good is not case["wantErr"]


LEAVES = [leaf(bytes([number])) for number in range(40)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33, 40])
def test_inclusion_of_every_leaf(size: int) -> None:
    leaves = LEAVES[:size]
    top = root(leaves)
    for index in range(size):
        proof = inclusion(index, leaves)
        verify_inclusion(index, size, leaves[index], proof, top)
        spoiled = [
            (index, size, leaves[index], [*proof, top], top),
            (index, size, leaves[index], [*proof, b""], top),
            (index + size, size, leaves[index], proof, top),
            (-1, size, leaves[index], proof, top),
            (index, size, leaves[index][:31], proof, top),
            (index, size, leaves[index], proof, top[:31]),
        ]
        if proof:
            spoiled += [
                (index, size, leaves[index], proof[:-1], top),
                (index, size, leaves[index], proof[1:], top),
                (index, size, leaves[index], [proof[0][:31], *proof[1:]], top),
                (index ^ 1, size, leaves[index], proof, top),
            ]
        assert not any(accepted(verify_inclusion, *arguments) for arguments in spoiled)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33, 40])
def test_consistency_from_every_size(size: int) -> None:
    leaves = LEAVES[:size]
    top = root(leaves)
    for old in range(1, size + 1):
        before, proof = root(leaves[:old]), consistency(old, leaves)
        verify_consistency(old, size, before, top, proof)
        spoiled = [
            (old, size, before, top, [*proof, top]),
            (old, size, top[::-1], top, proof),
            (old, size, before, before[::-1], proof),
            (size + 1, size, before, top, proof),
            (old, size, before[:31], top, proof),
            (0, size, before, top, proof),
        ]
        if proof:
            spoiled += [(old, size, before, top, proof[:-1]), (old, size, before, top, [proof[0][:31], *proof[1:]])]
        assert not any(accepted(verify_consistency, *arguments) for arguments in spoiled)
    empty = root([])
    for proof in ([], [top], [empty]):
        assert not accepted(verify_consistency, 0, size, empty, top, proof)
        assert not accepted(verify_consistency, 0, 0, empty, empty, proof)


def test_tile_paths() -> None:
    assert tile_path(0, 67) == "tile/0/067"
    assert tile_path("entries", 1067) == "tile/entries/x001/067"
    assert tile_path(2, 1234067) == "tile/2/x001/x234/067"
