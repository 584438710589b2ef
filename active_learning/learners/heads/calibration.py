"""Temperature scaling (Guo et al. 2017)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Labels

LOWEST, HIGHEST = 0.2, 10.0
GOLDEN = (5**0.5 - 1) / 2
SEARCHES = 24
"""Leave the logarithm of the temperature open by 0.00004."""

MOST_LOSS = -float(np.log(1e-12))


def temperature_fitted(logits: NDArray[np.float64], labels: Labels) -> tuple[float, float]:
    """Return the temperature with the lowest log-loss, and that loss in nats.

    Golden-section search over log temperature: the loss has a single lowest point there.

    Parameters
    ----------
    logits
        (items, classes), out of sample.
    """
    behind = np.ascontiguousarray((logits - logits.max(axis=1, keepdims=True)).T)
    own = behind[labels, np.arange(len(labels))]

    def loss(log_temperature: float) -> float:
        colder = float(np.exp(-log_temperature))
        losses = np.log(np.exp(behind * colder).sum(axis=0)) - own * colder
        return float(np.minimum(losses, MOST_LOSS).mean())

    low, high = float(np.log(LOWEST)), float(np.log(HIGHEST))
    for _ in range(SEARCHES):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(left) <= loss(right):
            high = right
        else:
            low = left
    best = (low + high) / 2
    return float(np.exp(best)), loss(best)
