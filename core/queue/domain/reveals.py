"""How long a person had something uncovered, from what the page says and what the clock allows."""

from __future__ import annotations

from enum import StrEnum

IN_ADVANCE_SECONDS = 30.0
"""Counted when something is uncovered, until the page says more: saying nothing is never cheaper."""
LEAST_IN_ADVANCE_SECONDS = 1.0
"""Counted where hardly anything is left; a budget with less than that left is used up by it."""
GLANCE_SECONDS = 2.0
"""Counted for a small picture in a list."""
BEAT_SECONDS = 10
OPEN_SECONDS = 45
"""Without a beat for so long, a reveal is over."""


class Mode(StrEnum):
    """How it was uncovered; ``unsaid``: a page fetched it without saying, ``glance``: a small picture in a list."""

    HOLD = "hold"
    LENS = "lens"
    FULL = "full"
    UNSAID = "unsaid"
    GLANCE = "glance"
    HANDED = "handed"


class Purpose(StrEnum):
    """What it was looked at for."""

    LABEL = "label"
    COMPARE = "compare"
    REVIEW = "review"
    BROWSE = "browse"
    UNSAID = "unsaid"


def seconds_in_advance(left: float | None) -> float:
    """Return what to count when something is uncovered while so much is left until a budget of time is used up.

    Never all that is left, so that what was granted can be seen; but at least a second, so that nobody looks for
    nothing again and again. None: no budget counts it.
    """
    if left is None or left > IN_ADVANCE_SECONDS:
        return IN_ADVANCE_SECONDS
    return max(LEAST_IN_ADVANCE_SECONDS, left - LEAST_IN_ADVANCE_SECONDS)


def seconds_counted(said: float, *, since_opened: float, before: float, had_a_beat: bool) -> float:
    """Return the seconds to count: what the page says, no more than have passed, no fewer than it said before.

    The seconds counted in advance are given back by the first beat.
    """
    least = before if had_a_beat else 0.0
    return max(least, min(max(0.0, said), max(0.0, since_opened)))
