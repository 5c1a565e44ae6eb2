"""Merkle trees over tiles: where tiles are, roots, proofs and their verification (RFC 9162 §2.1, C2SP tlog-tiles).

Hashes are 32 bytes. A reader gives the hashes of a tile, side by side, by its level and index; a partial tile may
hold more than the tree needs. Nothing here touches a database: `path_tiles` says what a proof will read.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

WIDTH = 256
HEIGHT = 8
HASH = 32
FULL = WIDTH * HASH
ENTRIES = -1
EMPTY_ROOT = hashlib.sha256(b"").digest()

Reader = Callable[[int, int], bytes]

_LEVEL = re.compile(r"0|[1-9]|[1-5][0-9]|6[0-3]")
_INDEX = re.compile(r"((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class BadProof(Exception):
    """The proof does not prove it; the message says why (English, for logs)."""


class Tile(msgspec.Struct, frozen=True):
    """A tile or, at level ENTRIES, a bundle of entries; `width` hashes from 1 to 256."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """`0/x001/067.p/12`, `entries/000`: what follows `tile/`."""
        groups = f"{self.index:03d}"
        groups = groups.zfill(-(-len(groups) // 3) * 3)
        parts = [groups[i : i + 3] for i in range(0, len(groups), 3)]
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return "/".join([level, *(f"x{part}" for part in parts[:-1]), parts[-1]]) + partial

    @property
    def span(self) -> tuple[int, int]:
        """First leaf index that the tile covers, and the one after the last."""
        each = 1 << HEIGHT * max(self.level, 0)
        return self.index * WIDTH * each, (self.index * WIDTH + self.width) * each

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """The only spelling of a tile's path, or ValueError."""
        level, _, rest = path.partition("/")
        found = _INDEX.fullmatch(rest)
        if found is None or len(rest) > 40 or not (level == "entries" or _LEVEL.fullmatch(level)):
            raise ValueError(f"not a tile: {path!r}")
        index = int((found[1] + found[2]).replace("x", "").replace("/", ""))
        tile = cls(ENTRIES if level == "entries" else int(level), index, int(found[3] or WIDTH))
        if tile.path != path:
            raise ValueError(f"not the path of a tile: {path!r}")
        return tile


