"""Aggregated results of pairs: how often what was shown first won, tied or lost against what was second."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Clusters:
    """Which rows stand for judgments of the same comparisons, and so are not independent of each other.

    ``of_row`` gives each row's cluster, shape (rows,); all rows of a cluster are of one unordered pair with the
    same covariates but for their sign. ``copies`` says how many comparisons with just these results a cluster
    stands for, shape (clusters,), each above zero. ``wide``, shape (clusters,), marks those of any pairs: all that
    was said of one slate; null where there are none.
    """

    of_row: Indices
    copies: Floats
    wide: Flags | None = None


@dataclass(frozen=True)
class PairCounts:
    """Counts of ``items`` items, one row per ordered pair (shown first, shown second) or finer.

    All arrays have one entry per row; counts may be weights and are never negative. ``covariates``, shape
    (rows, k), says by how much the first is ahead of the second in something besides its worth, its length for
    one; null means none. ``clusters`` null means that every judgment is independent of every other.
    """

    items: int
    first: Indices
    second: Indices
    wins_first: Floats
    wins_second: Floats
    ties: Floats
    covariates: Floats | None = None
    clusters: Clusters | None = None

    @property
    def totals(self) -> Floats:
        """Return how many comparisons each row stands for."""
        return self.wins_first + self.wins_second + self.ties

    def without_covariates(self) -> PairCounts:
        """Return the same counts, blind to the covariates."""
        return replace(self, covariates=None)


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


@dataclass(frozen=True)
class ComparisonKind:
    """Comparisons with the same results, of items ``one`` and ``other``.

    ``lead`` is by how much ``one`` is ahead in each covariate.
    ``counts`` are six: (one won, other won, tied) when ``one`` was shown first, and the same when the other was.
    ``copies`` is how many comparisons had just these. ``slate`` names the slate they follow from, null for none.
    """

    one: int
    other: int
    lead: Sequence[float]
    counts: Sequence[float]
    copies: float
    slate: str | None = None


def pair_counts_of_comparisons(
    kinds: Iterable[ComparisonKind], *, items: int, covariates: int = 0
) -> PairCounts:
    """Pack comparisons with all the judgments each got, so that intervals know which belong together.

    Parameters
    ----------
    items, covariates
        How many there are of each.

    Raises
    ------
    ValueError
        As ``pair_counts_of``, and when a kind has other than six counts or stands for no comparison.
    """
    packed: list[tuple[int, int, float, float, float]] = []
    ahead: list[list[float]] = []
    of_row: list[int] = []
    copies: list[float] = []
    cluster_of_slate: dict[str, int] = {}
    for kind in kinds:
        counts, count = kind.counts, kind.copies
        if len(counts) != 6 or not count > 0 or len(kind.lead) != covariates:
            raise ValueError(
                "Six counts and every covariate for each kind of comparison, and at least one of it."
            )
        known = None if kind.slate is None else cluster_of_slate.setdefault(kind.slate, len(copies))
        cluster = len(copies) if known is None else known
        if cluster == len(copies):
            copies.append(count if kind.slate is None else 1.0)
        one_first = (kind.one, kind.other, counts[0], counts[1], counts[2])
        other_first = (kind.other, kind.one, counts[4], counts[3], counts[5])
        for sign, row in ((1.0, one_first), (-1.0, other_first)):
            if any(row[2:]):
                packed.append((row[0], row[1], row[2] * count, row[3] * count, row[4] * count))
                ahead.append([sign * each for each in kind.lead])
                of_row.append(cluster)
    plain = pair_counts_of(packed, items=items)
    used, of_used = np.unique(np.array(of_row, dtype=np.int64), return_inverse=True)
    wide = np.zeros(len(copies), dtype=np.bool_)
    wide[list(cluster_of_slate.values())] = True
    return replace(
        plain,
        covariates=np.array(ahead, dtype=np.float64).reshape(-1, covariates) if covariates else None,
        clusters=Clusters(
            of_used.astype(np.int64),
            np.array(copies, dtype=np.float64)[used],
            wide[used] if cluster_of_slate else None,
        ),
    )


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
