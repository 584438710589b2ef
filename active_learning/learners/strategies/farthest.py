"""Greedy choice of what is farthest from everything taken, lazily: the picks of the plain loop for less work.

The plain loop measures every row against every pick. Distances to the nearest pick only fall, so a distance measured
some picks ago is an upper bound now. A working set of the rows with the highest bounds is measured against each pick;
all others wait, and are measured against many picks in one product of matrices when their bound says that they might
be next, or never. (Lazy greedy choice: Minoux 1978. Farthest first: Gonzalez 1985.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices, Vectors
from active_learning.learners.rows import Rows

WORKING_ROWS = 1024
MOST_TIED = 4096
ROWS_AT_ONCE = 4096
CENTERS_AT_ONCE = 512
NOISE = 8e-6
"""Squared distances in float32 are off by less than this share of the largest squared length."""
EXACT_DECIMALS = 9
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


class Worth(Protocol):
    """How much a row is wanted, given its squared distance to the nearest center."""

    def now(self, squared: Floats, rows: Indices, taken: int) -> Floats:
        """Return the worth of ``rows`` after ``taken`` picks; never falls as the distance rises."""
        ...

    def bound(self, squared: Floats, rows: Indices | None, taken: int) -> Floats:
        """Return at least what ``now`` returns at this and at any later pick, for rows or (None) for all."""
        ...


class DistanceWorth:
    """The squared distance itself: k-center."""

    def now(self, squared: Floats, rows: Indices, taken: int) -> Floats:
        return squared

    def bound(self, squared: Floats, rows: Indices | None, taken: int) -> Floats:
        return squared


class FarthestFirst:
    """Picks rows one after the other, each the worthiest by its distance to all answered and picked.

    Parameters
    ----------
    vectors
        (items, dim), float32 or float16, also in shards; never copied as a whole.
    order
        (items,): the items in the order in which ties are decided. Rows below are positions in this order.
    answered
        (answered, dim): centers from the start; may be empty, then the row nearest to the middle is picked first.
    slack
        0 picks exactly what the plain loop picks. Above, each pick is worth at least (1 − slack) of the worthiest.
    """

    def __init__(
        self, vectors: Rows, order: Indices, *, answered: Vectors, worth: Worth, slack: float = 0.0
    ) -> None:
        self._vectors, self._order = vectors, order
        self._answered, self._worth, self._slack = answered, worth, slack
        total = len(order)
        self._squares = np.empty(total, dtype=np.float32)
        middle = np.zeros(vectors.shape[1])
        for start in range(0, total, ROWS_AT_ONCE):
            rows = self._rows(np.arange(start, min(start + ROWS_AT_ONCE, total)))
            self._squares[start : start + len(rows)] = np.einsum("nd,nd->n", rows, rows)
            middle += rows.sum(axis=0, dtype=np.float64)
        self._middle = (middle / max(total, 1)).astype(np.float32)
        known = np.einsum("nd,nd->n", answered, answered).max(initial=0.0) if len(answered) else 0.0
        self._noise = NOISE * max(float(self._squares.max(initial=0.0)), float(known), 1e-12)
        self._near = np.full(total, np.inf, dtype=np.float32)
        self._seen = np.zeros(total, dtype=np.int32)
        self._is_taken = np.zeros(total, dtype=np.bool_)
        self._taken: list[int] = []
        self._centers = np.empty((0, vectors.shape[1]), dtype=np.float32)

    def chosen(self, count: int) -> tuple[Indices, Floats]:
        """Return ``count`` picks as positions in ``vectors``, in the order picked, with their distance when picked.

        The distance of a pick that had no center before it is 0. A vector that is not finite raises ValueError.
        """
        total = len(self._order)
        count = min(count, total)
        if not np.isfinite(self._squares).all() or not np.isfinite(self._answered).all():
            raise ValueError("A vector holds a number that is not finite.")
        self._centers = np.empty((count, self._vectors.shape[1]), dtype=np.float32)
        if count == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        if len(self._answered):
            self._measure_answered()
        else:
            self._take(self._nearest_to_middle())
        self._pick(count)
        return self._order[self._taken], self._distances()

    def _pick(self, count: int) -> None:
        """Take rows until there are so many."""
        while len(self._taken) < count:
            self._pick_from(*self._working_set(), count=count)

    def _rows(self, rows: Indices) -> Singles:
        found: Singles = self._vectors[self._order[rows]].astype(np.float32, copy=False)
        return found

    def _nearest_to_middle(self) -> int:
        away = np.empty(len(self._order))
        for start in range(0, len(self._order), ROWS_AT_ONCE):
            rows = np.arange(start, min(start + ROWS_AT_ONCE, len(self._order)))
            away[rows] = self._squares[rows] - 2.0 * (self._rows(rows) @ self._middle)
        close = np.flatnonzero(away <= away.min() + 2 * self._noise)
        wide = self._rows(close).astype(np.float64)
        return int(close[np.square(wide - self._middle).sum(axis=1).round(EXACT_DECIMALS).argmin()])

    def _take(self, row: int) -> None:
        self._centers[len(self._taken)] = self._rows(np.array([row]))[0]
        self._taken.append(row)
        self._is_taken[row] = True

    def _measure_answered(self) -> None:
        for start in range(0, len(self._order), ROWS_AT_ONCE):
            rows = np.arange(start, min(start + ROWS_AT_ONCE, len(self._order)))
            self._near[rows] = self._nearest(self._rows(rows), self._squares[rows], self._answered)

    def _nearest(self, rows: Singles, squares: Singles, centers: Vectors) -> Singles:
        found = np.full(len(rows), np.inf, dtype=np.float32)
        for start in range(0, len(centers), CENTERS_AT_ONCE):
            block = np.ascontiguousarray(centers[start : start + CENTERS_AT_ONCE], dtype=np.float32)
            products = rows @ block.T
            products *= -2.0
            products += np.einsum("nd,nd->n", block, block)
            np.minimum(found, products.min(axis=1), out=found)
        return np.maximum(found + squares, 0.0)

    def _refresh(self, rows: Indices) -> None:
        """Measure rows against every pick they have not been measured against."""
        rows = rows[np.argsort(self._seen[rows], kind="stable")]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[start : start + ROWS_AT_ONCE]
            missing = self._centers[int(self._seen[part[0]]) : len(self._taken)]
            measured = self._nearest(self._rows(part), self._squares[part], missing)
            self._near[part] = np.minimum(self._near[part], measured)
        self._seen[rows] = len(self._taken)

    def _working_set(self) -> tuple[Indices, float, bool]:
        """Return the rows that may be next, the highest bound outside them, and whether all of them tie at the top."""
        made, total = len(self._taken), len(self._order)
        bounds = self._worth.bound(self._near.astype(np.float64) + self._noise, None, made)
        bounds[self._is_taken] = -np.inf
        is_stale = self._seen < made
        is_stale[self._is_taken] = False
        at_once = max(4 * WORKING_ROWS, total // 24)
        while True:
            waiting = np.flatnonzero(is_stale)
            if len(waiting) == 0:
                break
            highest = float(bounds[waiting].max())
            if np.count_nonzero((bounds >= highest) & ~is_stale) >= WORKING_ROWS:
                break
            top = waiting if len(waiting) <= at_once else waiting[_largest(bounds[waiting], at_once)]
            self._refresh(top)
            bounds[top] = self._worth.bound(self._near[top].astype(np.float64) + self._noise, top, made)
            is_stale[top] = False
        fresh = np.where(is_stale, -np.inf, bounds)
        size = min(WORKING_ROWS, total - made)
        low = self._worth.bound(np.maximum(self._near.astype(np.float64) - self._noise, 0.0), None, made)
        low[is_stale | self._is_taken] = -np.inf
        tied = np.flatnonzero(fresh >= low.max())
        is_tied = len(tied) > max(size, MOST_TIED)
        working = np.sort(_largest(fresh, size)) if len(tied) <= size else tied[:MOST_TIED]
        bounds[working] = -np.inf
        return working, float(bounds.max(initial=-np.inf)), is_tied

    def _pick_from(self, working: Indices, outside: float, is_tied: bool, *, count: int) -> None:
        """Pick from the working set for as long as nothing outside it may be worth more."""
        rows = self._rows(working)
        squares, near = self._squares[working], self._near[working]
        exact = ExactDistances(rows.__getitem__, self._answered)
        is_open = np.ones(len(working), dtype=np.bool_)
        must_pick = True
        while len(self._taken) < count and is_open.any():
            made = len(self._taken)
            wide = near.astype(np.float64)
            low = self._worth.now(np.maximum(wide - self._noise, 0.0), working, made)
            high = self._worth.now(wide + self._noise, working, made)
            low[~is_open] = high[~is_open] = -np.inf
            top = float(low.max())
            reached = float(high.max()) if is_tied else top
            if not must_pick and reached < outside - self._slack * abs(outside):
                break
            close = np.flatnonzero(high >= top)
            found = int(close[0])
            if len(close) > 1:
                squared = self._exact_squared(exact, close, near[close], made)
                worths = self._worth.now(squared, working[close], made).round(EXACT_DECIMALS)
                found = int(close[worths.argmax()])
            self._take(int(working[found]))
            is_open[found] = False
            must_pick = False
            away = squares - 2.0 * (rows @ rows[found]) + squares[found]
            near = np.minimum(near, np.maximum(away, 0.0))
        self._near[working] = near
        self._seen[working] = len(self._taken)

    def _exact_squared(self, exact: ExactDistances, close: Indices, near: Singles, made: int) -> Floats:
        """Return the squared distances of ``close``; what lies within the noise of a center is that center's equal."""
        squared = np.zeros(len(close))
        is_apart = near > 2 * self._noise
        squared[is_apart] = exact.squared(close[is_apart], self._centers[:made])
        return squared

    def _distances(self) -> Floats:
        """Return each pick's distance to the answered and to the picks before it."""
        picks = self._centers.astype(np.float64)
        squares = np.square(picks).sum(axis=1)
        away = squares[:, None] + squares[None, :] - 2.0 * (picks @ picks.T)
        nearest = np.where(np.tri(len(picks), k=-1, dtype=np.bool_), away, np.inf).min(axis=1)
        for start in range(0, len(self._answered), CENTERS_AT_ONCE):
            block = self._answered[start : start + CENTERS_AT_ONCE].astype(np.float64)
            away = squares[:, None] + np.square(block).sum(axis=1) - 2.0 * (picks @ block.T)
            nearest = np.minimum(nearest, away.min(axis=1))
        nearest[~np.isfinite(nearest)] = 0.0
        found: Floats = np.sqrt(np.maximum(nearest, 0.0))
        return found


