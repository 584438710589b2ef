"""How unclear a clause is to the people who answer it: a score out of five shares, each stated with its interval.

A share enters by the lower end of its 95 % interval: what the answers are sure of. So a clause with three answers, all
of them disputed, stands below one with three hundred of which half are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.figures.intervals import wilson


class Sign(StrEnum):
    """What speaks for a clause being unclear."""

    SPLIT = "split"
    GAP = "gap"
    ASKED = "asked"
    REVERSED = "reversed"
    UNSURE = "unsure"


WEIGHTS: Mapping[Sign, float] = {
    Sign.SPLIT: 0.4,
    Sign.GAP: 0.2,
    Sign.ASKED: 0.15,
    Sign.REVERSED: 0.15,
    Sign.UNSURE: 0.1,
}
"""They add up to 1. What people answer apart weighs most; what they say of themselves least."""

UNSURE_TO = 0.5
"""An answer given with this confidence or less was unsure."""


@dataclass(frozen=True, slots=True)
class Part:
    """One share: ``count`` of ``of``, with its 95 % interval (Wilson). ``points`` is what it adds to the score."""

    sign: Sign
    count: int
    of: int
    share: float | None
    low: float
    high: float
    points: float


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """The score, 0 (nothing speaks for it) to 100, and its parts in the order of `Sign`."""

    score: float
    parts: tuple[Part, ...]


def ambiguity_of(counts: Mapping[Sign, tuple[int, int]]) -> Ambiguity:
    """Return the score of a clause.

    Parameters
    ----------
    counts
        By sign, how many and of how many; a sign left out, or of none, adds nothing.
    """
    parts = tuple(_part(sign, *counts.get(sign, (0, 0))) for sign in Sign)
    return Ambiguity(round(sum(part.points for part in parts), 2), parts)


def _part(sign: Sign, count: int, of: int) -> Part:
    if of < 1:
        return Part(sign, 0, 0, None, 0.0, 1.0, 0.0)
    low, high = wilson(count, of)
    # An interval of no cases at all begins a hair above 0 in floating point.
    low = 0.0 if count == 0 else low
    return Part(sign, count, of, count / of, low, high, round(100 * WEIGHTS[sign] * low, 2))


def evenness(counts: Sequence[int]) -> float:
    """Return how evenly people fell apart, 0 (all alike) to 1 (as even as their number allows), by Gini's measure."""
    total = sum(counts)
    if total < 2 or len(counts) < 2:
        return 0.0
    apart = 1 - sum((count / total) ** 2 for count in counts)
    return apart / (1 - 1 / min(len(counts), total))
