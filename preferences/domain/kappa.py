"""Agreement of two people on named outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's κ of two people's answers on the same items, in (−1, 1]; 1 is full agreement.

    When both gave one and the same answer throughout, chance alone explains it and κ is 1 by convention.

    Raises
    ------
    ValueError
        When the sequences are empty or differ in length.
    """
    if len(first) != len(second) or not first:
        raise ValueError("Both people must have answered the same items, at least one.")
    items = len(first)
    observed = sum(one == other for one, other in zip(first, second, strict=True)) / items
    counts, others = Counter(first), Counter(second)
    expected = sum(counts[answer] * others[answer] for answer in counts) / items**2
    return 1.0 if expected == 1.0 else (observed - expected) / (1 - expected)
