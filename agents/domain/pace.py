"""How many calls a minute: counted by the minute, the last minute weighing as far as it is not over yet."""

from __future__ import annotations

from math import ceil

WINDOW_S = 60


def wait_of(*, before: int, now: int, most: int, into_s: float) -> int:
    """Return after how many whole seconds one more call is within ``most`` a minute; 0 when it is now.

    Parameters
    ----------
    before, now
        Calls of the last whole minute, and of the one that runs, without the one in question.
    into_s
        How long the minute has run, from 0 to 60 seconds.
    """
    if before * (1 - into_s / WINDOW_S) + now + 1 <= most:
        return 0
    room = most - now - 1
    if room >= 0:
        left_s = WINDOW_S * (1 - room / before) - into_s
    else:
        left_s = WINDOW_S - into_s + WINDOW_S * (1 - max(most - 1, 0) / now)
    return max(ceil(left_s), 1)
