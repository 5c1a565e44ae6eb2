"""Tiles' names, roots and proofs against the definitions of RFC 9162 and foreign vectors."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.merkle import (
    EMPTY_ROOT,
    ENTRIES,
    BadProof,
    Tile,
    consistency_proof,
    inclusion_proof,
    path_tiles,
    root_of,
    sibling_sides,
    tiles_of,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from tests.journal.trees import leaves, naive_consistency, naive_path, naive_root, naive_tiles, reader

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "tlog" / "merkle_vectors.json"
LIMITS = (255, 256, 257, 65_535, 65_536, 65_537)


def cases(kind: str) -> list[Any]:
    if not VECTORS.is_file():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"vectors absent: {VECTORS}"))]
    return [pytest.param(case, id=name) for name, case in json.loads(VECTORS.read_text())[kind].items()]


def hashes(values: list[str] | None) -> list[bytes]:
    return [base64.b64decode(value) for value in values or []]


@pytest.mark.parametrize("case", cases("inclusion"))
def test_foreign_inclusion_vectors(case: dict[str, Any]) -> None:
    leaf, root = hashes([case["leafHash"], case["root"]])
    arguments = case["leafIdx"], case["treeSize"], leaf, hashes(case["proof"]), root
    if case["wantErr"]:
        with pytest.raises(BadProof):
            verify_inclusion(*arguments)
    else:
        verify_inclusion(*arguments)


@pytest.mark.parametrize("case", cases("consistency"))
def test_foreign_consistency_vectors(case: dict[str, Any]) -> None:
    before, after = hashes([case["root1"], case["root2"]])
    arguments = case["size1"], case["size2"], before, after, hashes(case["proof"])
    if case["wantErr"]:
        with pytest.raises(BadProof):
            verify_consistency(*arguments)
    else:
        verify_consistency(*arguments)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_proofs_equal_the_naive_ones(data: st.DataObject) -> None:
    size = data.draw(st.one_of(st.integers(1, 20), st.integers(1, 700)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    all_leaves = leaves(size)
    read, root = reader(all_leaves), naive_root(all_leaves)
    assert tree_root(read, size) == root_of(all_leaves) == root
    path = inclusion_proof(read, index, size)
    assert path == naive_path(index, all_leaves)
    assert len(sibling_sides(index, size)) == len(path)
    verify_inclusion(index, size, all_leaves[index], path, root)
    proof = consistency_proof(read, old, size)
    assert proof == naive_consistency(old, all_leaves)
    verify_consistency(old, size, naive_root(all_leaves[:old]), root, proof)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_changed_proof_is_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    all_leaves = leaves(size)
    read, root = reader(all_leaves), naive_root(all_leaves)
    path, proof = inclusion_proof(read, index, size), consistency_proof(read, old, size)
    other = data.draw(st.integers(0, len(path) - 1))
    path[other] = bytes([path[other][0] ^ 1]) + path[other][1:]
    with pytest.raises(BadProof):
        verify_inclusion(index, size, all_leaves[index], path, root)
    for wrong in ([*proof, root], proof[1:], [*proof[:-1], bytes(32)]):
        with pytest.raises(BadProof):
            verify_consistency(old, size, naive_root(all_leaves[:old]), root, wrong)


def test_sizes_around_a_full_tile() -> None:
    everything = leaves(max(LIMITS))
    for size in LIMITS:
        read, root = reader(everything[:size]), naive_root(everything[:size])
        assert tree_root(read, size) == root
        assert list(tiles_of(size)) == [
            Tile(level, index, len(row) // 32) for (level, index), row in naive_tiles(everything[:size]).items()
        ]
        for index in (0, 254, 255, 256, 65_534, 65_535, 65_536):
            if index < size:
                verify_inclusion(index, size, everything[index], inclusion_proof(read, index, size), root)
        for old in (1, 255, 256, 257, 65_535, 65_536, 65_537):
            if old <= size:
                before = tree_root(read, old)
                assert before == naive_root(everything[:old])
                verify_consistency(old, size, before, root, consistency_proof(read, old, size))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_proof_reads_only_the_tiles_that_were_announced(data: st.DataObject) -> None:
    size = data.draw(st.sampled_from([*LIMITS[:3], 511, 1000, 5000]))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    tiles = naive_tiles(leaves(size))

    def prove(about: int) -> None:
        announced = path_tiles(about, size)

        def read(level: int, number: int) -> bytes:
            assert (level, number) in announced
            return tiles[level, number]

        tree_root(read, size)
        inclusion_proof(read, about, size)
        consistency_proof(read, about + 1, size)
        tree_root(read, about + 1)

    prove(index)
    prove(old - 1)


def test_traps() -> None:
    four = leaves(4)
    root, read = naive_root(four), reader(four)
    with pytest.raises(BadProof):
        verify_inclusion(4, 4, four[0], naive_path(0, four), root)
    with pytest.raises(BadProof):
        verify_inclusion(0, 4, four[0], [four[1][:31], naive_path(0, four)[1]], root)
    with pytest.raises(BadProof):
        verify_consistency(4, 4, root, root, [root])
    with pytest.raises(BadProof):
        verify_consistency(0, 4, EMPTY_ROOT, root, [])
    with pytest.raises(BadProof):
        verify_consistency(4, 4, root, naive_root(leaves(4, "x")), [])
    with pytest.raises(BadProof):
        inclusion_proof(read, 4, 4)
    with pytest.raises(BadProof):
        inclusion_proof(read, 0, 5)  # the tiles hold four leaves only
    assert tree_root(read, 0) == root_of([]) == EMPTY_ROOT


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", Tile(0, 0)),
        ("0/x001/067", Tile(0, 1067)),
        ("63/x001/x234/067.p/8", Tile(63, 1_234_067, 8)),
        ("entries/x001/000.p/255", Tile(ENTRIES, 1000, 255)),
    ],
)
def test_paths_of_tiles(path: str, tile: Tile) -> None:
    assert (Tile.parse(path), tile.path) == (tile, path)


@given(st.integers(-1, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_every_path_is_read_back(level: int, index: int, width: int) -> None:
    assert Tile.parse(Tile(level, index, width).path) == Tile(level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        *("0/0", "0/00", "0/0000", "00/000", "64/000", "-1/000", "0/1067", "0/001/067", "0/x01/067", "0/x000/067"),
        *("0/X001/067", "0/x001/x067", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/-1", "0/000.p", "0/000/"),
        *(
            "0//000",
            "entries",
            "entries/",
            "Entries/000",
            "0/٠٠٠",
            "0/000\n",
            "0/000.p/1/",
            "../0/000",
            "0/000.p/1.p/1",
        ),
    ],
)
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="tile"):
        Tile.parse(path)


def test_spans() -> None:
    assert Tile(0, 2).span == (512, 768)
    assert Tile(1, 0, 3).span == (0, 768)
    assert Tile(ENTRIES, 1, 4).span == (256, 260)
