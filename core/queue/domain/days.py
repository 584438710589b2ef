"""How a person's day of work went, from what they sent in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

BREAK_FROM = timedelta(minutes=5)
"""From this long without work on, the time in between was a break."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Work on one task: it ended when its answer came in, and took ``active_ms`` before that."""

    ended_at: datetime
    active_ms: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day so far.

    Attributes
    ----------
    active_ms
        Milliseconds of work on what was answered.
    stretch_ms
        How long the person has been at it since their last break; 0 when they are on one.
    breaks, break_ms
        How many breaks lie between two stretches of work, and how long they were together.
    """

    answers: int
    active_ms: int
    stretch_ms: int
    breaks: int
    break_ms: int


def day_of(worked: Iterable[Worked], *, now: datetime) -> Day:
    """Return the day made of ``worked``, in any order; nothing makes a day of zeros."""
    spans = sorted(
        (one.ended_at - timedelta(milliseconds=one.active_ms), one.ended_at, one.active_ms) for one in worked
    )
    breaks, break_time = 0, timedelta()
    stretch_from: datetime | None = None
    last_end: datetime | None = None
    for began_at, ended_at, _ in spans:
        if last_end is None or began_at - last_end >= BREAK_FROM:
            if last_end is not None:
                breaks, break_time = breaks + 1, break_time + (began_at - last_end)
            stretch_from = began_at
        last_end = ended_at if last_end is None else max(last_end, ended_at)
    is_on = last_end is not None and now - last_end < BREAK_FROM
    stretch = now - stretch_from if is_on and stretch_from is not None else timedelta()
    return Day(
        answers=len(spans),
        active_ms=sum(active_ms for *_, active_ms in spans),
        stretch_ms=_ms(stretch),
        breaks=breaks,
        break_ms=_ms(break_time),
    )


def _ms(length: timedelta) -> int:
    return max(0, round(length.total_seconds() * 1000))
