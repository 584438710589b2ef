"""Temperature scaling (Guo et al. 2017)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Labels
from active_learning.learners.heads.head import softmax

LOWEST, HIGHEST = 0.2, 10.0
GOLDEN = (5**0.5 - 1) / 2


def temperature_fitted(logits: NDArray[np.float64], labels: Labels) -> tuple[float, float]:
    """Return the temperature with the lowest log-loss, and that loss in nats.

    Golden-section search over log temperature: the loss has a single lowest point there.

    Parameters
    ----------
    logits
        (items, classes), out of sample.
    """

    def loss(log_temperature: float) -> float:
        chosen = softmax(logits / np.exp(log_temperature))[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    low, high = float(np.log(LOWEST)), float(np.log(HIGHEST))
    for _ in range(40):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(left) <= loss(right):
            high = right
        else:
            low = left
    best = (low + high) / 2
    return float(np.exp(best)), loss(best)