class ExactDistances:
    """Squared distances in float64, the same for the same two rows wherever they stand; kept from pick to pick."""

    def __init__(self, row_of: Callable[[int], Singles], answered: Vectors) -> None:
        self._row_of, self._answered = row_of, answered
        self._near: dict[int, float] = {}
        self._seen: dict[int, int] = {}

    def squared(self, places: Indices, centers: Singles) -> Floats:
        for place in places.tolist():
            row = self._row_of(place).astype(np.float64)
            near = self._near.get(place)
            if near is None:
                near = _nearest_exact(row, self._answered)
            self._near[place] = min(near, _nearest_exact(row, centers[self._seen.get(place, 0) :]))
            self._seen[place] = len(centers)
        return np.array([self._near[place] for place in places.tolist()])


def _nearest_exact(row: Floats, centers: Vectors) -> float:
    nearest = np.inf
    for start in range(0, len(centers), CENTERS_AT_ONCE):
        away = np.square(centers[start : start + CENTERS_AT_ONCE] - row).sum(axis=1)
        nearest = min(nearest, float(away.min()))
    return nearest


def _largest(values: Floats, count: int) -> Indices:
    """Return the places of the ``count`` largest values, in no order."""
    if count >= len(values):
        return np.arange(len(values))
    found: Indices = np.argpartition(values, len(values) - count)[len(values) - count :]
    return found