def tiles_of(size: int) -> Iterable[Tile]:
    """Every hash tile of a tree, the partial ones as wide as it makes them."""
    level = 0
    while hashes := size >> HEIGHT * level:
        for index in range(-(-hashes // WIDTH)):
            yield Tile(level, index, min(WIDTH, hashes - index * WIDTH))
        level += 1


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(row: bytes) -> bytes:
    """Root of a perfect subtree, from its hashes side by side (their number is a power of two)."""
    sha = hashlib.sha256
    while len(row) > HASH:
        row = b"".join([sha(b"\x01" + row[i : i + 2 * HASH]).digest() for i in range(0, len(row), 2 * HASH)])
    return row


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Root of the tree with these leaf hashes (RFC 9162, 2.1.1)."""
    peaks: list[tuple[int, bytes]] = []
    for value in hashes:
        width = 1
        while peaks and peaks[-1][0] == width:
            value, width = node_hash(peaks.pop()[1], value), 2 * width
        peaks.append((width, value))
    root = peaks.pop()[1] if peaks else EMPTY_ROOT
    while peaks:
        root = node_hash(peaks.pop()[1], root)
    return root


def range_root(read: Reader, start: int, end: int) -> bytes:
    """Root of the leaves `start..end-1`, where `start` is a multiple of the power of two that holds them."""
    if start == end:
        return EMPTY_ROOT
    pieces = []
    while start < end:
        height = (end - start).bit_length() - 1
        pieces.append(_node(read, height, start >> height))
        start += 1 << height
    root = pieces.pop()
    while pieces:
        root = node_hash(pieces.pop(), root)
    return root


def tree_root(read: Reader, size: int) -> bytes:
    """Root of the first `size` leaves."""
    return range_root(read, 0, size)


def _node(read: Reader, height: int, index: int) -> bytes:
    """Root of the perfect subtree of 2**height leaves that is the `index`-th of its kind."""
    level, within = divmod(height, HEIGHT)
    first = index << within
    tile, offset = divmod(first, WIDTH)
    row = read(level, tile)[offset * HASH : (offset + (1 << within)) * HASH]
    if len(row) != HASH << within:
        raise BadProof(f"tile {level}/{tile} lacks hashes {offset}..{offset + (1 << within) - 1}")
    return fold(row)


def path_tiles(index: int, size: int) -> set[tuple[int, int]]:
    """Levels and indexes of the tiles that any proof about this leaf, or any root up to `size`, reads."""
    found, level = set(), 0
    while size >> HEIGHT * level:
        below = HEIGHT * (level + 1)
        found.add((level, (size >> HEIGHT * level) - 1 >> HEIGHT))
        if index >> below <= (size >> HEIGHT * level) - 1 >> HEIGHT:
            found.add((level, index >> below))
        level += 1
    return found


def _descend(index: int, size: int, stop: int) -> tuple[list[tuple[bool, int, int]], int, int]:
    """Steps from the root to the subtree that ends at `stop` on the path to this leaf: (sibling is on the
    left, its first leaf, the one after its last), and the bounds of that subtree."""
    steps, start, end = [], 0, size
    while end != stop and end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            steps.append((False, middle, end))
            end = middle
        else:
            steps.append((True, start, middle))
            start = middle
    return steps, start, end


def inclusion_proof(read: Reader, index: int, size: int) -> list[bytes]:
    """Hashes from the leaf's sibling up to the root's child (RFC 9162, 2.1.3.1). Raises BadProof out of range."""
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    steps, _, _ = _descend(index, size, -1)
    return [range_root(read, start, end) for _, start, end in reversed(steps)]


def consistency_proof(read: Reader, old: int, size: int) -> list[bytes]:
    """Proof that the tree of `size` leaves begins with that of `old` (RFC 9162, 2.1.4.1); never from 0."""
    if not 0 < old <= size:
        raise BadProof(f"no consistency from {old} to {size}")
    steps, start, end = _descend(old - 1, size, old)
    seed = [range_root(read, start, end)] if start else []
    return seed + [range_root(read, first, last) for _, first, last in reversed(steps)]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """The leaf hash stands at `index` in the tree with this root; raises BadProof."""
    _check_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    sides = sibling_sides(index, size)
    if len(sides) != len(proof):
        raise BadProof(f"{len(proof)} hashes instead of {len(sides)}")
    value = leaf
    for left, sibling in zip(sides, proof, strict=True):
        value = node_hash(sibling, value) if left else node_hash(value, sibling)
    if value != root:
        raise BadProof("the path leads to another root")


def sibling_sides(index: int, size: int) -> list[bool]:
    """For each hash of an inclusion proof, whether it stands on the left."""
    return [left for left, _, _ in reversed(_descend(index, size, -1)[0])]


def verify_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """The tree of `size` leaves begins with that of `old`; raises BadProof, also from 0, which proves nothing."""
    _check_hashes(old_root, root, *proof)
    if not 0 < old <= size:
        raise BadProof(f"no consistency from {old} to {size}")
    steps, start, _ = _descend(old - 1, size, old)
    path = list(proof) if start else [old_root, *proof]
    if len(path) != len(steps) + 1:
        raise BadProof(f"{len(proof)} hashes instead of {len(steps) + bool(start)}")
    before = after = path[0]
    for (left, _, _), sibling in zip(reversed(steps), path[1:], strict=True):
        if left:
            before = node_hash(sibling, before)
        after = node_hash(sibling, after) if left else node_hash(after, sibling)
    if before != old_root or after != root:
        raise BadProof("the two roots do not belong to one growing tree")


def _check_hashes(*values: bytes) -> None:
    if any(len(value) != HASH for value in values):
        raise BadProof("a hash is not 32 bytes long")
