"""When reviewing suspects is no longer worth it: how many of the last ones were wrong, and of those left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from active_learning.domain.intervals import Share, share_measured
from core.figures.intervals import Z_95

WANTED_PRECISION = 0.1
"""One mistake in ten suspects looked at, unless whoever starts a scan wants another."""
LEAST_WINDOW = 20
LEAST_HITS = 2


class AdviceState(StrEnum):
    """What a reviewer is told."""

    EARLY = "early"
    GO_ON = "go_on"
    STOP = "stop"
    DONE = "done"


@dataclass(frozen=True)
class Expected:
    """How many of something there will be, with its 95 % prediction interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Advice:
    """Whether to go on.

    Attributes
    ----------
    window
        Of the last reviewed suspects by rank, how many were wrong.
    left
        Suspects nobody has reviewed.
    expected
        How many of those are wrong if they are like the window; they are less suspicious, so rather fewer. None where
        nothing is reviewed or nothing is left.
    """

    state: AdviceState
    wanted_precision: float
    window: Share
    left: int
    expected: Expected | None
    sentence: str


def window_size(wanted_precision: float) -> int:
    """Return how many of the last reviewed suspects are counted: enough to hold two mistakes at the wanted share."""
    return max(LEAST_WINDOW, ceil(LEAST_HITS / wanted_precision - 1e-9))


def advice_given(hits: Sequence[bool], *, left: int, wanted_precision: float) -> Advice:
    """Return whether to go on reviewing.

    Parameters
    ----------
    hits
        Whether each reviewed suspect was wrong, in the order of their ranks, the most suspicious first; those
        dismissed are left out.
    left
        Suspects nobody has reviewed, all taken to be of lower rank.
    wanted_precision
        Stop below this share of mistakes; more than 0, at most 1.
    """
    size = window_size(wanted_precision)
    last = hits[-size:]
    window = share_measured(sum(last), len(last))
    expected = hits_expected(window, left) if last and left else None
    state = _state(window, size=size, left=left, wanted_precision=wanted_precision)
    sentence = _sentence(state, window, expected, size=size, left=left, wanted_precision=wanted_precision)
    return Advice(state, wanted_precision, window, left, expected, sentence)


def hits_expected(seen: Share, left: int) -> Expected:
    """Return how many hits ``left`` more of the same kind hold, by the joint-sample score interval.

    Krishnamoorthy and Peng 2011: the numbers to come for which the rates of both samples do not differ by the score
    test. It holds the doubt about the rate and the chance of what is left, unlike the rate's own interval.

    Raises
    ------
    ValueError
        Nothing seen, or nothing left.
    """
    if seen.total < 1 or left < 1:
        raise ValueError("A prediction needs something seen and something left.")
    total = seen.total + left
    spread = Z_95**2 * seen.total * left / total
    square = seen.total**2 + spread
    line = 2 * seen.total * left * seen.hits - 2 * spread * seen.hits + spread * total
    rest = left**2 * seen.hits**2 + spread * seen.hits**2 - spread * seen.hits * total
    root = sqrt(max(line**2 - 4 * square * rest, 0.0))
    low, high = (line - root) / (2 * square), (line + root) / (2 * square)
    return Expected(seen.hits / seen.total * left, max(low, 0.0), min(high, float(left)))


def _state(window: Share, *, size: int, left: int, wanted_precision: float) -> AdviceState:
    if left == 0:
        return AdviceState.DONE
    if window.total < size:
        return AdviceState.EARLY
    is_worth_it = window.hits >= wanted_precision * window.total - 1e-9
    return AdviceState.GO_ON if is_worth_it else AdviceState.STOP


def _sentence(
    state: AdviceState,
    window: Share,
    expected: Expected | None,
    *,
    size: int,
    left: int,
    wanted_precision: float,
) -> str:
    if state == AdviceState.DONE:
        return "Nothing is left to look at."
    if state == AdviceState.EARLY:
        missing = size - window.total
        if left < missing:
            return "There are too few suspects to say when to stop. Look at all of them."
        return f"Look at {missing} more before this can say when to stop."
    told = _told(window)
    if state == AdviceState.GO_ON:
        return f"{told} Going on is worth about {_one_in(window.hits / window.total)} looked at."
    told = told[0].lower() + told[1:]
    wanted = f"fewer than the one in {1 / wanted_precision:.3g} that is wanted"
    rest = "" if expected is None else f" {_left_words(expected, left)}"
    return f"You can stop: {told.removesuffix('.')}, {wanted}.{rest}"


def _told(window: Share) -> str:
    were = "was" if window.hits <= 1 else "were"
    hits = "None" if window.hits == 0 else str(window.hits)
    low, high = (f"{round((bound or 0.0) * 100)} %" for bound in (window.low, window.high))
    return f"{hits} of the last {window.total} {were} wrong ({low} to {high})."


def _one_in(share: float) -> str:
    looks = round(1 / share)
    return "a mistake for each one" if looks == 1 else f"one mistake for every {looks}"


def _left_words(expected: Expected, left: int) -> str:
    if left == 1:
        return "One is left."
    low, high = round(expected.low), ceil(expected.high - 1e-9)
    return f"Of the {left} left, {low} to {high} are likely wrong."
