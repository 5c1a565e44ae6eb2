"""Digests of the urn, as the register writes them: lower-case hexadecimal SHA-256 of pieces put end to end.

| In the register | Pieces, sorted |
|---|---|
| `BilletsCrees.empreinte`, `ScrutinClos.empreinte_utilises` | credentials, 32 bytes each |
| `UrneRelevee.empreintes` | (each) the SHA-256 of one sealed ballot |
| `ScrutinClos.empreinte_urne` | SHA-256 of each sealed ballot, 32 bytes each: the readings put together |
| `CoucheOuverte.empreinte`, métropole | inner layers, as they came out |
| `CoucheOuverte.empreinte`, bureau | a salt that only the urn knows, then the padded texts |
"""

import hashlib
from collections.abc import Iterable


def sha256(piece: bytes) -> bytes:
    """32 bytes."""
    return hashlib.sha256(piece).digest()


def empreinte(pieces: Iterable[bytes], sel: bytes = b"") -> str:
    """Digest of these pieces once sorted, after the salt."""
    return hashlib.sha256(sel + b"".join(sorted(pieces))).hexdigest()


def empreinte_urne(scelles: Iterable[bytes]) -> str:
    """Digest of an urn: anyone computes it from the readings."""
    return empreinte(map(sha256, scelles))
