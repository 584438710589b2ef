"""Intervals: of a share, and of any statistic of counts by resampling them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Z_95 = 1.959963984540054
RESAMPLES = 1000

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % bootstrap interval; null where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


def wilson(hits: float, total: float, *, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of hits / total (Wilson 1927), 95 % unless ``z`` says otherwise.

    ``hits`` may be a sum of chances.

    Raises
    ------
    ValueError
        Of nothing, or where the hits lie outside 0 and ``total`` by more than rounding.
    """
    if total <= 0 or not -1e-9 <= hits <= total + 1e-9:
        raise ValueError("A share needs 0 ≤ hits ≤ total, and something counted.")
    share = min(max(hits / total, 0.0), 1.0)
    spread = z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(counts: Indices, statistic: Callable[[Floats], Floats], *, seed: int) -> Measured:
    """Return a statistic of counts with its percentile interval over resampled things.

    Parameters
    ----------
    counts
        Shape (cells,): how many things fell into each cell.
    statistic
        Of counts of shape (draws, cells) the figure of each draw, not a number where it is not defined; such draws are
        left out of the interval.
    """
    total = int(counts.sum())
    value = float(statistic(counts[None, :].astype(np.float64))[0]) if total else np.nan
    if np.isnan(value):
        return Measured(None, None, None)
    drawn = np.random.default_rng(seed).multinomial(total, counts / total, size=RESAMPLES)
    spread = statistic(drawn.astype(np.float64))
    spread = spread[~np.isnan(spread)]
    if not spread.size:
        return Measured(value, None, None)
    low, high = np.percentile(spread, [2.5, 97.5])
    return Measured(value, float(low), float(high))


def ratio(part: Floats, whole: Floats) -> Floats:
    """Return part by whole, not a number where there is no whole to speak of."""
    found: Floats = np.full(whole.shape, np.nan)
    return np.divide(part, whole, out=found, where=whole > 1e-12)
