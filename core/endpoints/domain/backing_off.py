"""How long to wait before asking an endpoint again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 60.0
ATTEMPTS = 5
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may work: the endpoint is busy, or a part of it broke."""


def wait_before_next(attempt: int, *, retry_after: str, jitter: float, now: datetime | None = None) -> float:
    """Return the seconds to wait after a failed attempt, at most `LONGEST_WAIT_S`.

    Parameters
    ----------
    attempt
        1 after the first failure.
    retry_after
        The header's value: seconds, or a date; anything else is as if it were missing.
    jitter
        From 0 to 1: callers that failed together do not come back together. A wait the endpoint itself asked for
        is never shortened.
    """
    asked = _seconds(retry_after.strip(), now or datetime.now(UTC))
    own = FIRST_WAIT_S * 2 ** (attempt - 1) * (0.5 + jitter / 2)
    return float(min(LONGEST_WAIT_S, max(own, asked)))


def _seconds(text: str, now: datetime) -> float:
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
