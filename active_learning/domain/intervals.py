"""Intervals around shares."""

from __future__ import annotations

from dataclasses import dataclass

from core.figures.intervals import wilson


@dataclass(frozen=True)
class Share:
    """A share with its 95 % Wilson score interval; None where nothing was counted."""

    hits: int
    total: int
    value: float | None
    low: float | None
    high: float | None


def share_measured(hits: int, total: int) -> Share:
    """Return hits / total with its interval (Wilson 1927).

    Raises
    ------
    ValueError
        More hits than counted, or a negative number.
    """
    if not 0 <= hits <= total:
        raise ValueError("A share needs 0 ≤ hits ≤ total.")
    if total == 0:
        return Share(0, 0, None, None, None)
    return Share(hits, total, hits / total, *wilson(hits, total))
