"""k-center and ranked batch: cover the pool."""

from __future__ import annotations

import numpy as np
import torch

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import Indices
from active_learning.learners.compute import device_at_hand
from active_learning.learners.strategies.farthest import DistanceWorth, FarthestFirst, Floats
from active_learning.learners.strategies.farthest_on_device import FarthestOnDevice, fits_on
from active_learning.learners.strategies.protocol import (
    DECIMALS,
    Choice,
    Pool,
    pool_checked,
    seeded_order,
)


class KCenterStrategy:
    """Greedy k-center (Gonzalez 1985; core-set selection of Sener and Savarese 2018).

    Each step takes the post farthest from everything answered or taken so far; its distance is its score. With nothing
    answered yet, the first post is the one nearest the pool's middle. Ties follow the seed.

    Parameters
    ----------
    slack
        0 for the picks of the plain loop; above, each pick is at least √(1 − slack) times as far as the farthest.
    device
        Where every row is measured against every pick, to the same picks whatever the slack; by default a card that
        has room for the pool. Without one the lazy engine picks on the CPU.
    """

    name = StrategyName.K_CENTER

    def __init__(self, slack: float = 0.0, *, device: torch.device | None = None) -> None:
        self._slack, self._device = slack, device

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in the order taken."""
        pool_checked(pool)
        order = seeded_order(pool.names, seed)
        picks, distances = self._greedy(pool, order).chosen(max(budget, 0))
        return [
            Choice(int(index), round(float(distance), DECIMALS))
            for index, distance in zip(picks, distances, strict=True)
        ]

    def _greedy(self, pool: Pool, order: Indices) -> FarthestFirst:
        device = self._device or device_at_hand()
        if self._device is not None or fits_on(device, len(order), pool.vectors.shape[1]):
            return FarthestOnDevice(pool.vectors, order, answered=pool.answered, device=device)
        return FarthestFirst(
            pool.vectors, order, answered=pool.answered, worth=DistanceWorth(), slack=self._slack
        )


class RankedBatchStrategy:
    """Ranked batch-mode sampling (Cardoso et al. 2017), with the picks of modAL's.

    A post's score is α · (1 − similarity) + (1 − α) · uncertainty, with similarity 1 / (1 + distance to the nearest
    answered or taken post), uncertainty one minus the likeliest answer's probability, and α the share of posts that
    are neither answered nor taken. With nothing answered yet, the first post is the one nearest the pool's middle.
    """

    name = StrategyName.RANKED_BATCH

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in the order taken."""
        pool_checked(pool)
        uncertainty = 1.0 - pool.probabilities.round(DECIMALS).max(axis=1, initial=0.0)
        order = seeded_order(pool.names, seed)
        count = min(max(budget, 0), len(order))
        worth = _RankedWorth(uncertainty[order], answered=len(pool.answered), count=count)
        greedy = FarthestFirst(pool.vectors, order, answered=pool.answered, worth=worth)
        picks, distances = greedy.chosen(count)
        return [
            Choice(int(index), round(float(worth.scored(distance, uncertainty[index], taken)), DECIMALS))
            for taken, (index, distance) in enumerate(zip(picks, distances, strict=True))
        ]


class _RankedWorth:
    """`RankedBatchStrategy`'s score; α falls from pick to pick, and the score is linear in it."""

    def __init__(self, uncertainty: Floats, *, answered: int, count: int) -> None:
        self._uncertainty, self._count = uncertainty, count
        self._open, self._all = len(uncertainty), max(len(uncertainty) + answered, 1)

    def scored(self, distance: Floats | float, uncertainty: Floats | float, taken: int) -> Floats:
        alpha = (self._open - taken) / self._all
        return np.asarray(alpha * (1.0 - 1.0 / (1.0 + distance)) + (1.0 - alpha) * uncertainty)

    def now(self, squared: Floats, rows: Indices, taken: int) -> Floats:
        return self.scored(np.sqrt(squared), self._uncertainty[rows], taken)

    def bound(self, squared: Floats, rows: Indices | None, taken: int) -> Floats:
        distance = np.sqrt(squared)
        uncertainty = self._uncertainty if rows is None else self._uncertainty[rows]
        return np.maximum(
            self.scored(distance, uncertainty, taken), self.scored(distance, uncertainty, self._count)
        )
