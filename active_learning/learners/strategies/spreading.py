"""Drawing rows in proportion to their squared distance from what is drawn already, lazily.

This is the seeding of k-means++ (Arthur and Vassilvitskii 2007), which BADGE uses too. The plain loop measures every
row after each draw. Here rows are drawn by distances of some draws ago, which are upper bounds, and a draw counts with
the chance (distance now / distance then): rejection sampling, so that draws have exactly the chances of the plain
loop. All rows are measured against many draws at once, in one product of matrices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices
from active_learning.learners.compute import one_thread
from active_learning.learners.rows import Rows

DRAWS_AT_ONCE = 64
MOST_REFUSED = 64
ROWS_AT_ONCE = 4096
NOISE = 2e-6


def spread_drawn(
    vectors: Rows, order: Indices, weights: NDArray[np.float32], *, count: int, random: np.random.Generator
) -> tuple[Indices, NDArray[np.float64]]:
    """Return ``count`` positions in ``vectors``, in the order drawn, and each one's squared distance when drawn.

    Rows are the outer products of ``weights`` and ``vectors``, which are never formed: their inner products are the
    products of both inner products. The first row is the longest; once nothing is at a distance, rows follow ``order``.

    Parameters
    ----------
    vectors
        (items, dim)
    order
        (items,): the order in which the items are laid out, so that draws do not depend on that of ``vectors``.
    weights
        (items, width), in the order of ``vectors``; ones of width one leave the vectors themselves.
    """
    with one_thread():
        return _Spread(vectors, order, weights).drawn(min(count, len(order)), random)


class _Spread:
    def __init__(self, vectors: Rows, order: Indices, weights: NDArray[np.float32]) -> None:
        self._vectors, self._order, self._weights = vectors, order, weights
        total = len(order)
        self._squares = np.empty(total)
        for start in range(0, total, ROWS_AT_ONCE):
            rows, sides = self._rows(slice(start, start + ROWS_AT_ONCE))
            self._squares[start : start + len(rows)] = np.einsum("nd,nd->n", rows, rows) * np.einsum(
                "nd,nd->n", sides, sides
            )
        self._near = np.full(total, np.inf)
        self._picks: list[int] = []
        self._measured = 0

    def drawn(self, count: int, random: np.random.Generator) -> tuple[Indices, NDArray[np.float64]]:
        distances: list[float] = []
        if count:
            first = int(self._squares.round(9).argmax())
            self._picks.append(first)
            distances.append(float(self._squares[first]))
        while len(self._picks) < count:
            self._measure()
            summed = np.cumsum(self._near)
            if summed[-1] <= 0.0:
                rest = np.setdiff1d(np.arange(len(self._order)), self._picks)[: count - len(self._picks)]
                self._picks += rest.tolist()
                distances += [0.0] * len(rest)
                break
            self._draw(summed, count, random, distances)
        return self._order[self._picks], np.array(distances)

    def _draw(
        self, summed: NDArray[np.float64], count: int, random: np.random.Generator, distances: list[float]
    ) -> None:
        refused = 0
        while len(self._picks) < count and refused < MOST_REFUSED:
            if len(self._picks) - self._measured >= DRAWS_AT_ONCE:
                return
            spot, chance = random.random(2)
            row = int(np.searchsorted(summed, spot * summed[-1], side="right"))
            row = min(row, len(summed) - 1)
            now = self._distance(row)
            if now > 0.0 and chance * self._near[row] < now:
                self._picks.append(row)
                distances.append(now)
            else:
                refused += 1

    def _rows(self, places: slice | list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        at = self._order[places]
        return self._vectors[at].astype(np.float32, copy=False), self._weights[at]

    def _distance(self, row: int) -> float:
        """Return the row's squared distance to everything drawn."""
        missing = self._picks[self._measured :]
        if not missing:
            return float(self._near[row])
        (one,), (side,) = self._rows([row])
        others, sides = self._rows(missing)
        products = (others.astype(np.float64) @ one) * (sides.astype(np.float64) @ side)
        lengths = self._squares[row] + self._squares[missing]
        away = lengths - 2.0 * products
        away[away <= NOISE * lengths] = 0.0
        return float(min(self._near[row], away.min()))

    def _measure(self) -> None:
        """Measure every row against the draws since the last time."""
        missing = self._picks[self._measured :]
        if not missing:
            return
        others, sides = self._rows(missing)
        turned, sides_turned = np.ascontiguousarray(others.T), np.ascontiguousarray(sides.T)
        lengths = self._squares[missing].astype(np.float32)
        for start in range(0, len(self._order), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            rows, weights = self._rows(part)
            products = rows @ turned
            products *= weights @ sides_turned
            products *= -2.0
            products += lengths
            squares = self._squares[part]
            away = products.min(axis=1) + squares
            away[away <= NOISE * (squares + lengths.max())] = 0.0
            self._near[part] = np.minimum(self._near[part], away)
        self._near[self._picks] = 0.0
        self._measured = len(self._picks)
