"""k-center: cover the pool."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import Vectors
from active_learning.learners.strategies.protocol import DECIMALS, Choice, Pool, place

ANSWERED_AT_ONCE = 512


class KCenterStrategy:
    """Greedy k-center (Gonzalez 1985; core-set selection of Sener and Savarese 2018).

    Each step takes the post farthest from everything answered or taken so far; its distance is its score. With nothing
    answered yet, the first post is the one nearest the pool's middle. Ties follow the seed.
    """

    name = StrategyName.K_CENTER

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in the order taken."""
        order = np.array(
            sorted(range(len(pool.names)), key=lambda index: place(pool.names[index], seed)), dtype=np.int64
        )
        vectors = np.ascontiguousarray(pool.vectors[order], dtype=np.float32)
        squares = np.square(vectors).sum(axis=1)
        choices: list[Choice] = []
        taken = np.zeros(len(order), dtype=np.bool_)
        if len(pool.answered):
            nearest = _nearest_squared(vectors, squares, pool.answered)
        elif len(order):
            nearest = np.full(len(order), np.inf, dtype=np.float32)
            first = int(_squared(vectors, squares, vectors.mean(axis=0)).round(DECIMALS).argmin())
            taken[first] = True
            choices.append(Choice(int(order[first]), 0.0))
            nearest = _squared(vectors, squares, vectors[first])
        while len(choices) < min(budget, len(order)):
            found = int(np.where(taken, -1.0, nearest.round(DECIMALS)).argmax())
            choices.append(Choice(int(order[found]), round(float(np.sqrt(nearest[found])), DECIMALS)))
            taken[found] = True
            nearest = np.minimum(nearest, _squared(vectors, squares, vectors[found]))
        return choices[:budget]


def _squared(vectors: Vectors, squares: NDArray[np.float32], center: Vectors) -> NDArray[np.float32]:
    """Return squared distances of every row to one center."""
    found: NDArray[np.float32] = np.maximum(squares - 2.0 * (vectors @ center) + center @ center, 0.0)
    return found


def _nearest_squared(vectors: Vectors, squares: NDArray[np.float32], centers: Vectors) -> NDArray[np.float32]:
    """Return each row's squared distance to its nearest center, centers taken a block at a time."""
    nearest = np.full(len(vectors), np.inf, dtype=np.float32)
    for start in range(0, len(centers), ANSWERED_AT_ONCE):
        block = np.ascontiguousarray(centers[start : start + ANSWERED_AT_ONCE], dtype=np.float32)
        distances = squares[:, None] - 2.0 * (vectors @ block.T) + np.square(block).sum(axis=1)
        nearest = np.minimum(nearest, np.maximum(distances.min(axis=1), 0.0))
    return nearest
