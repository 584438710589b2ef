"""BADGE: uncertain posts whose lessons differ."""

from __future__ import annotations

import numpy as np

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies.protocol import (
    DECIMALS,
    Choice,
    Pool,
    pool_checked,
    seeded_order,
)
from active_learning.learners.strategies.spreading import spread_drawn


class BadgeStrategy:
    """Batch active learning by diverse gradient embeddings (Ash et al. 2020).

    A post stands for the gradient its likeliest answer would have on a linear head, (probabilities − that answer) ⊗
    vector; posts are drawn by the seeding of k-means++ on these gradients. The score is the gradient's distance to
    those drawn before it, for the first one its length.
    """

    name = StrategyName.BADGE

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in the order drawn."""
        pool_checked(pool)
        residuals = pool.probabilities.astype(np.float32)
        if len(residuals):
            residuals[np.arange(len(residuals)), residuals.argmax(axis=1)] -= 1.0
        picks, squared = spread_drawn(
            pool.vectors,
            seeded_order(pool.names, seed),
            residuals,
            count=max(budget, 0),
            random=np.random.default_rng([seed, 2]),
        )
        return [
            Choice(int(index), round(float(np.sqrt(one)), DECIMALS))
            for index, one in zip(picks, squared, strict=True)
        ]
