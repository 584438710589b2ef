"""Aggregated results of pairs: how often what was shown first won, tied or lost against what was second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PairCounts:
    """Counts of ``items`` items, one row per ordered pair (shown first, shown second).

    All arrays have one entry per row; counts may be weights and are never negative.
    """

    items: int
    first: Indices
    second: Indices
    wins_first: Floats
    wins_second: Floats
    ties: Floats

    @property
    def totals(self) -> Floats:
        """Return how many comparisons each row stands for."""
        return self.wins_first + self.wins_second + self.ties


def pair_counts_of(rows: Iterable[tuple[int, int, float, float, float]], *, items: int) -> PairCounts:
    """Check and pack rows of (first, second, wins of first, wins of second, ties).

    Raises
    ------
    ValueError
        When an item is compared with itself, lies outside ``range(items)``, or a count is negative.
    """
    table = np.array(list(rows), dtype=np.float64).reshape(-1, 5)
    first, second = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    if np.any(first == second):
        raise ValueError("An item cannot be compared with itself.")
    if table.size and (min(first.min(), second.min()) < 0 or max(first.max(), second.max()) >= items):
        raise ValueError("A row names an item outside the range.")
    if np.any(table[:, 2:] < 0) or not np.all(np.isfinite(table)):
        raise ValueError("Counts must be finite and not negative.")
    return PairCounts(items, first, second, table[:, 2].copy(), table[:, 3].copy(), table[:, 4].copy())


def comparable_groups(counts: PairCounts) -> Indices:
    """Return a group number for every item, shape (items,): only items of one group can be compared.

    Two items share a group when a chain of comparisons, whatever their results, leads from one to the other.
    """
    met = counts.totals > 0
    graph = coo_array(
        (np.ones(int(met.sum())), (counts.first[met], counts.second[met])), shape=(counts.items, counts.items)
    )
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def rests_on_prior(counts: PairCounts) -> bool:
    """Return whether some item only ever won, or only ever lost, against the rest of its group.

    Then the likelihood alone has no finite maximum (Ford, 1957) and the scores are finite only because
    they are regularised.
    """
    beats = counts.wins_first + counts.ties > 0
    beaten = counts.wins_second + counts.ties > 0
    winner = np.concatenate([counts.first[beats], counts.second[beaten]])
    loser = np.concatenate([counts.second[beats], counts.first[beaten]])
    graph = coo_array((np.ones(winner.size), (winner, loser)), shape=(counts.items, counts.items))
    strong = connected_components(graph, directed=True, connection="strong")[0]
    return bool(strong > np.unique(comparable_groups(counts)).size)
