"""Choice by likeness to something given: the post of a ruling, or a clause's own words."""

from __future__ import annotations

import numpy as np

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import rows_normalized
from active_learning.learners.strategies.protocol import (
    Choice,
    Pool,
    ReferenceMissingError,
    highest,
    pool_checked,
)

ROWS_AT_ONCE = 4096


class LikenessStrategy:
    """The greatest cosine to one of the pool's references: −1 … 1."""

    name = StrategyName.LIKENESS

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts most like a reference.

        Raises
        ------
        ReferenceMissingError
            The pool names nothing to be like.
        """
        pool_checked(pool)
        if pool.references is None or not len(pool.references):
            raise ReferenceMissingError("This strategy needs a ruling or a clause's words to be like.")
        turned = np.ascontiguousarray(rows_normalized(pool.references).T)
        scores = np.empty(len(pool.names))
        for start in range(0, len(scores), ROWS_AT_ONCE):
            rows = rows_normalized(pool.vectors[start : start + ROWS_AT_ONCE])
            scores[start : start + len(rows)] = (rows @ turned).max(axis=1)
        return highest(pool.names, scores, budget=budget, seed=seed)
