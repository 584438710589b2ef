"""Vectors that need not lie in memory: rows read in blocks, from arrays or from memory-mapped shards of 16-bit ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices, Vectors

ROWS_AT_ONCE = 4096
Halves = NDArray[np.float16]


class Rows(Protocol):
    """Vectors (items, dim) that are read by a slice or by positions; an array is such, and so is `ShardedRows`."""

    @property
    def shape(self) -> tuple[Any, ...]:
        """Return (items, dim)."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, places: Any, /) -> Any: ...


@dataclass(frozen=True)
class Column:
    """Neighbouring numbers of every row of a shard: where they begin in a vector, and (rows, width) of them."""

    start: int
    halves: Halves


@dataclass(frozen=True)
class Shard:
    """So many rows, of which only the columns are held that have a number other than zero."""

    rows: int
    columns: tuple[Column, ...]


class ShardedRows:
    """Rows of several shards, one after the other, and of these only some, in any order.

    What is read is float32, a copy; nothing else of the shards is in memory for good.

    Parameters
    ----------
    shards
        Arrays, memory-mapped or not.
    dim
        The length of a vector.
    places
        (items,): which rows of all shards there are here, counted through; all of them by default.
    """

    def __init__(self, shards: Sequence[Shard], dim: int, places: Indices | None = None) -> None:
        self._shards, self._dim = tuple(shards), dim
        self._ends = np.cumsum([shard.rows for shard in self._shards], dtype=np.int64)
        total = int(self._ends[-1]) if len(self._ends) else 0
        self._places: Indices = np.arange(total) if places is None else places

    @property
    def shape(self) -> tuple[int, int]:
        """Return (items, dim)."""
        return len(self._places), self._dim

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, key: Any) -> Vectors:
        places = np.asarray(self._places[key])
        return self._read(places) if places.ndim else self._read(places[np.newaxis])[0]

    def part(self, kept: Indices) -> ShardedRows:
        """Return the rows at these positions; nothing is read for it."""
        return ShardedRows(self._shards, self._dim, self._places[kept])

    def _read(self, places: Indices) -> Vectors:
        found = np.zeros((len(places), self._dim), dtype=np.float32)
        number = np.searchsorted(self._ends, places, side="right")
        for at in np.unique(number).tolist():
            shard = self._shards[at]
            is_here = None if (number == at).all() else number == at
            inside = (places if is_here is None else places[is_here]) - (int(self._ends[at]) - shard.rows)
            for column in shard.columns:
                span = slice(column.start, column.start + column.halves.shape[1])
                # torch widens 16-bit numbers several times as fast as NumPy, to the same bits.
                wide = torch.from_numpy(column.halves[inside]).float().numpy()
                if is_here is None:
                    found[:, span] = wide
                else:
                    found[is_here, span] = wide
        return found


def rows_part(rows: Rows, kept: Indices) -> Rows:
    """Return the rows at these positions; of what lies in shards nothing is read for it."""
    if isinstance(rows, ShardedRows):
        return rows.part(kept)
    part: Rows = rows[kept]
    return part


def blocks(rows: Rows, size: int = ROWS_AT_ONCE) -> Iterator[tuple[slice, Vectors]]:
    """Yield the rows in order, so many at once, each with where it stands."""
    for start in range(0, len(rows), size):
        place = slice(start, min(start + size, len(rows)))
        yield place, rows[place]
