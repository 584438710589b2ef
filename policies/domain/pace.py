"""When work that goes on at the pace so far will be done, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

FEWEST = 10
"""Below so many answers a pace is not told: it would mostly be chance."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Hours until the last answer, likely and between two ends; ``per_day`` is the pace, from ``seen`` answers."""

    per_day: float
    seen: int
    hours: float
    hours_least: float
    hours_most: float


def forecast(*, left: int, seen: int, hours: float, confidence: float = 0.8) -> Forecast | None:
    """Return when ``left`` answers will be in, ``seen`` having come in the last ``hours`` of the clock.

    Nights and weekends are in the hours, so the pace is that of days as they are. The ends come from the interval of
    a Poisson rate (Garwood 1936, by Wilson and Hilferty's approximation of the chi-squared quantile). ``None`` where
    nothing is left or too little was seen.
    """
    if left <= 0 or seen < FEWEST or hours <= 0:
        return None
    doubt = (1 - confidence) / 2
    slow = _chi_squared(doubt, 2 * seen) / 2 / hours
    fast = _chi_squared(1 - doubt, 2 * seen + 2) / 2 / hours
    return Forecast(
        per_day=seen / hours * 24,
        seen=seen,
        hours=left * hours / seen,
        hours_least=left / fast,
        hours_most=left / slow,
    )


def _chi_squared(chance: float, freedom: int) -> float:
    """Return the quantile of the chi-squared distribution; within a percent for 20 degrees of freedom and more."""
    z = NormalDist().inv_cdf(chance)
    part = 2 / (9 * freedom)
    return freedom * math.pow(1 - part + z * math.sqrt(part), 3)
