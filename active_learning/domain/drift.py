"""Whether a model still agrees with people as it did on held-out posts, and posts are still like those it knew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import log

from active_learning.domain.harm_scores import HALF, STEPS, Scores
from active_learning.domain.intervals import Share, share_measured

LEAST_DECISIONS = 30
"""Fewer decisions raise no alarm."""
LEAST_POSTS = 200
"""Fewer posts on either side raise no alarm."""
MUCH = 0.25
"""A stability index from here on is usually taken for a population that has changed."""


class DriftState(StrEnum):
    """What is to be thought of it."""

    FEW = "few"
    STEADY = "steady"
    DRIFTED = "drifted"


def week_of(moment: datetime) -> date:
    """Return the Monday of the week."""
    return moment.date() - timedelta(days=moment.weekday())


def agreement_expected(scores: Scores, threshold: float | None) -> Share:
    """Return how often held-out posts agree with what is suggested at a threshold, as harmful or not.

    Between one half and a higher threshold nothing is suggested, so such posts do not count.
    """
    step = HALF if threshold is None else round(threshold * STEPS)
    false, right = scores.said(step)
    below = min(step, HALF)
    harmless = sum(row[1] for row in scores.rows if row[0] < below)
    missed = sum(row[2] for row in scores.rows if row[0] < below)
    return share_measured(right + harmless, right + false + harmless + missed)


def agreement_state(since: Share, expected: Share) -> DriftState:
    """Return whether people agree less with the model than held-out posts did: the interval lies below their share."""
    if since.total < LEAST_DECISIONS or since.high is None or expected.value is None:
        return DriftState.FEW
    return DriftState.DRIFTED if since.high < expected.value else DriftState.STEADY


def stability_index(before: Sequence[int], since: Sequence[int]) -> float | None:
    """Return the population stability index of two histograms over the same bins; 0 where they are alike.

    Σ (s − b) · ln(s / b) over the bins' shares, half a post added to each bin so that an empty one has a share. None
    where one of them is empty.

    Raises
    ------
    ValueError
        Of unequal numbers of bins.
    """
    if len(before) != len(since):
        raise ValueError("Both histograms need the same bins.")
    if not sum(before) or not sum(since):
        return None
    olds, news = (_shares(counts) for counts in (before, since))
    return sum((new - old) * log(new / old) for old, new in zip(olds, news, strict=True))


def index_by_chance(before: int, since: int, *, bins: int) -> float:
    """Return about which index two samples of one population have: (bins − 1) · (1 / before + 1 / since)."""
    return (bins - 1) * (1 / before + 1 / since)


def inputs_state(index: float | None, before: int, since: int, *, bins: int) -> DriftState:
    """Return whether posts have changed much, more than twice as much as chance alone would show."""
    if index is None or min(before, since) < LEAST_POSTS:
        return DriftState.FEW
    limit = max(MUCH, 2 * index_by_chance(before, since, bins=bins))
    return DriftState.DRIFTED if index >= limit else DriftState.STEADY


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) + len(counts) / 2
    return [(count + 0.5) / total for count in counts]
