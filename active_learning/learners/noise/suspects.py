"""Suspects: as many as confident learning counts (Northcutt et al. 2021), ranked by how far the answer is behind."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from active_learning.learners.arrays import Labels, Probabilities
from active_learning.learners.noise.confident import ROWS_AT_ONCE, suspects_flagged

LEAST_SHARE = 0.01
"""A list holds at least this share of the answers, where so many are behind another: reviewing it may end early."""


@dataclass(frozen=True)
class Finding:
    """One suspect.

    Attributes
    ----------
    index
        Position among the labels given.
    given, likely
        Class numbers: the answer that stands, and the likeliest answer out of sample.
    given_probability, likely_probability
        Out-of-sample probabilities of both.
    suspicion
        How far the likeliest answer is ahead of the given one: ½ when both are equally likely, 1 is worst.
    """

    index: int
    given: int
    likely: int
    given_probability: float
    likely_probability: float
    suspicion: float


def suspects_found(labels: Labels, probabilities: Probabilities) -> list[Finding]:
    """Return the labels that are likely wrong, the worst first.

    The list is as long as confident learning flags labels, at least one in a hundred, and takes those whose likeliest
    answer is furthest ahead of the given one (cleanlab's normalized margin): on verified errors this order finds more
    than the flags themselves (`make bench NAME=noise_scan`). Answers nobody gave are left out before.

    Parameters
    ----------
    labels
        (items,)
    probabilities
        (items, classes): out of sample, never of a head that saw the item.
    """
    if len(labels) == 0:
        return []
    present = np.unique(labels)
    if len(present) < 2:
        return []
    narrowed, given = probabilities, labels
    if len(present) < probabilities.shape[1]:
        narrowed = probabilities[:, present] + 1e-12
        narrowed = narrowed / narrowed.sum(axis=1, keepdims=True)
        given = np.searchsorted(present, labels)
    ahead, likely = _ahead(given, narrowed)
    flagged = int(suspects_flagged(given, narrowed).sum())
    count = min(max(flagged, ceil(LEAST_SHARE * len(labels))), int((ahead > 0).sum()))
    order = np.argsort(-ahead, kind="stable")[:count]
    own, best = narrowed[order, given[order]], narrowed[order, likely[order]]
    return [
        Finding(
            index=index,
            given=int(present[given[index]]),
            likely=int(present[likely[index]]),
            given_probability=float(own[rank]),
            likely_probability=float(best[rank]),
            suspicion=float((1.0 + ahead[index]) / 2.0),
        )
        for rank, index in enumerate(order.tolist())
    ]


def _ahead(given: Labels, probabilities: Probabilities) -> tuple[Probabilities, Labels]:
    """Return how far each item's likeliest class is ahead of the given one, rounded, and that class, both (items,)."""
    ahead = np.empty(len(given))
    likely = np.empty(len(given), dtype=np.int64)
    for start in range(0, len(given), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        rows = probabilities[part]
        places = np.arange(len(rows))
        likely[part] = rows.argmax(axis=1)
        ahead[part] = rows[places, likely[part]] - rows[places, given[part]]
    return ahead.round(9), likely
