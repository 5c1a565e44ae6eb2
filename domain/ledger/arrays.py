"""One-dimensional arrays as PostgreSQL reads them in binary, packed at once: the driver looks at every cell."""

from collections.abc import Iterable, Sequence
from struct import Struct

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_BYTEA, _INT8, _INT4, _TEXT, _UUID = 17, 20, 23, 25, 2950  # pg_type.oid
_HEAD, _LENGTH = Struct("!iiIii"), Struct("!i")
_BIGINT, _INT = Struct("!iq"), Struct("!ii")


class Array:
    """What is sent: one dimension, no null, the type of its cells, how many there are, from 1; then each cell."""

    __slots__ = ("data",)

    def __init__(self, oid: int, size: int, cells: Iterable[bytes]) -> None:
        self.data = _HEAD.pack(1, 0, oid, size, 1) + b"".join(cells)


def blobs(values: Sequence[bytes], oid: int = _BYTEA) -> Array:
    """`bytea[]`, or the array of another type whose binary form these bytes are."""
    length = _LENGTH.pack
    return Array(oid, len(values), [length(len(value)) + value for value in values])


def texts(values: Sequence[str]) -> Array:
    """`text[]`."""
    return blobs([value.encode() for value in values], _TEXT)


def uuids(values: Sequence[bytes]) -> Array:
    """`uuid[]`, of 16 bytes each."""
    return blobs(values, _UUID)


def bigints(values: Sequence[int]) -> Array:
    """`bigint[]`."""
    return Array(_INT8, len(values), [_BIGINT.pack(8, value) for value in values])


def ints(values: Sequence[int]) -> Array:
    """`int[]`."""
    return Array(_INT4, len(values), [_INT.pack(4, value) for value in values])


class _Dumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> Buffer:
        return obj.data


psycopg.adapters.register_dumper(Array, _Dumper)
