"""Random choice, and choice by the head's uncertainty."""

from __future__ import annotations

import numpy as np

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies.protocol import Choice, Pool, highest


class RandomStrategy:
    """Every post has the same chance; the score is 0 for all."""

    name = StrategyName.RANDOM

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the choices in random order."""
        return highest(pool.names, [0.0] * len(pool.names), budget=budget, seed=seed)


class EntropyStrategy:
    """The entropy of the predicted answers in nats: 0 when certain, log(classes) when all are equally likely."""

    name = StrategyName.ENTROPY

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts of highest entropy."""
        p = pool.probabilities
        scores = -(p * np.log(np.maximum(p, 1e-300))).sum(axis=1)
        return highest(pool.names, scores.tolist(), budget=budget, seed=seed)


class MarginStrategy:
    """One minus the gap between the two likeliest answers: 1 when they are equally likely."""

    name = StrategyName.MARGIN

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts of the smallest gap."""
        ranked = np.sort(pool.probabilities, axis=1)
        scores = 1.0 - (ranked[:, -1] - ranked[:, -2])
        return highest(pool.names, scores.tolist(), budget=budget, seed=seed)


class LeastConfidenceStrategy:
    """One minus the probability of the likeliest answer: 0 when certain."""

    name = StrategyName.LEAST_CONFIDENCE

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts the head is least sure of."""
        scores = 1.0 - pool.probabilities.max(axis=1)
        return highest(pool.names, scores.tolist(), budget=budget, seed=seed)
