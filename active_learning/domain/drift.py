"""Whether a model still agrees with people as it did on held-out posts, and posts are still like those it knew.

Three measures, each with a least number below which nothing is said and a bound above which a person is told:

============================  ==========================================  ========================  ==================
measure                       unit and range                              least                     told from
============================  ==========================================  ========================  ==================
loss of agreement             share of decisions, −1 … 1                  30 decisions, 30 held-out `LOSS_TOLD`, and
                                                                          posts                     more than by chance
stability of chances of harm  population stability index, 0 (alike) … ∞   200 posts on either side  `INDEX_TOLD`
posts told apart              share of posts, about ½ (alike) … 1         200 posts on either side  `APART_TOLD`
============================  ==========================================  ========================  ==================

The index sees what changes the model's answers, the second look at posts also what does not change them yet: posts of
a kind the model never met can get any chance of harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import hypot, log

from active_learning.domain.harm_scores import HALF, STEPS, Scores
from active_learning.domain.intervals import Share, share_measured

LEAST_DECISIONS = 30
RECENT_DECISIONS = 200
"""The newest weeks that have so many decisions are judged: older ones would hide what changes now."""
LOSS_TOLD = 0.03
"""A smaller loss is nobody's time worth, however sure it is."""
LEAST_POSTS = 200
INDEX_TOLD = 0.25
"""The usual bound for a population that has changed (Siddiqi 2006).

Two samples of 200 from one population have an index of about 0.09, and one of 0.25 three times in a thousand.
"""
APART_TOLD = 2 / 3
"""Two of three posts. By chance alone 400 posts get there never: it is six standard deviations above one half."""


class DriftState(StrEnum):
    """What is to be thought of it."""

    FEW = "few"
    STEADY = "steady"
    DRIFTED = "drifted"


def week_of(moment: datetime) -> date:
    """Return the Monday of the week."""
    return moment.date() - timedelta(days=moment.weekday())


def weeks_recent(counts: Sequence[int]) -> int:
    """Return how many of the weeks, newest first, are judged: whole ones, until they have `RECENT_DECISIONS`."""
    total = 0
    for weeks, decisions in enumerate(counts, start=1):
        total += decisions
        if total >= RECENT_DECISIONS:
            return weeks
    return len(counts)


def agreement_expected(scores: Scores, threshold: float | None) -> Share:
    """Return how often held-out posts agree with what is suggested at a threshold, as harmful or not.

    Between one half and a higher threshold nothing is suggested, so such posts do not count. Without a threshold harm
    counts as suggested from one half on, also where several harmful answers share that half.
    """
    step = HALF if threshold is None else round(threshold * STEPS)
    false, right = scores.said(step)
    below = min(step, HALF)
    harmless = sum(row[1] for row in scores.rows if row[0] < below)
    missed = sum(row[2] for row in scores.rows if row[0] < below)
    return share_measured(right + harmless, right + false + harmless + missed)


def share_difference(first: Share, second: Share) -> tuple[float, float]:
    """Return the 95 % interval of first − second, built of both Wilson intervals (Newcombe 1998, method 10).

    Raises
    ------
    ValueError
        Where nothing was counted on either side.
    """
    (one, one_low, one_high), (two, two_low, two_high) = _bounds(first), _bounds(second)
    middle = one - two
    return middle - hypot(one - one_low, two_high - two), middle + hypot(one_high - one, two - two_low)


def agreement_state(recent: Share, expected: Share) -> DriftState:
    """Return whether people agree less with the model than held-out posts did.

    That is so where the loss is at least `LOSS_TOLD` and the interval of the difference lies below nothing, so that
    few held-out posts leave as much room as few decisions. Looked at week by week, a model that holds is called
    drifted in about one week of forty.
    """
    if min(recent.total, expected.total) < LEAST_DECISIONS:
        return DriftState.FEW
    _, high = share_difference(recent, expected)
    loss = _bounds(expected)[0] - _bounds(recent)[0]
    return DriftState.DRIFTED if high < 0 and loss >= LOSS_TOLD else DriftState.STEADY


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


def index_state(before: Sequence[int], since: Sequence[int]) -> DriftState:
    """Return whether posts lie otherwise than before by their chance of harm."""
    index = stability_index(before, since)
    if index is None or min(sum(before), sum(since)) < LEAST_POSTS:
        return DriftState.FEW
    return DriftState.DRIFTED if index >= INDEX_TOLD else DriftState.STEADY


def apart_state(told_apart: Share) -> DriftState:
    """Return whether new posts can be told from earlier ones, of as many new as earlier ones."""
    if told_apart.value is None or told_apart.total < 2 * LEAST_POSTS:
        return DriftState.FEW
    return DriftState.DRIFTED if told_apart.value >= APART_TOLD else DriftState.STEADY


def inputs_state(index: DriftState, apart: DriftState) -> DriftState:
    """Return what both looks at the posts say together: either of them is enough to tell a person."""
    for state in (DriftState.DRIFTED, DriftState.STEADY):
        if state in (index, apart):
            return state
    return DriftState.FEW


def _bounds(share: Share) -> tuple[float, float, float]:
    if share.value is None or share.low is None or share.high is None:
        raise ValueError("A difference needs something counted on both sides.")
    return share.value, share.low, share.high


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) + len(counts) / 2
    return [(count + 0.5) / total for count in counts]
