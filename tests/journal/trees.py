"""Trees as RFC 9162 defines them, by recursion: slow, plain, and independent of what they test."""

import hashlib
from collections.abc import Sequence

from projections.merkle import WIDTH, Reader


def leaves(count: int, salt: str = "") -> list[bytes]:
    return [hashlib.sha256(f"{salt}{number}".encode()).digest() for number in range(count)]


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def naive_root(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = split(len(hashes))
    return node(naive_root(hashes[:k]), naive_root(hashes[k:]))


def naive_path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return [*naive_path(index, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(index - k, hashes[k:]), naive_root(hashes[:k])]


def naive_consistency(old: int, hashes: Sequence[bytes], known: bool = True) -> list[bytes]:
    if old == len(hashes):
        return [] if known else [naive_root(hashes)]
    k = split(len(hashes))
    if old <= k:
        return [*naive_consistency(old, hashes[:k], known), naive_root(hashes[k:])]
    return [*naive_consistency(old - k, hashes[k:], False), naive_root(hashes[:k])]


def naive_tiles(hashes: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """Every tile by the definition of the n-th tile of a level: 256 tree hashes of 256**level leaves each."""
    tiles: dict[tuple[int, int], bytes] = {}
    row, level = list(hashes), 0
    while row:
        for index in range(0, len(row), WIDTH):
            tiles[level, index // WIDTH] = b"".join(row[index : index + WIDTH])
        whole = len(row) // WIDTH * WIDTH
        row = [naive_root(row[i : i + WIDTH]) for i in range(0, whole, WIDTH)]
        level += 1
    return tiles


def reader(hashes: Sequence[bytes]) -> Reader:
    tiles = naive_tiles(hashes)
    return lambda level, index: tiles.get((level, index), b"")
