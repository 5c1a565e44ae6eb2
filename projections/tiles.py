"""Hash tiles: grown from the entries, one leaf at a time or many (C2SP tlog-tiles)."""

from collections.abc import Iterable, Sequence

from domain.ledger.entry import leaf_hash
from domain.ledger.event import Recorded
from projections.merkle import EMPTY_ROOT, FULL, HASH, HEIGHT, WIDTH, Tile, fold, node_hash
from projections.rows import Batch, Key, Projection, Row, Rows


class TileGrower:
    """The right edge of a tree: feed leaf hashes from `size` on, take the tiles that changed.

    `edges` are the unfinished rows of the tree so far, lowest level first (empty where a row is whole).
    """

    def __init__(self, size: int = 0, edges: Sequence[bytes] = ()) -> None:
        self.size = size
        self.rows = list(edges)
        for level, row in enumerate(self.rows):
            if len(row) != (size >> HEIGHT * level) % WIDTH * HASH:
                raise ValueError(f"level {level} of a tree of {size} leaves does not end with {len(row)} bytes")
        if size >> HEIGHT * len(self.rows):
            raise ValueError(f"{len(self.rows)} levels are too few for {size} leaves")

    def append(self, leaves: Iterable[bytes]) -> dict[tuple[int, int], bytes]:
        """Adds leaf hashes in order. Returns the tiles that changed, by level and index, as they now are."""
        changed: dict[tuple[int, int], bytes] = {}
        hashes, done = b"".join(leaves), 0
        while done < len(hashes):
            room = FULL - (len(self.rows[0]) if self.rows else 0)
            self._push(0, hashes[done : done + room], changed)
            self.size += min(room, len(hashes) - done) // HASH
            done += room
        return changed

    def _push(self, level: int, hashes: bytes, changed: dict[tuple[int, int], bytes]) -> None:
        """Lengthens a row that has room for these hashes; a row that becomes whole is folded into the next."""
        if level == len(self.rows):
            self.rows.append(b"")
        row = self.rows[level] + hashes
        changed[level, self.size >> HEIGHT * (level + 1)] = row
        if len(row) < FULL:
            self.rows[level] = row
            return
        self.rows[level] = b""
        self._push(level + 1, fold(row), changed)

    def root(self) -> bytes:
        """Root of the tree so far."""
        root = b""
        for row in self.rows:
            for height in range(HEIGHT):  # the perfect subtrees of an unfinished row, smallest (rightmost) first
                if len(row) // HASH >> height & 1:
                    end = len(row) // HASH >> height << height
                    peak = fold(row[(end - (1 << height)) * HASH : end * HASH])
                    root = node_hash(peak, root) if root else peak
        return root or EMPTY_ROOT


def edge_tiles(size: int) -> list[Tile | None]:
    """The unfinished tile of each level of a tree, lowest first; None where the row is whole."""
    found: list[Tile | None] = []
    while hashes := size >> HEIGHT * len(found):
        index, width = divmod(hashes, WIDTH)
        found.append(Tile(len(found), index, width) if width else None)
    return found


def tile_number(level: int, index: int) -> int:
    """Key of a tile in the table."""
    return level << 48 | index


class TileRow(Row):
    """One tile as far as it is filled."""

    TABLE = "tiles"
    KEY = "number"

    number: int
    hashes: bytes


class Tiles(Projection):
    """Every hash tile of the log. Takes every event, whatever its kind."""

    NAME = "tiles"
    ROWS = (TileRow,)

    def wanted(self, batch: Batch) -> Iterable[tuple[type[Row], Key]]:
        """The unfinished tiles of the tree as it was before the batch: those that its leaves lengthen."""
        edges = edge_tiles(batch.facts[0].position - 1) if batch.facts else []
        return [(TileRow, tile_number(tile.level, tile.index)) for tile in edges if tile is not None]

    def apply_all(self, facts: Sequence[Recorded], entries: Sequence[bytes], rows: Rows) -> None:
        """Appends the leaves' hashes to the right edge. Raises ValueError when that edge is not whole."""
        size = facts[0].position - 1
        grower = TileGrower(size, [_stored(rows, tile) for tile in edge_tiles(size)])
        for (level, index), hashes in grower.append(map(leaf_hash, entries)).items():
            rows.put(TileRow(number=tile_number(level, index), hashes=hashes))


def _stored(rows: Rows, tile: Tile | None) -> bytes:
    row = rows.get(TileRow, tile_number(tile.level, tile.index)) if tile is not None else None
    return row.hashes if row is not None else b""
