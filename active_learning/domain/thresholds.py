"""From which chance of harm on a model says “harmful”, so that its precision or recall is at least what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from active_learning.domain.harm_scores import (
    STEPS,
    Figure,
    Scores,
    f1_at,
    precision_at,
    recall_at,
)

LEAST_OF_EACH = 10
"""Held-out posts of either kind without which no threshold is chosen."""
LEAST_SAID = 5
"""A precision of fewer posts than this counts as not reached."""


class Wanted(StrEnum):
    """What is stated."""

    PRECISION = "precision"
    RECALL = "recall"


@dataclass(frozen=True)
class Chosen:
    """A threshold from 0 to 1 and what the held-out posts say of it."""

    threshold: float
    precision: Figure
    recall: Figure
    f1: Figure


class ThresholdUnreachedError(Exception):
    """No threshold does it; the message says why, for people."""


def threshold_chosen(scores: Scores, wanted: Wanted, at_least: float) -> Chosen:
    """Return the threshold that keeps most of the other figure.

    Figures are the held-out posts' own shares, not the lower ends of their intervals: the intervals say how far that
    may be off. Of thresholds that do equally well the highest is taken.

    Parameters
    ----------
    at_least
        Above 0, up to 1.

    Raises
    ------
    ThresholdUnreachedError
        Too few held-out posts, or no threshold reaches it.
    """
    _check_enough(scores)
    best: tuple[float, int] | None = None
    highest = 0.0
    for threshold, *_ in scores.rows:
        precision, recall = precision_at(scores, threshold), recall_at(scores, threshold)
        if wanted is Wanted.PRECISION and precision.of < LEAST_SAID:
            continue
        own, other = (precision, recall) if wanted is Wanted.PRECISION else (recall, precision)
        highest = max(highest, own.value or 0.0)
        if (own.value or 0.0) >= at_least - 1e-12:
            best = max(best or (0.0, 0), (other.value or 0.0, threshold))
    if best is None:
        raise ThresholdUnreachedError(
            f"No threshold gives a {wanted} of {_words(at_least)} on the {scores.posts} held-out posts: the highest "
            f"with at least {LEAST_SAID} posts at or above it is {_words(highest)}. Ask for less, or label more posts "
            "and run another round."
        )
    return figures_at(scores, best[1])


def figures_at(scores: Scores, threshold: int) -> Chosen:
    """Return what the posts say of a threshold in thousandths."""
    return Chosen(
        threshold / STEPS,
        precision_at(scores, threshold),
        recall_at(scores, threshold),
        f1_at(scores, threshold),
    )


def _check_enough(scores: Scores) -> None:
    harmful, harmless = scores.harmful, scores.posts - scores.harmful
    if min(harmful, harmless) < LEAST_OF_EACH:
        raise ThresholdUnreachedError(
            f"The model was measured on {harmful} harmful and {harmless} harmless held-out posts. A threshold needs at "
            f"least {LEAST_OF_EACH} of each: label more posts and run another round."
        )


def _words(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".0 %", " %")
